using Equilibrage.Core.Accounting;
using Equilibrage.Core.Execution;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Strategies.TwoSided;

/// <summary>
/// Getting in: by bids that rest, by a split and the rest from the books, or by taking one leg after the other.
/// </summary>
internal static class EntrySteps
{
    /// <summary>The first step of a planned position.</summary>
    public static IReadOnlyList<Intent> Begin(Position position, EngineState state)
    {
        if (position.Execution.Entry == EntryMode.Maker)
        {
            return
            [
                new Intent.Move(position, PositionState.EnteringLeg1, "bids for both legs are to rest in the books"),
                .. position.Legs.Where(leg => leg.IsWanted).Select(leg => new Intent.QuoteLeg(position, leg.Outcome)),
            ];
        }

        const string Ready = "both books are current and deep enough";
        if (Choose(position, state) is not { } choice)
        {
            return
            [
                new Intent.Move(position, PositionState.EnteringLeg1, Ready),
                new Intent.BuyLeg(position, position.FirstLeg),
            ];
        }

        var isSplit = choice.UsesChain && IsCompletable(position, choice.Pairs, state);
        var (yes, no) = (state.Book(position.Yes.TokenId), state.Book(position.No.TokenId));
        return
        [
            new Intent.Move(position, PositionState.EnteringLeg1, $"{Ready}; {choice.Why()}"),
            isSplit
                ? new Intent.MovePairs(
                    position, ChainOperationKind.Split, choice.Pairs, PairChoice.PartOf(yes.BestAsk, no.BestAsk),
                    choice.Why())
                : new Intent.BuyLeg(position, position.FirstLeg),
        ];
    }

    /// <summary>Takes the first leg from its book, then the other, until the one-leg timer runs out.</summary>
    public static IReadOnlyList<Intent> Take(Position position, EngineState state, EngineEvent cause)
    {
        if (position.OneLeg is not null)
            return OneLegSteps.Chase(position, state, cause);
        var outcome = position.State == PositionState.EnteringLeg1 ? position.FirstLeg : position.FirstLeg.Other();
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
                : Complete(position);
        }

        if (state.Now.RecordedAt < position.EntryDeadline)
        {
            var isDue = PositionMachine.IsFreshLook(cause) || cause is EngineEvent.Executed;
            return isDue && PositionMachine.MayTry(position, outcome, state)
                ? [new Intent.BuyLeg(position, outcome)]
                : [];
        }

        return OneLegSteps.Decide(position, state);
    }

    /// <summary>Everything planned is held.</summary>
    public static IReadOnlyList<Intent> Complete(Position position) =>
    [
        .. OneLegSteps.End(position, isCompleted: true),
        new Intent.Move(position, PositionState.Active, "all that was planned is held"),
    ];

    private static PairChoice? Choose(Position position, EngineState state)
    {
        if (!position.Execution.UsesPairs || !position.Yes.IsWanted || !position.No.IsWanted
            || state.Catalog.Find(position.MarketId) is not { } market)
            return null;
        return PairChoice.Entering(
            (state.Book(position.Yes.TokenId), position.Yes.Planned),
            (state.Book(position.No.TokenId), position.No.Planned),
            market.Fees ?? FeeSchedule.Free, position.Execution.ChainCost);
    }

    // What a split leaves of a leg must be purchasable, or too little to matter.
    private static bool IsCompletable(Position position, Quantity pairs, EngineState state) =>
        position.Legs.All(leg => leg.Split(pairs, Usdc.Zero).IsEntered
            || (state.Book(leg.TokenId).BestAsk is { } ask && leg.Planned - pairs >= Slices.OneDollarAt(ask)));
}
