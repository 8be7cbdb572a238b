using Equilibrage.Core.Accounting;
using Equilibrage.Core.Execution;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Strategies.TwoSided;

/// <summary>
/// Getting out: what rests is canceled first, complete pairs are merged where that is cheaper, the rest is sold.
/// </summary>
internal static class ExitSteps
{
    // Bought shares are on the chain soon, if ever: so long a merge that is better than both bids waits for them.
    private static readonly TimeSpan SettlementPatience = TimeSpan.FromSeconds(60);

    /// <summary>Starts selling one leg or all that is held.</summary>
    public static IReadOnlyList<Intent> BeginClosing(
        Position position, Outcome? only, ExitReason reason, string why, EngineState state)
    {
        var legs = position.Legs
            .Where(leg => leg.Exiting is null && leg.IsHeld && (only is null || leg.Outcome == only))
            .ToList();
        var isEntryOfBids = only is null && state.WorkingOrders(position.Id).Any(order => order.IsResting);
        if (legs.Count == 0 && !isEntryOfBids)
            return [];
        var isPartial = only is not null && position.Leg(only.Value.Other()).IsHeld;
        return Begin(
            position, [.. legs.Select(leg => PositionMachine.Numbers(position, leg, reason, state))],
            isPartial ? PositionState.Liquidating : PositionState.Closing, why, state);
    }

    /// <summary>Leaves all that an entry got.</summary>
    public static IReadOnlyList<Intent> Unwind(Position position, EngineState state, string why) => Begin(
        position,
        [.. position.Legs.Where(leg => leg.IsHeld).Select(leg =>
            PositionMachine.Numbers(position, leg, ExitReason.EntryFailed, state))],
        PositionState.Unwinding, why, state);

    /// <summary>Begins to leave legs; with resting orders in the books, by canceling those.</summary>
    public static IReadOnlyList<Intent> Begin(
        Position position, IReadOnlyList<EngineOutput.ExitBegun> exits, PositionState target, string why,
        EngineState state)
    {
        var isWorking = state.WorkingOrders(position.Id).Any();
        return
        [
            .. exits.Select(exit => new Intent.BeginExit(exit)),
            .. position.State == target ? Array.Empty<Intent>() : [new Intent.Move(position, target, why)],
            .. isWorking
                ? PositionMachine.CancelResting(position, state, null, why)
                : Leave(position, exits.ToDictionary(exit => exit.Outcome, exit => exit.Reason), state),
        ];
    }

    /// <summary>Goes on selling, one order of a leg at a time, until less than the dust bound is left.</summary>
    public static IReadOnlyList<Intent> Sell(Position position, EngineState state, EngineEvent cause)
    {
        var late = position.State == PositionState.Liquidating ? [] : Late(position);
        if (late.Count > 0)
            return late.ConvertAll<Intent>(exit => BeginLate(position, exit, state));
        var exiting = position.Legs.Where(leg => leg.Exiting is not null && leg.ExitReason is null).ToList();
        var done = exiting.Where(leg => !leg.IsHeld).ToList();
        if (done.Count > 0)
            return [.. done.Select(leg => new Intent.EndExit(position, leg.Outcome, leg.Exiting!.Value))];
        if (exiting.Count > 0)
        {
            return PositionMachine.IsNews(cause)
                ? Leave(
                    position,
                    exiting.Where(leg => PositionMachine.MayTry(position, leg.Outcome, state))
                        .ToDictionary(leg => leg.Outcome, leg => leg.Exiting!.Value),
                    state)
                : [];
        }

        var isWinnerHeld = position.State == PositionState.Liquidating && position.Legs.Any(leg => leg.IsHeld);
        return isWinnerHeld
            ? [new Intent.Move(position, PositionState.HoldingWinner, "one leg is sold, the other is held")]
            : End(position);
    }

    /// <summary>Sells what a late execution, or a sale that failed to settle, brought to a closed position.</summary>
    public static IReadOnlyList<Intent> Reopen(Position position, EngineState state) =>
        !position.Legs.Any(leg => leg.IsHeld)
            ? []
            :
            [
                .. Late(position).Select(exit => BeginLate(position, exit, state)),
                new Intent.Move(position, PositionState.Closing, "shares came after it was closed"),
            ];

