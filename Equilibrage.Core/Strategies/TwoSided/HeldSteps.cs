using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Strategies.TwoSided;

/// <summary>While both legs are held, or the winner is: triggers, take-profits that rest, the time exit.</summary>
internal static class HeldSteps
{
    /// <summary>Both legs are held and their triggers armed.</summary>
    public static IReadOnlyList<Intent> Watch(
        Position position, EngineState state, EngineEvent cause, bool isFirstRound, TriggerWatch watch)
    {
        if (position.Legs.Any(leg => leg.IsWanted && !leg.IsEntered))
            return OneLegSteps.Lose(position, state);
        if (position.Legs.FirstOrDefault(IsSoldOut) is { } sold)
            return TakeProfit(position, sold, state);
        var timeExit = TimeExit(position, state);
        if (timeExit.Count > 0)
            return timeExit;
        var resting = Rest(position, state, cause);
        if (resting.Count > 0 || !isFirstRound || !PositionMachine.IsFreshLook(cause))
            return resting;
        var exit = ExitSignals.Evaluate(position, state.Book(position.Yes.TokenId), state.Book(position.No.TokenId));
        if (exit is null || (exit.Reason == ExitReason.TakeProfit && IsResting(position, exit.Outcome, state)))
        {
            watch.Forget(position.Id);
            return [];
        }

        var rules = position.Rules;
        if (!watch.IsConfirmed(exit, rules.ConfirmSamples, rules.ConfirmSeconds, state.Now.RecordedAt))
            return [];
        watch.Forget(position.Id);
        return ExitSteps.Begin(
            position, [exit], PositionState.Liquidating, $"{exit.Outcome} reached {exit.Threshold}", state);
    }

    /// <summary>Holds the winner; a loser that a failed sale brought back is sold again.</summary>
    public static IReadOnlyList<Intent> Hold(Position position, EngineState state)
    {
        if (position.Legs.All(leg => !leg.IsHeld))
            return [new Intent.Move(position, PositionState.Closing, "what it held was used elsewhere")];
        return position.Legs.Any(leg => leg is { IsHeld: true, Exiting: not null, ExitReason: null })
            ? [new Intent.Move(position, PositionState.Liquidating, "a sale failed to settle")]
            : TimeExit(position, state);
    }

    private static IReadOnlyList<Intent> TimeExit(Position position, EngineState state)
    {
        var hours = position.Rules.TimeExitHours;
        if (hours <= 0 || state.Catalog.Find(position.MarketId) is not { } market)
            return [];
        var left = (decimal)(market.DecisiveTime - state.Now.MarketTime).TotalHours;
        return left > hours
            ? []
            : ExitSteps.BeginClosing(position, null, ExitReason.Time, $"{hours} h before the decisive time", state);
    }

    /// <summary>
    /// Lets take-profits rest. Once one of them was executed in part, the other leg is the one to keep: its sale is
    /// withdrawn, since one leg is sold by itself and no more.
    /// </summary>
    private static IReadOnlyList<Intent> Rest(Position position, EngineState state, EngineEvent cause)
    {
        if (!position.Execution.RestingTakeProfit)
            return [];
        if (position.Legs.FirstOrDefault(leg => !leg.Sold.IsZero) is { } selling)
        {
            return cause is EngineEvent.CancelFailed
                ? []
                : [.. state.WorkingOrders(position.Id)
                    .Where(order => order.Command.Outcome != selling.Outcome
                        && order is { IsResting: true, CancelRequestedAt: null })
                    .Select(order => new Intent.CancelOrder(
                        order.Command.ClientOrderId, "the other leg's take-profit is being executed"))];
        }

        // What is not final yet may be taken back, and cannot be offered before it is on the chain.
        return [.. position.Legs
            .Where(leg => leg.IsHeld && !IsResting(position, leg.Outcome, state)
                && state.Unsettled(position.Id, leg.TokenId).IsZero
                && PositionMachine.MayTry(position, leg.Outcome, state))
            .Select(leg => (leg.Outcome, Trigger: ExitSignals.RisingTrigger(leg, position.Rules)))
            .Where(leg => leg.Trigger is not null)
            .Select(leg => new Intent.RestProfit(position, leg.Outcome, leg.Trigger!.Value))];
    }

    private static IReadOnlyList<Intent> TakeProfit(Position position, Leg sold, EngineState state) =>
        ExitSteps.Begin(
            position, [PositionMachine.Numbers(position, sold, ExitReason.TakeProfit, state)],
            PositionState.Liquidating, $"{sold.Outcome} was sold by its resting take-profit", state);

    private static bool IsSoldOut(Leg leg) =>
        leg is { IsWanted: true, IsHeld: false, Exiting: null } && !leg.Sold.IsZero;

    private static bool IsResting(Position position, Outcome outcome, EngineState state) =>
        state.WorkingOrders(position.Id).Any(order => order.Command.Outcome == outcome);
}
