using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Strategies.TwoSided;

/// <summary>
/// The state machine of a two-sided position: Planned → EnteringLeg1 → EnteringLeg2 → Active → Liquidating →
/// HoldingWinner → Closing → Closed, with Unwinding for an entry that failed. A pure function of state and cause.
/// </summary>
internal static class PositionMachine
{
    private static readonly TimeSpan RefusalPause = TimeSpan.FromSeconds(2);

    /// <summary>The next steps of a position; empty when it has to wait.</summary>
    public static IReadOnlyList<Intent> Advance(
        Position position, EngineState state, EngineEvent cause, bool isFirstRound, TriggerWatch watch)
    {
        if (state.PairOf(position.Id) is not null)
            return [];
        var isWorking = state.WorkingOrders(position.Id).Any();
        if (state.Resolutions.TryGetValue(position.MarketId, out var resolution))
            return !isWorking && IsFinal(position, state) ? ExitSteps.Settle(position, resolution) : [];
        if (IsQuoting(position))
            return MakerEntry.Advance(position, state, cause);
        if (position.State == PositionState.Active)
            return HeldSteps.Watch(position, state, cause, isFirstRound, watch);
        if (isWorking)
            return CancelResting(position, state, cause, "the position is being left");
        return position.State switch
        {
            PositionState.Planned => EntrySteps.Begin(position, state),
            PositionState.EnteringLeg1 or PositionState.EnteringLeg2 => EntrySteps.Take(position, state, cause),
            PositionState.HoldingWinner => HeldSteps.Hold(position, state),
            PositionState.Liquidating or PositionState.Closing or PositionState.Unwinding =>
                ExitSteps.Sell(position, state, cause),
            PositionState.Closed => ExitSteps.Reopen(position, state),
            _ => [],
        };
    }

    /// <summary>Asks to cancel the position's resting orders that nobody asked for yet.</summary>
    public static IReadOnlyList<Intent> CancelResting(
        Position position, EngineState state, EngineEvent? cause, string why) =>
        // A refused cancel is repeated with the next news, not at once.
        cause is EngineEvent.CancelFailed
            ? []
            : [.. state.WorkingOrders(position.Id)
                .Where(order => order is { IsResting: true, CancelRequestedAt: null })
                .Select(order => new Intent.CancelOrder(order.Command.ClientOrderId, why))];

    /// <summary>The numbers with which a leg begins to be left.</summary>
    public static EngineOutput.ExitBegun Numbers(Position position, Leg leg, ExitReason reason, EngineState state)
    {
        var book = state.Book(leg.TokenId);
        var sellable = ExitSignals.SellablePrice(leg, book);
        return new(
            position.Id, leg.Outcome, reason, book.BestBid,
            sellable is { } price ? Math.Round(price, 6) : null, leg.EntryPrice, null);
    }

    /// <summary>
    /// False right after the venue refused an order of the leg: bought shares, for one, can be sold only once they are
    /// on the chain, and asking with every change of the book would not bring them there sooner. A refusal from before
    /// the price grid changed says nothing any more.
    /// </summary>
    public static bool MayTry(Position position, Outcome outcome, EngineState state)
    {
        var tick = state.Catalog.Find(position.MarketId)?.TickSize;
        return !state.Orders.Values.Any(
            order => order.Status == OrderStatus.Rejected && order.Command.PositionId == position.Id
                && order.Command.Outcome == outcome && order.Command.Tick == tick
                && state.Now.MarketTime - order.SubmittedAt.MarketTime < RefusalPause);
    }

    /// <summary>True for an event that may show other prices than the last try saw.</summary>
    public static bool IsFreshLook(EngineEvent cause) =>
        cause is EngineEvent.MonitorDue or EngineEvent.Fed { Report: FeedEvent.Changed or FeedEvent.Snapshot };

    /// <summary>True for those, and for the end of something that was waited for.</summary>
    public static bool IsNews(EngineEvent cause) => IsFreshLook(cause)
        || cause is EngineEvent.Executed or EngineEvent.LookedUp or EngineEvent.Fed { Report: FeedEvent.OrderEnded };

    private static bool IsQuoting(Position position) =>
        position is { State: PositionState.EnteringLeg1 or PositionState.EnteringLeg2, OneLeg: null }
        && position.Execution.Entry == EntryMode.Maker;

    /// <summary>True when no trade of the position can fail any more: a claim on a payout is made once.</summary>
    private static bool IsFinal(Position position, EngineState state) =>
        state.Ledger.Pending.All(entry => entry.PositionId != position.Id);
}
