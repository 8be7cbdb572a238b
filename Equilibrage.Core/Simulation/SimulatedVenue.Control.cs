using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <content>What only somebody outside can do: bring dollars in and out, order how a market ends.</content>
public sealed partial class SimulatedVenue
{
    /// <summary>Brings dollars from outside into an account.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is not above zero.</exception>
    public void Deposit(AccountId account, Usdc amount, ActionOrigin? origin = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount.ToMicros, nameof(amount));
        Transfer(account, amount, ChainActionKind.Deposit, origin);
    }

    /// <summary>
    /// Takes dollars out of an account; null when done. What is owed to matches stays, working orders that are not
    /// covered any more are ended.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The amount is not above zero.</exception>
    public OrderRefusal? Withdraw(AccountId account, Usdc amount, ActionOrigin? origin = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(amount.ToMicros, nameof(amount));
        EnsureAccount(account);
        var figures = new BalanceFigures(
            ledger.Cash(account).ToMicros, 0, accounts[account].MatchedCash().ToMicros, amount.ToMicros);
        if (!figures.Suffices)
            return Short(figures);
        Transfer(account, -amount, ChainActionKind.Withdrawal, origin);
        return null;
    }

    /// <summary>
    /// Orders how and when a listed market ends; false when it is not listed. An end that is past comes with the next
    /// step.
    /// </summary>
    public bool Force(ForcedEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        var ordered = end with { ResolvedAt = Math.Max(end.ResolvedAt, Second + 1) };
        if (board.Find(end.MarketId) is null)
            return false;
        board.Force(ordered);
        changes.ForcedEnds.Add(ordered);
        return true;
    }

    /// <summary>
    /// Why some of the steps could not be done one after another, without doing any; null when all of them could.
    /// </summary>
    public OrderRefusal? Check(AccountId account, IReadOnlyList<ChainStep> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        EnsureAccount(account);
        var cash = ledger.Cash(account).ToMicros;
        var shares = new Dictionary<TokenId, long>();
        foreach (var next in steps)
        {
            if (Check(account, next, ref cash, shares) is { } refusal)
                return refusal;
        }

        return null;
    }

    private OrderRefusal? Check(
        AccountId account, ChainStep step, ref long cash, Dictionary<TokenId, long> shares)
    {
        var market = step.Kind == ChainActionKind.Redeem
            ? ledger.MarketOf(step.MarketId)
            : board.Find(step.MarketId)?.Market;
        if (step.Kind == ChainActionKind.Redeem ? board.EndOf(step.MarketId) is null : market is null)
            return new(RefusalKind.UnknownMarket, "The market is not listed, or has not ended.");
        if (market is null)
            return null;
        if (step.Kind == ChainActionKind.Redeem)
        {
            foreach (var outcome in Outcomes.Both)
            {
                var held = Quantity.FromMicros(Held(market.Token(outcome)));
                cash += board.EndOf(step.MarketId)!.Payout(outcome).ProceedsOf(held).ToMicros;
                shares[market.Token(outcome)] = 0;
            }

            return null;
        }

        var (sets, state) = (step.Sets.ToMicros, accounts[account]);
        if (sets == 0)
            return new(RefusalKind.Amounts, "There is nothing to split or merge.");
        var isSplit = step.Kind == ChainActionKind.Split;
        var figures = new BalanceFigures(cash, 0, state.MatchedCash().ToMicros, sets);
        if (isSplit && !figures.Suffices)
            return Short(figures);
        foreach (var outcome in Outcomes.Both)
        {
            var token = market.Token(outcome);
            var own = new BalanceFigures(Held(token), 0, state.MatchedShares(token), sets);
            if (!isSplit && !own.Suffices)
                return Short(own);
            shares[token] = Held(token) + (isSplit ? sets : -sets);
        }

        cash += isSplit ? -sets : sets;
        return null;

        long Held(TokenId token) => shares.TryGetValue(token, out var now) ? now : ledger.Shares(account, token);
    }

    private void Transfer(AccountId account, Usdc gained, ChainActionKind kind, ActionOrigin? origin)
    {
        EnsureAccount(account);
        ledger.Transfer(account, gained.ToMicros);
        var state = accounts[account];
        state.Capital += gained;
        var amount = gained < Usdc.Zero ? -gained : gained;
        Acted(state, null, kind, amount, Quantity.Zero, Quantity.Zero, origin);
    }
}
