using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>What the chain knows of a wallet. It is the truth that the venue's own figures lag behind.</summary>
/// <param name="chain">The chain.</param>
/// <param name="contracts">Its contracts.</param>
/// <param name="wallet">The account that holds pUSD and outcome tokens.</param>
public sealed class WalletReader(JsonRpcClient chain, Contracts contracts, EthereumAddress wallet)
{
    private const int BinaryOutcomes = 2;

    /// <summary>The account that is read.</summary>
    public EthereumAddress Wallet { get; } = wallet;

    /// <summary>pUSD in the wallet, in dollars.</summary>
    public async Task<PolymarketResult<Usdc>> GetCollateralAsync(CancellationToken cancellation)
    {
        var balance = await NumberAsync(Calldata.BalanceOf(contracts.Collateral, Wallet), cancellation);
        return !balance.IsOk ? balance.As<Usdc>()
            : balance.Value.ToUInt64() is { } micros and <= long.MaxValue
                ? PolymarketResult<Usdc>.Ok(Usdc.FromMicros((long)micros))
                : Unreadable<Usdc>("the balance is larger than all dollars");
    }

    /// <summary>Shares of outcome tokens in the wallet, in the order of the ids.</summary>
    public async Task<PolymarketResult<IReadOnlyList<Quantity>>> GetTokensAsync(
        IReadOnlyCollection<UInt256> tokenIds, CancellationToken cancellation)
    {
        if (tokenIds.Count == 0)
            return PolymarketResult<IReadOnlyList<Quantity>>.Ok([]);
        var returned = await chain.CallAsync(
            Calldata.BalanceOfBatch(contracts.ConditionalTokens, Wallet, tokenIds), Wallet, cancellation);
        if (returned.Value is null)
            return returned.As<IReadOnlyList<Quantity>>();
        var numbers = new AbiReader(returned.Value).Numbers(0)?
            .Select(number => number.ToUInt64() is { } micros and <= long.MaxValue ? (long)micros : -1).ToList();
        return numbers is not null && numbers.Count == tokenIds.Count && numbers.TrueForAll(micros => micros >= 0)
            ? PolymarketResult<IReadOnlyList<Quantity>>.Ok([.. numbers.Select(Quantity.FromMicros)])
            : Unreadable<IReadOnlyList<Quantity>>("the balances are not one for each token");
    }

    /// <summary>Which of some permissions the wallet has not given.</summary>
    public async Task<PolymarketResult<IReadOnlyList<Approval>>> GetMissingAsync(
        IReadOnlyCollection<Approval> required, CancellationToken cancellation)
    {
        var missing = new List<Approval>();
        foreach (var approval in required)
        {
            var returned = await chain.CallAsync(approval.Read(Wallet), Wallet, cancellation);
            if (returned.Value is null)
                return returned.As<IReadOnlyList<Approval>>();
            if (approval.IsGranted(returned.Value) is not { } isGranted)
                return Unreadable<IReadOnlyList<Approval>>($"the permission of {approval.Spender} is no answer");
            if (!isGranted)
                missing.Add(approval);
        }
        return PolymarketResult<IReadOnlyList<Approval>>.Ok(missing);
    }

    /// <summary>
    /// What a share of each outcome of a market pays; a success without a value while the market is not resolved. Half
    /// a dollar each is a result, too.
    /// </summary>
    public async Task<PolymarketResult<IReadOnlyList<Price>>> GetPayoutsAsync(
        Bytes32 conditionId, CancellationToken cancellation)
    {
        var whole = await NumberAsync(Calldata.PayoutDenominator(contracts, conditionId), cancellation);
        if (!whole.IsOk)
            return whole.As<IReadOnlyList<Price>>();
        if (whole.Value.IsZero)
            return PolymarketResult<IReadOnlyList<Price>>.Ok(null);
        var payouts = new List<Price>();
        for (var outcome = 0; outcome < BinaryOutcomes; outcome++)
        {
            var part = await NumberAsync(Calldata.PayoutNumerator(contracts, conditionId, outcome), cancellation);
            if (!part.IsOk)
                return part.As<IReadOnlyList<Price>>();
            var micros = part.Value.ToBigInteger() * Micros.PerUnit / whole.Value.ToBigInteger();
            if (micros > Micros.PerUnit)
                return Unreadable<IReadOnlyList<Price>>("an outcome pays more than a dollar");
            payouts.Add(Price.FromMicros((long)micros));
        }
        return PolymarketResult<IReadOnlyList<Price>>.Ok(payouts);
    }

    private async Task<PolymarketResult<UInt256>> NumberAsync(ContractCall call, CancellationToken cancellation)
    {
        var returned = await chain.CallAsync(call, Wallet, cancellation);
        if (returned.Value is null)
            return returned.As<UInt256>();
        return new AbiReader(returned.Value).Number(0) is { } number
            ? PolymarketResult<UInt256>.Ok(number)
            : Unreadable<UInt256>("a number is missing");
    }

    private static PolymarketResult<T> Unreadable<T>(string why) => PolymarketResult<T>.Fail(
        new(PolymarketErrorKind.Unreadable, $"What the contract returned cannot be read: {why}."));
}
