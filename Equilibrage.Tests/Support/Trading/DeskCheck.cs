using Equilibrage.Core.Accounting;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Core.Simulation;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Support.Trading;

/// <summary>What must hold for a headless desk whatever happened: its money, and no leg left alone.</summary>
internal static class DeskCheck
{
    /// <summary>Books balance, views add up, cash and shares equal the venue's record to the micro-unit.</summary>
    public static void AddsUp(HeadlessDesk desk)
    {
        desk.Compare();
        var (state, ledger) = (desk.State, desk.State.Ledger);
        Assert.All(
            ledger.Balances.GroupBy(balance => balance.Key.Asset),
            asset => Assert.Equal(0, asset.Sum(balance => balance.Value)));
        Assert.All(
            ledger.Balances.Where(balance => balance.Key.Account is LedgerAccount.Holdings or LedgerAccount.Cash),
            balance => Assert.True(balance.Value >= 0));
        AddsUp(state);
        var record = desk.Venue.Account(state.AccountId)!;
        var (cash, tokens) = OnTheChain(desk);
        Assert.Equal(record.Cash.ToMicros, cash);
        Assert.Equal(
            record.Tokens.OrderBy(held => held.Key.Value, StringComparer.Ordinal)
                .Select(held => (held.Key, held.Value.ToMicros)),
            tokens.Where(held => held.Value != 0).OrderBy(held => held.Key.Value, StringComparer.Ordinal)
                .Select(held => (held.Key, held.Value)));
        Assert.Null(desk.Venue.Audit());
        ExpectLotsEqualHoldings(state);
    }

    /// <summary>The overview's sums, all of one sequence.</summary>
    public static void AddsUp(EngineState state)
    {
        var view = Projector.Overview(state, "sandbox");
        Assert.Equal(view.Equity, view.Cash + view.Holdings);
        Assert.Equal(view.Equity - view.Capital, view.RealizedPnl + view.UnrealizedPnl);
        Assert.Equal(view.Holdings, view.Legs.Aggregate(Usdc.Zero, (sum, leg) => sum + leg.Value));
    }

    /// <summary>
    /// A leg never has two working orders; what is held without its counterpart is being bought, sold or was decided
    /// on; nothing held belongs to a closed position.
    /// </summary>
    public static void LeavesNoLegAlone(EngineState state)
    {
        foreach (var position in state.Positions.Values)
        {
            var working = state.WorkingOrders(position.Id).ToList();
            Assert.All(
                working.GroupBy(order => order.Command.TokenId), orders => Assert.Single(orders));
            if (position.State == PositionState.Active)
                Assert.All(position.Legs, leg => Assert.True(leg.IsEntered || !leg.IsWanted || IsFresh(state)));
            var isEntering = position.State is PositionState.EnteringLeg1 or PositionState.EnteringLeg2;
            var isLate = state.Now.RecordedAt > position.EntryDeadline.AddSeconds(5) && position.OneLeg is null;
            if (isEntering && isLate && !state.IsBusy(position.Id))
                Assert.Fail($"{position.Id} is {position.State} after its timer, and nobody does anything about it.");
        }
    }

    // A trade that fails takes a leg back; what follows is decided with the same event.
    private static bool IsFresh(EngineState state) => state.Ledger.Pending.Count > 0;

    /// <summary>Our books without the trades that are matched and have not moved anything yet.</summary>
    private static (long Cash, Dictionary<TokenId, long> Tokens) OnTheChain(HeadlessDesk desk)
    {
        var ledger = desk.State.Ledger;
        var (cash, tokens) = (ledger.Cash.ToMicros, ledger.AllHoldings().ToDictionary(
            held => held.Key, held => held.Value.ToMicros));
        var owed = desk.Venue.TradesOf(desk.State.AccountId)
            .Where(trade => trade.Status is TradeStatus.Matched or TradeStatus.Retrying)
            .SelectMany(trade => trade.FillsOf(desk.State.AccountId));
        foreach (var fill in owed)
        {
            var sign = fill.Side == Side.Buy ? 1 : -1;
            cash += (sign * fill.Notional.ToMicros) + fill.Fee.ToMicros;
            tokens[fill.TokenId] = tokens.GetValueOrDefault(fill.TokenId) - (sign * fill.Quantity.ToMicros);
        }

        return (cash, tokens);
    }

    private static void ExpectLotsEqualHoldings(EngineState state)
    {
        // Settled lots are burned by the redemption, so a desk that waits for one holds more than its lots.
        foreach (var (token, held) in state.Ledger.AllHoldings())
        {
            var lots = state.Positions.Values.SelectMany(position => position.Legs)
                .Where(leg => leg.TokenId == token)
                .Sum(leg => leg.Held.ToMicros + leg.Settled.ToMicros);
            Assert.Equal(held.ToMicros, lots);
        }
    }
}
