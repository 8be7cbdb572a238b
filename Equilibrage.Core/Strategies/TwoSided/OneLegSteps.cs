using Equilibrage.Core.Accounting;
using Equilibrage.Core.Execution;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Strategies.TwoSided;

/// <summary>What follows when an entry stands on one leg: a short chase of the other, or the way out.</summary>
internal static class OneLegSteps
{
    /// <summary>The timer ran out and something is missing.</summary>
    public static IReadOnlyList<Intent> Decide(Position position, EngineState state)
    {
        var bought = $"{position.Yes.Bought} of {position.Yes.Planned} and {position.No.Bought} of "
            + $"{position.No.Planned} shares were had within {position.Rules.OneLegSeconds} s";
        var isPair = position.Yes.IsWanted && position.No.IsWanted;
        var mayBuy = position.Execution.ChaseSeconds > 0 && state.Halt is null && state.Restriction is null
            && state.Permission == OrderPermission.Everything;
        if (!isPair || !position.Legs.Any(leg => leg.IsHeld)
            || state.Catalog.Find(position.MarketId) is not { } market)
            return ExitSteps.Unwind(position, state, bought);
        var choice = OneLegPolicy.Decide(
            position, state.Book(position.Yes.TokenId), state.Book(position.No.TokenId), market, mayBuy);
        var until = state.Now.RecordedAt.AddSeconds((double)position.Execution.ChaseSeconds);
        var decision = new Intent.DecideOneLeg(new(
            position.Id, new(choice.IsChase, until, choice.LimitYes, choice.LimitNo), choice.PairCost,
            choice.ChaseLoss, choice.UnwindLoss, $"{bought}; {choice.Why}", IsFirst: true));
        return choice.IsChase
            ? [decision, .. BuyMissing(position, state)]
            : [decision, .. ExitSteps.Unwind(position, state, choice.Why)];
    }

    /// <summary>A leg that was held is gone, because its purchase failed to settle: it is not bought again.</summary>
    public static IReadOnlyList<Intent> Lose(Position position, EngineState state)
    {
        const string Why = "a purchase failed to settle";
        var steps = ExitSteps.Unwind(position, state, Why);
        return position.OneLeg is null && position.Yes.IsWanted && position.No.IsWanted
            ? [Leave(position, state, Why), .. steps]
            : steps;
    }

    /// <summary>Buys what is missing within the chase's limits until its time is up.</summary>
    public static IReadOnlyList<Intent> Chase(Position position, EngineState state, EngineEvent cause)
    {
        if (position.Legs.All(leg => leg.IsEntered || !leg.IsWanted))
            return EntrySteps.Complete(position);
        if (state.Now.RecordedAt >= position.OneLeg!.Until)
        {
            var why = $"the chase was not over within {position.Execution.ChaseSeconds} s";
            return [Leave(position, state, why), .. ExitSteps.Unwind(position, state, why)];
        }

        return PositionMachine.IsFreshLook(cause) ? BuyMissing(position, state) : [];
    }

    /// <summary>Books what a one-leg event cost once it is over; nothing without one.</summary>
    public static IEnumerable<Intent> End(Position position, bool isCompleted)
    {
        if (position.OneLeg is not { IsOver: false })
            yield break;
        var cost = isCompleted
            ? position.Legs.Aggregate(Usdc.Zero, (sum, leg) =>
                sum + leg.Cost + leg.Fees - (leg.PlannedPrice ?? Price.Zero).CostOf(leg.Bought))
            : -position.Pnl(null, null);
        yield return new Intent.EndOneLeg(new(position.Id, isCompleted, cost));
    }

    private static Intent.DecideOneLeg Leave(Position position, EngineState state, string why) => new(new(
        position.Id, new(false, state.Now.RecordedAt, Price.Zero, Price.Zero), null, null, null, why,
        IsFirst: position.OneLeg is null));

    private static List<Intent.BuyLeg> BuyMissing(Position position, EngineState state) => position.Legs
        .Where(leg => leg is { IsWanted: true, IsEntered: false }
            && PositionMachine.MayTry(position, leg.Outcome, state))
        .Select(leg => new Intent.BuyLeg(position, leg.Outcome)).ToList();
}
