using Equilibrage.Adapters.Polymarket.Mapping;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Adapters.Polymarket.Operations;

/// <summary>
/// Looks at the chain before anything is signed: is the market resolved, is there enough of what is given, may the
/// contract take it.
/// </summary>
internal sealed class OperationPlanner(
    ClobClient clob, GammaClient gamma, WalletReader reader, Contracts contracts)
{
    /// <summary>The two tokens of a market.</summary>
    public async Task<PolymarketResult<IReadOnlyList<UInt256>>> GetTokensAsync(
        MarketId market, CancellationToken cancellation)
    {
        var described = await DescribeAsync(market, cancellation);
        return described.IsOk
            ? PolymarketResult<IReadOnlyList<UInt256>>.Ok(described.Value.Tokens)
            : described.As<IReadOnlyList<UInt256>>();
    }

    /// <summary>What an operation takes now.</summary>
    public async Task<OperationPlan> PlanAsync(ChainOperation operation, CancellationToken cancellation)
    {
        var described = await DescribeAsync(operation.MarketId, cancellation);
        if (described.Error is { } error)
            return new(null, VenueErrors.OfRepeatable(error));
        var (isNegRisk, tokens) = described.Value;
        var held = await reader.GetTokensAsync(tokens, cancellation);
        if (held.Value is not [var first, var second])
            return new(null, VenueErrors.OfRepeatable(held.Error!));
        var condition = Bytes32.Parse(operation.MarketId.Value);
        var amount = (UInt256)(ulong)operation.Amount.ToMicros;
        return operation.Kind switch
        {
            ChainOperationKind.Redeem => await RedeemAsync(condition, isNegRisk, first + second, cancellation),
            _ when operation.Amount.IsZero => OperationPlan.Never($"{operation.Kind} needs an amount above zero."),
            ChainOperationKind.Split => await SplitAsync(
                Calldata.Split(contracts, condition, amount, isNegRisk), operation.Amount, isNegRisk, cancellation),
            ChainOperationKind.Merge when Quantity.Min(first, second) is var pairs && pairs < operation.Amount =>
                OperationPlan.Never($"The wallet holds {pairs} pairs, {operation.Amount} are to be merged."),
            ChainOperationKind.Merge => await AllowedAsync(
                Calldata.Merge(contracts, condition, amount, isNegRisk), contracts.AdapterOf(isNegRisk),
                isForTokens: true, "merge", cancellation),
            ChainOperationKind.Convert when second < operation.Amount => OperationPlan.Never(
                $"The wallet holds {second} shares of the second outcome, {operation.Amount} are to be converted."),
            ChainOperationKind.Convert => await ConvertAsync(operation, amount, cancellation),
            _ => OperationPlan.Never($"{operation.Kind} is not known here."),
        };
    }

    private async Task<PolymarketResult<(bool IsNegRisk, UInt256[] Tokens)>> DescribeAsync(
        MarketId market, CancellationToken cancellation)
    {
        var info = await clob.GetMarketInfoAsync(market, cancellation);
        return info switch
        {
            { Error: not null } => info.As<(bool, UInt256[])>(),
            { Value: { IsNegRisk: { } isNegRisk, Tokens: [{ TokenId: { } yes }, { TokenId: { } no }] } } =>
                PolymarketResult<(bool, UInt256[])>.Ok((isNegRisk, [UInt256.Parse(yes), UInt256.Parse(no)])),
            _ => PolymarketResult<(bool, UInt256[])>.Fail(new(
                PolymarketErrorKind.Unreadable, $"Market {market} is not described as one of two outcomes.")),
        };
    }

    private async Task<OperationPlan> RedeemAsync(
        Bytes32 condition, bool isNegRisk, Quantity held, CancellationToken cancellation)
    {
        if (held.IsZero)
            return OperationPlan.Nothing;
        var payouts = await reader.GetPayoutsAsync(condition, cancellation);
        if (!payouts.IsOk)
            return new(null, VenueErrors.OfRepeatable(payouts.Error!));
        return payouts.Value is null
            ? OperationPlan.Later($"Market {condition} is not resolved on the chain yet.")
            : await AllowedAsync(
                Calldata.Redeem(contracts, condition, isNegRisk), contracts.AdapterOf(isNegRisk), isForTokens: true,
                "redeem", cancellation);
    }

    private async Task<OperationPlan> SplitAsync(
        ContractCall call, Quantity amount, bool isNegRisk, CancellationToken cancellation)
    {
        var cash = await reader.GetCollateralAsync(cancellation);
        if (!cash.IsOk)
            return new(null, VenueErrors.OfRepeatable(cash.Error!));
        return cash.Value.ToMicros < amount.ToMicros
            ? OperationPlan.Never($"The wallet holds ${cash.Value}, ${amount} are to be split.")
            : await AllowedAsync(
                call, contracts.AdapterOf(isNegRisk), isForTokens: false, "split", cancellation);
    }

    // A negative-risk question is named by its place in the group, which is the last byte of its id.
    private async Task<OperationPlan> ConvertAsync(
        ChainOperation operation, UInt256 amount, CancellationToken cancellation)
    {
        var page = await gamma.GetMarketsAsync(
            new() { ConditionIds = [operation.MarketId.Value] }, cancellation);
        if (!page.IsOk)
            return new(null, VenueErrors.OfRepeatable(page.Error!));
        if (page.Value is not [{ NegRiskMarketId: { } group, QuestionId: { } question }]
            || !Bytes32.TryParse(group, out var market) || !Bytes32.TryParse(question, out var id))
            return OperationPlan.Never($"Market {operation.MarketId} is in no group: nothing can be converted.");
        var set = UInt256.From(System.Numerics.BigInteger.One << id.ToArray()[^1]);
        return await AllowedAsync(
            Calldata.Convert(contracts, market, set, amount), contracts.NegRiskAdapter, isForTokens: true, "convert",
            cancellation);
    }

    private async Task<OperationPlan> AllowedAsync(
        ContractCall call, EthereumAddress spender, bool isForTokens, string what, CancellationToken cancellation)
    {
        var token = isForTokens ? contracts.ConditionalTokens : contracts.Collateral;
        var missing = await reader.GetMissingAsync([new(token, spender, isForTokens, what)], cancellation);
        if (missing.Value is not { } found)
            return new(null, VenueErrors.OfRepeatable(missing.Error!));
        return found.Count == 0
            ? OperationPlan.Of(call)
            : OperationPlan.Never(
                $"The wallet {reader.Wallet} has not approved contract {spender} to move its "
                + $"{(isForTokens ? "outcome tokens" : "pUSD")}, which it needs to {what}: approve it, "
                + "then it is tried again.");
    }
}
