using Equilibrage.Core.Accounting;
using Equilibrage.Core.Execution;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Strategies.TwoSided;

/// <summary>
/// Getting in by bids that rest for both legs. A bid that is no longer where it belongs is canceled first and placed
/// anew after its end, so that a leg never has two; when the timer runs out, all are canceled and what they got is
/// judged.
/// </summary>
internal static class MakerEntry
{
    /// <summary>The next steps of an entry by bids.</summary>
    public static IReadOnlyList<Intent> Advance(Position position, EngineState state, EngineEvent cause)
    {
        var quotes = state.WorkingOrders(position.Id).ToList();
        var wanted = position.Legs.Where(leg => leg.IsWanted).ToList();
        var isWhole = wanted.All(leg => leg.IsEntered);
        if (isWhole || state.Now.RecordedAt >= position.EntryDeadline)
        {
            var why = isWhole ? "both legs are held" : $"the timer of {position.Rules.OneLegSeconds} s ran out";
            if (quotes.Count > 0)
                return PositionMachine.CancelResting(position, state, cause, why);
            return isWhole ? EntrySteps.Complete(position) : OneLegSteps.Decide(position, state);
        }

        var steps = new List<Intent>();
        if (position.State == PositionState.EnteringLeg1 && wanted.Find(leg => leg.IsEntered) is { } first)
        {
            steps.Add(new Intent.Move(
                position, PositionState.EnteringLeg2, $"{first.Bought} shares of one leg are held"));
        }

        foreach (var leg in wanted.Where(leg => !leg.IsEntered))
        {
            var quote = quotes.Find(order => order.Command.Outcome == leg.Outcome);
            if (quote is null && PositionMachine.MayTry(position, leg.Outcome, state))
                steps.Add(new Intent.QuoteLeg(position, leg.Outcome));
            else if (quote is not null && PositionMachine.IsFreshLook(cause)
                && Misplaced(position, leg, quote, state) is { } why)
                steps.Add(new Intent.CancelOrder(quote.Command.ClientOrderId, why));
        }

        return steps;
    }

    /// <summary>Why a resting bid is to be placed anew; null when it may stay.</summary>
    private static string? Misplaced(Position position, Leg leg, Order quote, EngineState state)
    {
        var rules = position.Execution;
        var age = (decimal)(state.Now.RecordedAt - quote.SubmittedAt.RecordedAt).TotalSeconds;
        if (quote is not { IsResting: true, CancelRequestedAt: null } || age < rules.RequoteSeconds
            || state.Catalog.Find(position.MarketId) is not { } market)
            return null;
        if (quote.Command.Tick != market.TickSize)
            return $"the price grid is {market.TickSize} now, no longer {quote.Command.Tick}";
        if (RestingPlanner.QuotePrice(state, position, leg, market) is not { } price)
            return null;
        var distance = Math.Abs(price.ToMicros - quote.Command.Limit.ToMicros);
        return distance >= rules.RequoteTicks * market.TickSize.ToMicros
            ? $"the book moved: the bid of {quote.Command.Limit} belongs at {price}"
            : null;
    }
}
