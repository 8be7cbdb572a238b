using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <content>What happens to a trade after its match, and what users do on the chain themselves.</content>
public sealed partial class SimulatedVenue
{
    private const int Chances = 1_000_000;

    private readonly Queue<SettlementFate> orderedFates = new();

    /// <summary>Orders how the settlements of the next trades go; forgotten when the venue is restored.</summary>
    public void OrderFates(SettlementFate fate, int count)
    {
        for (var i = 0; i < count; i++)
            orderedFates.Enqueue(fate);
    }

    /// <summary>
    /// Makes sets of both outcomes out of dollars; null when done. Working orders that are not covered any more are
    /// ended by the venue.
    /// </summary>
    public OrderRefusal? Split(AccountId account, MarketId market, Quantity sets, ActionOrigin? origin = null)
    {
        EnsureAccount(account);
        if (board.Find(market) is not { } listing)
            return new(RefusalKind.UnknownMarket, "No such market is listed.");
        var state = accounts[account];
        var figures = new BalanceFigures(
            ledger.Cash(account).ToMicros, 0, state.MatchedCash().ToMicros, sets.ToMicros);
        if (sets.IsZero || !figures.Suffices)
            return sets.IsZero ? new(RefusalKind.Amounts, "There is nothing to split.") : Short(figures);
        ledger.Split(account, listing.Market, sets.ToMicros);
        Acted(
            state, listing.Market, ChainActionKind.Split, Usdc.FromMicros(sets.ToMicros), sets, sets, origin);
        return null;
    }

    /// <summary>Makes dollars out of sets of both outcomes; null when done.</summary>
    public OrderRefusal? Merge(AccountId account, MarketId market, Quantity sets, ActionOrigin? origin = null)
    {
        EnsureAccount(account);
        if (board.Find(market) is not { } listing)
            return new(RefusalKind.UnknownMarket, "No such market is listed.");
        if (sets.IsZero)
            return new(RefusalKind.Amounts, "There is nothing to merge.");
        var state = accounts[account];
        foreach (var outcome in Outcomes.Both)
        {
            var token = listing.Market.Token(outcome);
            var figures = new BalanceFigures(
                ledger.Shares(account, token), 0, state.MatchedShares(token), sets.ToMicros);
            if (!figures.Suffices)
                return Short(figures);
        }

        ledger.Split(account, listing.Market, -sets.ToMicros);
        Acted(
            state, listing.Market, ChainActionKind.Merge, Usdc.FromMicros(sets.ToMicros), sets, sets, origin);
        return null;
    }

    /// <summary>
    /// Burns all shares that the account holds of a resolved market and credits their payout; null when the market has
    /// not ended, or never was. What is gone pays nothing.
    /// </summary>
    public ChainReceipt? Redeem(AccountId account, MarketId market, ActionOrigin? origin = null)
    {
        if (!accounts.TryGetValue(account, out var state) || board.EndOf(market) is null)
            return null;
        if (ledger.MarketOf(market) is not { } known)
            return ChainReceipt.Nothing;
        var (payout, yes, no) = ledger.Redeem(account, market);
        return yes + no == 0
            ? ChainReceipt.Nothing
            : Acted(
                state, known, ChainActionKind.Redeem, payout, Quantity.FromMicros(yes), Quantity.FromMicros(no),
                origin);
    }

    private ChainReceipt Acted(
        VenueAccountState state, Market? market, ChainActionKind kind, Usdc dollars, Quantity yes, Quantity no,
        ActionOrigin? origin)
    {
        var sequence = nextSequence++;
        var row = new ChainActionRow(
            sequence, state.Id, market?.Id, market?.TokenYes, market?.TokenNo, kind, dollars, yes, no, MarketTime,
            origin?.Operation, origin?.TransactionHash ?? DerivedId.Hex("practice-action", $"{sequence}"));
        state.Actions.Add(row);
        changes.Actions.Add(row);
        if (market is not null)
            changes.Touch(state.Id, market);
        changes.Accounts.Add(state.Id);
        // The exchange learns of it from the chain: what it had taken as covered is not, the newest first.
        foreach (var order in state.Open.Reverse().ToList())
        {
            var isCovered = order.Request.Side == Side.Buy
                ? FreeCash(state) >= Usdc.Zero
                : FreeShares(state, order.Request.TokenId) >= 0;
            if (!isCovered)
                End(order, OrderStatus.Canceled, "What covered it has been used otherwise.", RefusalKind.Balance);
        }

        return row.Receipt();
    }

    private void Schedule(TradeState state)
    {
        if (NextOf(state.Trade) is { } next)
            settling.Enqueue(state, (next.At, state.Trade.Sequence));
    }

