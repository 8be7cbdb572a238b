using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Sandbox.Server.Auth;
using Equilibrage.Sandbox.Server.Markets;

namespace Equilibrage.Sandbox.Server.Chain;

/// <summary>
/// Carries out what wallets ask of contracts: allowances, sets made and taken apart, redemptions. Calls of one
/// transaction take effect in their order; the first that fails ends it.
/// </summary>
internal sealed class ChainExecutor(
    PracticeExchange exchange, MarketIndex index, Approvals approvals, Contracts contracts)
{
    private const string Blocked = "call blocked";

    /// <summary>True for calls that this chain knows.</summary>
    public bool Knows(ContractCall call) => CalldataReader.ReadAction(call, contracts) switch
    {
        WalletAction.Other => false,
        WalletAction.Allow allow => allow.Token == contracts.Collateral,
        WalletAction.AllowAll allow => allow.Token == contracts.ConditionalTokens,
        _ => true,
    };

    /// <summary>Carries out a transaction of a wallet; the error is null when all of it was.</summary>
    public async Task<(IReadOnlyList<ChainLog> Logs, string? Error)> ExecuteAsync(
        EthereumAddress wallet, IReadOnlyList<ContractCall> calls)
    {
        var logs = new List<ChainLog>();
        // Sent is sent: whoever asked may go away meanwhile.
        var (problem, error) = await exchange.AskAsync(
            venue =>
            {
                foreach (var call in calls)
                {
                    if (Execute(venue, wallet, call, logs) is { } wrong)
                        return wrong;
                }

                return "";
            },
            isChange: true, CancellationToken.None);
        if (error is not null)
            throw new VenueUnavailableException(error.Message);
        return problem!.Length == 0 ? (logs, null) : ([], problem);
    }

    private string? Execute(SimulatedVenue venue, EthereumAddress wallet, ContractCall call, List<ChainLog> logs)
    {
        var account = WalletSet.AccountOf(wallet);
        if (!Knows(call))
            return Blocked;
        switch (CalldataReader.ReadAction(call, contracts))
        {
            case WalletAction.Allow allow:
                approvals.Set(account, true, allow.Spender, allow.Amount);
                return null;
            case WalletAction.AllowAll allow:
                approvals.Set(account, false, allow.Spender, allow.IsAllowed ? UInt256.MaxValue : UInt256.Zero);
                return null;
            case WalletAction.Split split:
                return Exchange(venue, wallet, split.ConditionId, split.Amount, split.IsNegRisk, isSplit: true, logs);
            case WalletAction.Merge merge:
                return Exchange(venue, wallet, merge.ConditionId, merge.Amount, merge.IsNegRisk, isSplit: false, logs);
            case WalletAction.Redeem redeem:
                return Redeem(venue, wallet, redeem.ConditionId, redeem.IsNegRisk, logs);
            default:
                return Blocked;
        }
    }

    private string? Exchange(
        SimulatedVenue venue, EthereumAddress wallet, Bytes32 condition, UInt256 amount, bool isNegRisk, bool isSplit,
        List<ChainLog> logs)
    {
        if (index.ByCondition(condition.ToString()) is not { } entry || entry.Market.IsNegRisk != isNegRisk
            || amount.ToUInt64() is not (> 0 and <= long.MaxValue))
            return "execution reverted";
        var micros = (long)amount.ToUInt64()!.Value;
        var account = WalletSet.AccountOf(wallet);
        var adapter = contracts.AdapterOf(isNegRisk);
        if (approvals.Of(account, isSplit, adapter) < amount)
            return "execution reverted: insufficient allowance";
        var sets = Quantity.FromMicros(micros);
        var refusal = isSplit
            ? venue.Split(account, entry.Market.Id, sets)
            : venue.Merge(account, entry.Market.Id, sets);
        if (refusal is not null)
            return $"execution reverted: {refusal.Message}";
        var (giver, taker) = isSplit ? (wallet, adapter) : (adapter, wallet);
        logs.Add(ChainLog.Dollars(contracts, giver, taker, micros));
        foreach (var token in (TokenId[])[entry.Market.TokenYes, entry.Market.TokenNo])
        {
            logs.Add(isSplit
                ? ChainLog.Shares(contracts, adapter, EthereumAddress.Zero, wallet, Number(token), micros)
                : ChainLog.Shares(contracts, adapter, wallet, EthereumAddress.Zero, Number(token), micros));
        }

        return null;
    }

    private string? Redeem(
        SimulatedVenue venue, EthereumAddress wallet, Bytes32 condition, bool isNegRisk, List<ChainLog> logs)
    {
        var account = WalletSet.AccountOf(wallet);
        var adapter = contracts.AdapterOf(isNegRisk);
        if (approvals.Of(account, false, adapter).IsZero)
            return "execution reverted: not approved";
        var market = index.ByCondition(condition.ToString())?.Market.Id ?? new MarketId(condition.ToString());
        if (venue.Redeem(account, market) is not { } receipt)
            return "execution reverted: result for condition not received yet";
        foreach (var (token, shares) in receipt.Shares)
            logs.Add(ChainLog.Shares(contracts, adapter, wallet, EthereumAddress.Zero, Number(token), -shares));
        if (receipt.Cash > Usdc.Zero)
            logs.Add(ChainLog.Dollars(contracts, adapter, wallet, receipt.Cash.ToMicros));
        return null;
    }

    private static UInt256 Number(TokenId token) => UInt256.TryParse(token.Value, out var number) ? number : default;
}