    /// <summary>The market has paid: both legs become claims.</summary>
    public static IReadOnlyList<Intent> Settle(Position position, Resolution resolution) =>
    [
        .. position.Legs.Where(leg => !leg.Held.IsZero).Select(leg =>
            new Intent.SettleLeg(position, leg.Outcome, resolution.Payout(leg.Outcome))),
        .. position.Legs.Where(leg => leg.IsWanted && leg.Held.IsZero && leg.ExitReason is null).Select(leg =>
            new Intent.EndExit(position, leg.Outcome, leg.Exiting ?? ExitReason.EntryFailed)),
        .. position.IsOpen
            ? [new Intent.Move(position, PositionState.Closed, $"the market resolved ({resolution.Kind})")]
            : Array.Empty<Intent>(),
    ];

    private static IReadOnlyList<Intent> End(Position position) =>
    [
        .. position.Legs.Where(leg => leg.IsWanted && leg.ExitReason is null).Select(leg => new Intent.EndExit(
            position, leg.Outcome, leg.Sold.IsZero ? ExitReason.EntryFailed : ExitReason.TakeProfit)),
        .. OneLegSteps.End(position, isCompleted: false),
        new Intent.Move(position, PositionState.Closed, "nothing is held any more"),
    ];

    private static IEnumerable<Intent> Sales(Position position, IReadOnlyDictionary<Outcome, ExitReason> exits) =>
        exits.Select(exit => new Intent.SellLeg(position, exit.Key, exit.Value));

    /// <summary>Merges complete pairs when both legs are left and that is better, else sells each leg.</summary>
    private static IReadOnlyList<Intent> Leave(
        Position position, IReadOnlyDictionary<Outcome, ExitReason> exits, EngineState state)
    {
        var mayMerge = exits.Count == 2 && position is { Execution.UsesPairs: true, ArePairsRefused: false };
        if (!mayMerge || state.Catalog.Find(position.MarketId) is not { } market)
            return [.. Sales(position, exits)];
        var (yes, no) = (state.Book(position.Yes.TokenId), state.Book(position.No.TokenId));
        PairChoice Choose(Quantity movable) => PairChoice.Leaving(
            (yes, position.Yes.Held), (no, position.No.Held), movable, market.Fees ?? FeeSchedule.Free,
            position.Execution.ChainCost);
        if (!Choose(position.Yes.Held).UsesChain)
            return [.. Sales(position, exits)];
        var now = Choose(Quantity.Min(Settled(position, position.Yes, state), Settled(position, position.No, state)));
        if (now.UsesChain)
        {
            return
            [
                new Intent.MovePairs(
                    position, ChainOperationKind.Merge, now.Pairs, PairChoice.PartOf(yes.BestBid, no.BestBid),
                    now.Why()),
            ];
        }

        return IsSettling(position, state) ? [] : [.. Sales(position, exits)];
    }

    private static Quantity Settled(Position position, Leg leg, EngineState state) =>
        leg.Held - Quantity.Min(leg.Held, state.Unsettled(position.Id, leg.TokenId));

    private static bool IsSettling(Position position, EngineState state) => state.Orders.Values.Any(order =>
        order.Command.PositionId == position.Id && order.Command.Side == Side.Buy
        && state.Now.RecordedAt - order.SubmittedAt.RecordedAt < SettlementPatience);

    private static Intent.BeginExit BeginLate(
        Position position, (Leg Leg, ExitReason Reason) exit, EngineState state) =>
        new(PositionMachine.Numbers(position, exit.Leg, exit.Reason, state));

    /// <summary>Held legs that nobody is leaving yet: executed while their order was being canceled.</summary>
    private static List<(Leg Leg, ExitReason Reason)> Late(Position position)
    {
        var reason = position.State is PositionState.Unwinding or PositionState.Closed
            ? ExitReason.EntryFailed
            : position.Legs.Select(leg => leg.Exiting).FirstOrDefault(known => known is not null) ?? ExitReason.Manual;
        return [.. position.Legs.Where(leg => leg.IsHeld && (leg.Exiting is null || leg.ExitReason is not null))
            .Select(leg => (leg, leg.Exiting ?? reason))];
    }
}