    /// <summary>True when the next match was ordered to settle in part; its two pieces have their fates then.</summary>
    private bool TakePartialFate(int makers)
    {
        if (!orderedFates.TryPeek(out var next) || next != SettlementFate.Partial)
            return false;
        orderedFates.Dequeue();
        SettlementFate[] pieces = makers < 2
            ? [SettlementFate.Failing]
            : [SettlementFate.Regular, SettlementFate.Failing];
        var rest = orderedFates.ToArray();
        orderedFates.Clear();
        foreach (var fate in (SettlementFate[])[.. pieces, .. rest])
            orderedFates.Enqueue(fate);
        return makers >= 2;
    }

    private SettlementFate FateOf(long sequence)
    {
        if (orderedFates.TryDequeue(out var ordered))
            return ordered;
        var chance = Noise.Below(Noise.Bits(key, 3, (ulong)sequence), Chances);
        if (chance < options.FailuresPerMillion)
            return SettlementFate.Failing;
        return chance < (long)options.FailuresPerMillion + options.RetriesPerMillion
            ? SettlementFate.Retried
            : SettlementFate.Regular;
    }

    /// <summary>
    /// What comes next and when, market second: drawn from the trade alone, so nothing of it is kept.
    /// </summary>
    private (TradeStatus Status, long At)? NextOf(VenueTrade trade)
    {
        var draw = Noise.Bits(key, 5, (ulong)trade.Sequence);
        var isRetried = trade.Fate != SettlementFate.Regular;
        var first = trade.MatchedAt.ToUnixTimeSeconds() + Between(options.MinedSeconds, Noise.Bits(draw, 1));
        var second = isRetried ? first + Between(options.RetrySeconds, Noise.Bits(draw, 2)) : first;
        return trade.Status switch
        {
            TradeStatus.Matched => (isRetried ? TradeStatus.Retrying : TradeStatus.Mined, first),
            TradeStatus.Retrying =>
                (trade.Fate == SettlementFate.Failing ? TradeStatus.Failed : TradeStatus.Mined, second),
            TradeStatus.Mined =>
                (TradeStatus.Confirmed, second + Between(options.ConfirmedSeconds, Noise.Bits(draw, 3))),
            _ => null,
        };
    }

    private static long Between((int Shortest, int Longest) span, ulong draw) =>
        span.Shortest + Noise.Below(draw, Math.Max(1, span.Longest - span.Shortest + 1));

    private void SettleDue()
    {
        while (settling.TryPeek(out _, out var due) && due.At <= Second)
        {
            var state = settling.Dequeue();
            MoveOn(state);
            Schedule(state);
        }
    }

    // Trades of a market that ends are settled first, so that every share knows what it pays.
    private void SettleAllOf(MarketId market)
    {
        var others = new List<(TradeState State, (long At, long Sequence) Due)>();
        var own = new List<TradeState>();
        while (settling.TryDequeue(out var state, out var due))
        {
            if (state.Trade.MarketId == market)
                own.Add(state);
            else
                others.Add((state, due));
        }

        settling.EnqueueRange(others);
        foreach (var state in own)
        {
            while (!state.Trade.IsFinal)
                MoveOn(state);
        }
    }

    private void MoveOn(TradeState state)
    {
        var next = NextOf(state.Trade)!.Value.Status;
        if (next == TradeStatus.Mined)
            Mine(state);
        state.Trade = state.Trade with { Status = next, UpdatedAt = MarketTime };
        if (!state.IsOwed)
        {
            foreach (var account in AccountsOf(state.Trade))
                accounts[account].Settle(state);
        }

        changes.Trades[state.Trade.Sequence] = state;
        events.Add(new VenueEvent.TradeChanged(MarketTime, state.Trade));
    }

    // Balances move here and nowhere before: until now the amounts were only promised.
    private void Mine(TradeState state)
    {
        var taker = state.Trade.Taker;
        foreach (var maker in state.Trade.Makers)
        {
            var price = maker.TokenId == taker.TokenId ? maker.Price : maker.Price.Complement;
            var fee = taker.AccountId is null ? Usdc.Zero : state.Market.Fees!.TakerFee(price, maker.Quantity);
            ledger.Match(
                state.Market, maker.Quantity.ToMicros,
                new(taker.AccountId, taker.Outcome, taker.Side, Worth(taker.Side, price, maker.Quantity), fee),
                new(maker.AccountId, maker.Outcome, maker.Side, maker.Notional, Usdc.Zero));
        }

        foreach (var account in AccountsOf(state.Trade))
            changes.Touch(account, state.Market);
    }
}
