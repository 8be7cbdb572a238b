using Equilibrage.Core.Accounting;
using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Execution;

/// <summary>Turns dollars into shares by walking the asks, so that spend plus fees fit the budget.</summary>
public static class EntrySizer
{
    /// <summary>The venue's share grid for orders: one hundredth of a share.</summary>
    public static readonly Quantity Lot = Quantity.FromMicros(10_000);

    /// <summary>The smallest purchase that takes from the book: one dollar.</summary>
    public static readonly Usdc MinimumTake = Usdc.FromMicros(1_000_000);

    /// <summary>
    /// Shares per wanted leg, thinner leg first; empty when the books do not offer what a leg's capital buys within the
    /// price limits, or that is less than the smallest order. A leg cut short would not be equal capital.
    /// </summary>
    public static IReadOnlyList<(Outcome Outcome, Usdc Budget, Quantity Shares)> Size(
        EngineState state, Market market, EntryPlan plan)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(market);
        var legs = new List<(Outcome Outcome, Usdc Budget, Quantity Shares, Usdc Depth)>();
        foreach (var outcome in Outcomes.Both)
        {
            var budget = plan.CapitalOf(outcome);
            if (budget == Usdc.Zero)
                continue;
            var book = state.Book(market.Token(outcome));
            var (shares, left) = state.Settings.Execution.Entry == EntryMode.Maker
                ? AtBid(state, book, market, budget)
                : AtAsks(state, book, market, budget);
            var isWhole = (Int128)left.ToMicros * 100 <= (Int128)budget.ToMicros * 5;
            if (!isWhole || shares < market.MinimumOrderSize || budget < MinimumTake)
                return [];
            legs.Add((outcome, budget, shares, book.Depth(BookSide.Ask, 5)));
        }

        return [.. legs.OrderBy(leg => leg.Depth).Select(leg => (leg.Outcome, leg.Budget, leg.Shares))];
    }

    // Within the price band, and within the slippage bound of the best ask: one bound for the plan and for its orders.
    private static (Quantity Shares, Usdc Left) AtAsks(EngineState state, Book book, Market market, Usdc budget)
    {
        if (book.BestAsk is not { } best)
            return (Quantity.Zero, budget);
        var bound = SlippageBound.Limit(Side.Buy, best, state.Settings.Limits.SlippageBps, market.TickSize);
        var band = state.Settings.Eligibility.MaxAsk;
        var (shares, _, left) = Walk(
            book.Asks.Levels, budget, bound < band ? bound : band, market.Fees ?? FeeSchedule.Free);
        return (shares, left);
    }

    // A bid that rests pays its own price and no fee, and asks nothing of the depth.
    private static (Quantity Shares, Usdc Left) AtBid(EngineState state, Book book, Market market, Usdc budget)
    {
        var rules = state.Settings.Execution;
        if (MakerQuote.Bid(
            book, null, null, rules.InsideTicks, state.Settings.Eligibility.MaxAsk, market.TickSize) is not { } price)
            return (Quantity.Zero, budget);
        var shares = Quantity.FromMicros(
            Micros.Narrow((Int128)budget.ToMicros * Micros.PerUnit / price.ToMicros)).FloorTo(Lot);
        return (shares, budget - price.CostOf(shares));
    }

    /// <summary>
    /// Most shares whose cost and fee fit <paramref name="budget"/>, on the lot grid, with the last price touched.
    /// </summary>
    public static (Quantity Shares, Price Worst) Affordable(
        ReadOnlySpan<Level> asks, Usdc budget, Price cap, FeeSchedule fees)
    {
        ArgumentNullException.ThrowIfNull(fees);
        var (shares, worst, _) = Walk(asks, budget, cap, fees);
        return (shares, worst);
    }

    private static (Quantity Shares, Price Worst, Usdc Left) Walk(
        ReadOnlySpan<Level> asks, Usdc budget, Price cap, FeeSchedule fees)
    {
        var (shares, worst, left) = (Quantity.Zero, Price.Zero, budget);
        foreach (var level in asks)
        {
            if (level.Price > cap)
                break;
            var take = LargestWithin(level, left, fees);
            if (take.IsZero)
                break;
            (shares, worst) = (shares + take, level.Price);
            left -= level.Price.CostOf(take) + fees.TakerFeeBudget(level.Price, take);
            if (take < level.Quantity.FloorTo(Lot))
                break;
        }

        return (shares, worst, left);
    }

    /// <summary>Most shares of a level whose cost and fee fit <paramref name="budget"/>, on the lot grid.</summary>
    internal static Quantity LargestWithin(Level level, Usdc budget, FeeSchedule fees)
    {
        if (budget.ToMicros <= 0)
            return Quantity.Zero;
        var perShare = (Int128)level.Price.ToMicros * Micros.PerUnit * Micros.PerUnit
            + ((Int128)fees.RateMicros * level.Price.ToMicros * level.Price.Complement.ToMicros);
        var estimate = (Int128)budget.ToMicros * Micros.PerUnit * Micros.PerUnit * Micros.PerUnit / perShare;
        var take = Quantity.FromMicros(Micros.Narrow(Int128.Min(estimate, level.Quantity.ToMicros))).FloorTo(Lot);
        // The fee is rounded up per fill, so the estimate can be a lot too high; it is never far off.
        while (!take.IsZero && level.Price.CostOf(take) + fees.TakerFeeBudget(level.Price, take) > budget)
            take -= Lot;
        return take;
    }
}
