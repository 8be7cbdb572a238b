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
        if (state.WorkingOrders(position.Id).Any())
            return [];
        if (state.Resolutions.TryGetValue(position.MarketId, out var resolution))
            return IsFinal(position, state) ? Settle(position, resolution) : [];
        return position.State switch
        {
            PositionState.Planned =>
            [
                new Intent.Move(position, PositionState.EnteringLeg1, "both books are current and deep enough"),
                new Intent.BuyLeg(position, position.FirstLeg),
            ],
            PositionState.EnteringLeg1 => Enter(position, position.FirstLeg, state, cause),
            PositionState.EnteringLeg2 => Enter(position, position.FirstLeg.Other(), state, cause),
            PositionState.Active => Watch(position, state, cause, isFirstRound, watch),
            PositionState.HoldingWinner => Hold(position, state),
            PositionState.Liquidating or PositionState.Closing or PositionState.Unwinding =>
                Sell(position, state, cause),
            PositionState.Closed => Reopen(position, state),
            _ => [],
        };
    }

    /// <summary>Sells what a late execution, or a sale that failed to settle, brought to a closed position.</summary>
    private static IReadOnlyList<Intent> Reopen(Position position, EngineState state)
    {
        var held = position.Legs.Where(leg => leg.IsHeld).ToList();
        return held.Count == 0
            ? []
            :
            [
                .. held.Where(leg => leg.Exiting is null).Select(leg =>
                    new Intent.BeginExit(Numbers(position, leg, ExitReason.EntryFailed, state))),
                new Intent.Move(position, PositionState.Closing, "shares came after it was closed"),
            ];
    }

    /// <summary>Starts selling one leg or all that is held.</summary>
    public static IReadOnlyList<Intent> BeginClosing(
        Position position, Outcome? only, ExitReason reason, string why, EngineState state)
    {
        var legs = position.Legs
            .Where(leg => leg.Exiting is null && leg.IsHeld && (only is null || leg.Outcome == only))
            .ToList();
        var isPartial = only is not null && position.Leg(only.Value.Other()).IsHeld;
        var target = isPartial ? PositionState.Liquidating : PositionState.Closing;
        if (legs.Count == 0)
            return [];
        return
        [
            .. legs.Select(leg => new Intent.BeginExit(Numbers(position, leg, reason, state))),
            .. position.State == target ? Array.Empty<Intent>() : [new Intent.Move(position, target, why)],
            .. legs.Select(leg => new Intent.SellLeg(position, leg.Outcome, reason)),
        ];
    }

    private static IReadOnlyList<Intent> Enter(Position position, Outcome outcome, EngineState state, EngineEvent cause)
    {
        var leg = position.Leg(outcome);
        var other = position.Leg(outcome.Other());
        if (leg.IsEntered)
        {
            return position.State == PositionState.EnteringLeg1 && other.IsWanted
                ?
                [
                    new Intent.Move(
                        position, PositionState.EnteringLeg2, $"{leg.Bought} shares of the first leg are held"),
                    new Intent.BuyLeg(position, other.Outcome),
                ]
                : [new Intent.Move(position, PositionState.Active, "all that was planned is held")];
        }

        if (state.Now.RecordedAt < position.EntryDeadline)
        {
            return IsFreshLook(cause) && MayTry(position, outcome, state)
                ? [new Intent.BuyLeg(position, outcome)]
                : [];
        }

        var why = $"{leg.Bought} of {leg.Planned} shares were had within {position.Rules.OneLegSeconds} s";
        return Unwind(position, state, why);
    }

    private static IReadOnlyList<Intent> Unwind(Position position, EngineState state, string why) =>
    [
        .. position.Legs.Where(held => held.IsHeld).Select(held =>
            new Intent.BeginExit(Numbers(position, held, ExitReason.EntryFailed, state))),
        new Intent.Move(position, PositionState.Unwinding, why),
        .. position.Legs.Where(held => held.IsHeld).Select(held =>
            new Intent.SellLeg(position, held.Outcome, ExitReason.EntryFailed)),
    ];

    private static IReadOnlyList<Intent> Watch(
        Position position, EngineState state, EngineEvent cause, bool isFirstRound, TriggerWatch watch)
    {
        if (position.Legs.Any(leg => leg.IsWanted && !leg.IsEntered))
            return Unwind(position, state, "a purchase failed to settle");
        var timeExit = TimeExit(position, state);
        if (timeExit.Count > 0)
            return timeExit;
        if (!isFirstRound || !IsFreshLook(cause))
            return [];
        var exit = ExitSignals.Evaluate(position, state.Book(position.Yes.TokenId), state.Book(position.No.TokenId));
        if (exit is null)
        {
            watch.Forget(position.Id);
            return [];
        }

        var rules = position.Rules;
        if (!watch.IsConfirmed(exit, rules.ConfirmSamples, rules.ConfirmSeconds, state.Now.RecordedAt))
            return [];
        watch.Forget(position.Id);
        return
        [
            new Intent.BeginExit(exit),
            new Intent.Move(position, PositionState.Liquidating, $"{exit.Outcome} reached {exit.Threshold}"),
            new Intent.SellLeg(position, exit.Outcome, exit.Reason),
        ];
    }

    /// <summary>Holds the winner; a loser that a failed sale brought back is sold again.</summary>
    private static IReadOnlyList<Intent> Hold(Position position, EngineState state) =>
        position.Legs.Any(leg => leg is { IsHeld: true, Exiting: not null, ExitReason: null })
            ? [new Intent.Move(position, PositionState.Liquidating, "a sale failed to settle")]
            : TimeExit(position, state);

    private static IReadOnlyList<Intent> TimeExit(Position position, EngineState state)
    {
        var hours = position.Rules.TimeExitHours;
        if (hours <= 0 || state.Catalog.Find(position.MarketId) is not { } market)
            return [];
        var left = (decimal)(market.DecisiveTime - state.Now.MarketTime).TotalHours;
        return left > hours
            ? []
            : BeginClosing(position, null, ExitReason.Time, $"{hours} h before the decisive time", state);
    }

    /// <summary>Goes on selling, one order of a leg at a time, until less than the dust bound is left.</summary>
    private static IReadOnlyList<Intent> Sell(Position position, EngineState state, EngineEvent cause)
    {
        var exiting = position.Legs.Where(leg => leg.Exiting is not null && leg.ExitReason is null).ToList();
        var done = exiting.Where(leg => !leg.IsHeld).ToList();
        if (done.Count > 0)
            return [.. done.Select(leg => new Intent.EndExit(position, leg.Outcome, leg.Exiting!.Value))];
        if (exiting.Count > 0)
        {
            if (!IsFreshLook(cause))
                return [];
            return
            [
                .. exiting.Where(leg => MayTry(position, leg.Outcome, state))
                    .Select(leg => new Intent.SellLeg(position, leg.Outcome, leg.Exiting!.Value)),
            ];
        }

        var isWinnerHeld = position.State == PositionState.Liquidating && position.Legs.Any(leg => leg.IsHeld);
        if (isWinnerHeld)
            return [new Intent.Move(position, PositionState.HoldingWinner, "one leg is sold, the other is held")];
        return
        [
            .. position.Legs.Where(leg => leg.IsWanted && leg.ExitReason is null).Select(leg =>
                new Intent.EndExit(position, leg.Outcome, ExitReason.EntryFailed)),
            new Intent.Move(position, PositionState.Closed, "nothing is held any more"),
        ];
    }

    private static IReadOnlyList<Intent> Settle(Position position, Resolution resolution) =>
    [
        .. position.Legs.Where(leg => !leg.Held.IsZero).Select(leg =>
            new Intent.SettleLeg(position, leg.Outcome, resolution.Payout(leg.Outcome))),
        .. position.Legs.Where(leg => leg.IsWanted && leg.Held.IsZero && leg.ExitReason is null).Select(leg =>
            new Intent.EndExit(position, leg.Outcome, leg.Exiting ?? ExitReason.EntryFailed)),
        .. position.IsOpen
            ? [new Intent.Move(position, PositionState.Closed, $"the market resolved ({resolution.Kind})")]
            : Array.Empty<Intent>(),
    ];

    /// <summary>True when no trade of the position can fail any more: a claim on a payout is made once.</summary>
    private static bool IsFinal(Position position, EngineState state) =>
        state.Ledger.Pending.All(entry => entry.PositionId != position.Id);

    private static EngineOutput.ExitBegun Numbers(Position position, Leg leg, ExitReason reason, EngineState state)
    {
        var book = state.Book(leg.TokenId);
        var sellable = ExitSignals.SellablePrice(leg, book);
        return new(
            position.Id, leg.Outcome, reason, book.BestBid,
            sellable is { } price ? Math.Round(price, 6) : null, leg.EntryPrice, null);
    }

    /// <summary>
    /// False right after the venue refused an order of the leg: bought shares, for one, can be sold only once they are
    /// on the chain, and asking with every change of the book would not bring them there sooner.
    /// </summary>
    private static bool MayTry(Position position, Outcome outcome, EngineState state) => !state.Orders.Values.Any(
        order => order.Status == OrderStatus.Rejected && order.Command.PositionId == position.Id
            && order.Command.Outcome == outcome && state.Now.MarketTime - order.SubmittedAt.MarketTime < RefusalPause);

    /// <summary>True for an event that may show other prices than the last try saw.</summary>
    private static bool IsFreshLook(EngineEvent cause) =>
        cause is EngineEvent.MonitorDue or EngineEvent.Fed { Report: FeedEvent.Changed or FeedEvent.Snapshot };
}
