using Equilibrage.Core.Execution;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Risk;

/// <summary>
/// What each layer of risk leaves for an entry. All layers are asked, none stops the others, and the smallest size
/// counts. The table of layers: docs/risk.md.
/// </summary>
internal static class EntryLayers
{
    /// <summary>Every layer with what it leaves, the wish first.</summary>
    public static IReadOnlyList<SizeLayer> Of(EngineState state, Intent.Open intent)
    {
        var (limits, plan, market) = (state.Settings.Limits, intent.Plan, intent.Market);
        var used = Exposure.Committed(state, market, intent.StrategyId);
        var position = Usdc.Min(limits.PositionExposure, RiskLimits.HardPosition);
        var strategy = Usdc.Min(limits.StrategyExposure, RiskLimits.HardExposure);
        var share = Equity.Of(state).Total.Share((long)(limits.StrategyCapitalPercent * 10_000), 1_000_000);
        return
        [
            new("wish", plan.Capital, "what the strategy or the operator asked for"),
            new("cash", state.Ledger.Available, "free cash"),
            new("order", PerLeg(plan, _ => limits.MaxOrder), $"the larger leg fits one order of {limits.MaxOrder}"),
            new("slippage", PerLeg(plan, leg => Within(state, market, leg) ?? plan.CapitalOf(leg)),
                $"asks within {limits.SlippageBps} bps of the best"),
            new("position", position, "the most for one position"),
            Room("market", limits.MarketExposure, used.Market),
            Room("group", limits.GroupExposure, used.Group),
            Room("global", limits.GlobalExposure, used.Global),
            Room("strategy", strategy, used.Strategy),
            Room("strategy capital", share, used.Strategy),
            Scaled("volatility", plan.Capital, limits.SizesByVolatility ? Volatility.FactorOf(state, market) : 1m),
            Scaled("hours", plan.Capital, TradingHours.FactorOf(limits, state.Now.MarketTime)),
        ];
    }

    /// <summary>The layer that leaves the least; the first of equals.</summary>
    public static SizeLayer Smallest(IReadOnlyList<SizeLayer> layers)
    {
        var smallest = layers[0];
        foreach (var layer in layers)
            smallest = layer.Size < smallest.Size ? layer : smallest;
        return smallest;
    }

    private static SizeLayer Room(string name, Usdc limit, Usdc used) =>
        new(name, limit - used, $"{used} of {limit} at risk");

    private static SizeLayer Scaled(string name, Usdc wish, decimal factor) =>
        new(name, wish.Share((long)(factor * Micros.PerUnit), Micros.PerUnit), $"{factor:0.###} of the wish");

    /// <summary>The capital at which no leg gets more than it may.</summary>
    private static Usdc PerLeg(EntryPlan plan, Func<Outcome, Usdc> most)
    {
        var capital = plan.Capital;
        foreach (var outcome in Outcomes.Both)
        {
            var leg = plan.CapitalOf(outcome);
            if (leg <= Usdc.Zero || most(outcome) is var bound && leg <= bound)
                continue;
            capital = Usdc.Min(capital, plan.Capital.Share(bound.ToMicros, leg.ToMicros));
        }

        return capital;
    }

    /// <summary>
    /// Dollars, fees included, that the asks take before the price is too far from the best; null when it never is:
    /// whether there is enough of it is asked elsewhere.
    /// </summary>
    private static Usdc? Within(EngineState state, Market market, Outcome outcome)
    {
        var book = state.Book(market.Token(outcome));
        if (book.BestAsk is not { } best)
            return null;
        var worst = state.Settings.Limits.WorstPurchase(best);
        var fees = market.Fees ?? FeeSchedule.Free;
        var sum = Usdc.Zero;
        foreach (var level in book.Asks.Levels)
        {
            if (level.Price > worst)
                return sum;
            var shares = level.Quantity.FloorTo(EntrySizer.Lot);
            sum += level.Price.CostOf(shares) + fees.TakerFeeBudget(level.Price, shares);
        }

        return null;
    }
}
