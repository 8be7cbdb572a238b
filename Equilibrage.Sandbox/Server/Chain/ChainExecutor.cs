using Equilibrage.Core.Markets;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Sandbox.Hosting;
using Equilibrage.Sandbox.Server.Auth;
using Equilibrage.Sandbox.Server.Markets;

namespace Equilibrage.Sandbox.Server.Chain;

/// <summary>
/// Carries out what wallets ask of contracts: allowances, sets made and taken apart, redemptions. All calls of a
/// transaction take effect, or none does. The nonce, the effects and the receipt are on record before it answers.
/// </summary>
internal sealed class ChainExecutor(
    PracticeExchange exchange, MarketIndex index, ChainClock clock, Contracts contracts)
{
    private const string Blocked = "call blocked";
    private const string Reverted = "execution reverted";

    /// <summary>True for calls that this chain knows.</summary>
    public bool Knows(ContractCall call) => CalldataReader.ReadAction(call, contracts) switch
    {
        WalletAction.Other => false,
        WalletAction.Allow allow => allow.Token == contracts.Collateral,
        WalletAction.AllowAll allow => allow.Token == contracts.ConditionalTokens,
        _ => true,
    };

    /// <summary>The same, also for calls that a proxy wallet's factory is to pass on.</summary>
    public bool KnowsAll(ContractCall call) => call.To == contracts.ProxyFactory
        ? CalldataReader.UnpackProxy(call) is { Count: > 0 } packed && packed.All(Knows)
        : Knows(call);

    /// <summary>
    /// Carries out a transaction; null, and the nonce that was expected, when it names another one.
    /// </summary>
    public async Task<(ChainTransaction? Taken, long Expected)> ExecuteAsync(ChainRequest request)
    {
        // Sent is sent: whoever asked may go away meanwhile.
        var (done, error) = await exchange.AskChainAsync(
            (venue, chain) =>
            {
                if (chain.Find(request.Hash) is { } known)
                    return (known, 0);
                var expected = chain.NonceOf(request.Wallet);
                if (request.Nonce is { } nonce && !chain.TryTakeNonce(request.Wallet, nonce))
                    return (null, expected);
                var logs = new List<ChainLog>();
                var problem = Run(venue, chain, request, logs);
                var taken = new ChainTransaction(
                    request.Hash, request.From, request.Calls is [var only] ? only.To : request.Wallet, logs, problem,
                    clock.Block + 1, clock.Now, request.SubmissionId);
                chain.Add(taken);
                return ((ChainTransaction?)taken, expected);
            },
            isChange: true, CancellationToken.None);
        return error is null ? done : throw new VenueUnavailableException(error.Message);
    }

    /// <summary>
    /// Moves dollars between a wallet and the world outside; answers why not, or null. Negative amounts go out.
    /// </summary>
    public async Task<string?> TransferAsync(EthereumAddress wallet, long micros, CancellationToken cancellation)
    {
        var (problem, error) = await exchange.AskChainAsync(
            (venue, chain) =>
            {
                var hash = Keccak256.Hash(Guid.NewGuid().ToByteArray());
                var (account, amount) = (WalletSet.AccountOf(wallet), Usdc.FromMicros(Math.Abs(micros)));
                var origin = new ActionOrigin(null, hash.ToString());
                if (micros < 0 && venue.Withdraw(account, amount, origin) is { } refusal)
                    return refusal.Message;
                if (micros > 0)
                    venue.Deposit(account, amount, origin);
                var (from, to) = micros > 0 ? (contracts.Onramp, wallet) : (wallet, contracts.Offramp);
                chain.Add(new(
                    hash, from, contracts.Collateral, [ChainLog.Dollars(contracts, from, to, amount.ToMicros)], null,
                    clock.Block + 1, clock.Now));
                return "";
            },
            isChange: true, cancellation);
        if (error is not null)
            throw new VenueUnavailableException(error.Message);
        return problem is "" ? null : problem;
    }

    // First everything is looked at, then everything is done: what cannot be done whole leaves no trace.
    private string? Run(SimulatedVenue venue, ChainState chain, ChainRequest request, List<ChainLog> logs)
    {
        var account = WalletSet.AccountOf(request.Wallet);
        var said = new Dictionary<(bool IsCollateral, EthereumAddress Spender), UInt256>();
        var steps = new List<(ChainStep Step, Market? Market, EthereumAddress Adapter)>();
        foreach (var call in request.Calls)
        {
            if (!Knows(call))
                return Blocked;
            switch (CalldataReader.ReadAction(call, contracts))
            {
                case WalletAction.Allow allow:
                    said[(true, allow.Spender)] = allow.Amount;
                    break;
                case WalletAction.AllowAll allow:
                    said[(false, allow.Spender)] = allow.IsAllowed ? UInt256.MaxValue : UInt256.Zero;
                    break;
                case WalletAction.Split split when Sets(split.ConditionId, split.Amount, split.IsNegRisk) is { } found:
                    Add(ChainActionKind.Split, found.Market, found.Sets, split.IsNegRisk);
                    break;
                case WalletAction.Merge merge when Sets(merge.ConditionId, merge.Amount, merge.IsNegRisk) is { } found:
                    Add(ChainActionKind.Merge, found.Market, found.Sets, merge.IsNegRisk);
                    break;
                case WalletAction.Redeem redeem:
                    var id = new MarketId(redeem.ConditionId.ToString());
                    steps.Add((new(ChainActionKind.Redeem, MarketIdOf(id), Quantity.Zero), null,
                        contracts.AdapterOf(redeem.IsNegRisk)));
                    break;
                default:
                    return Reverted;
            }

            if (steps is [.., var last] && !IsAllowed(last.Step, last.Adapter))
                return $"{Reverted}: insufficient allowance";
        }

        if (venue.Check(account, [.. steps.Select(each => each.Step)]) is { } refusal)
            return $"{Reverted}: {refusal.Message}";
        foreach (var ((isCollateral, spender), amount) in said)
            chain.Approve(new(account, isCollateral, spender, amount));
        foreach (var (step, market, adapter) in steps)
            Do(venue, request, step, market, adapter, logs);
        return null;

        void Add(ChainActionKind kind, Market market, Quantity sets, bool isNegRisk) =>
            steps.Add((new(kind, market.Id, sets), market, contracts.AdapterOf(isNegRisk)));

        bool IsAllowed(ChainStep step, EthereumAddress adapter)
        {
            var isCollateral = step.Kind == ChainActionKind.Split;
            var amount = said.TryGetValue((isCollateral, adapter), out var now)
                ? now
                : chain.Approved(account, isCollateral, adapter);
            return amount >= (UInt256)(ulong)Math.Max(1, step.Sets.ToMicros);
        }
    }

    private void Do(
        SimulatedVenue venue, ChainRequest request, ChainStep step, Market? market, EthereumAddress adapter,
        List<ChainLog> logs)
    {
        var (wallet, account) = (request.Wallet, WalletSet.AccountOf(request.Wallet));
        var origin = new ActionOrigin(null, request.Hash.ToString());
        var refusal = step.Kind switch
        {
            ChainActionKind.Split => venue.Split(account, step.MarketId, step.Sets, origin),
            ChainActionKind.Merge => venue.Merge(account, step.MarketId, step.Sets, origin),
            _ => null,
        };
        if (refusal is not null)
            throw new InvalidOperationException($"A step that was checked was refused: {refusal.Message}");
        if (market is null)
        {
            var receipt = venue.Redeem(account, step.MarketId, origin)!;
            foreach (var (token, shares) in receipt.Shares)
                logs.Add(ChainLog.Shares(contracts, adapter, wallet, EthereumAddress.Zero, Number(token), -shares));
            if (receipt.Cash > Usdc.Zero)
                logs.Add(ChainLog.Dollars(contracts, adapter, wallet, receipt.Cash.ToMicros));
            return;
        }

        var (isSplit, micros) = (step.Kind == ChainActionKind.Split, step.Sets.ToMicros);
        var (giver, taker) = isSplit ? (wallet, adapter) : (adapter, wallet);
        logs.Add(ChainLog.Dollars(contracts, giver, taker, micros));
        foreach (var token in (TokenId[])[market.TokenYes, market.TokenNo])
        {
            logs.Add(isSplit
                ? ChainLog.Shares(contracts, adapter, EthereumAddress.Zero, wallet, Number(token), micros)
                : ChainLog.Shares(contracts, adapter, wallet, EthereumAddress.Zero, Number(token), micros));
        }
    }

    private (Market Market, Quantity Sets)? Sets(Bytes32 condition, UInt256 amount, bool isNegRisk) =>
        index.ByCondition(condition.ToString()) is { } entry && entry.Market.IsNegRisk == isNegRisk
        && amount.ToUInt64() is > 0 and <= long.MaxValue
            ? (entry.Market, Quantity.FromMicros((long)amount.ToUInt64()!.Value))
            : null;

    // A market may be written in another case here than where it was asked for.
    private MarketId MarketIdOf(MarketId condition) => index.ByCondition(condition.Value)?.Market.Id ?? condition;

    private static UInt256 Number(TokenId token) => UInt256.TryParse(token.Value, out var number) ? number : default;
}
