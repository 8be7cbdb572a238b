using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Risk;

/// <summary>
/// Dollars at risk around one market: the cost of what is held, what working purchases may still spend (an order whose
/// fate is unknown counts in full), and the cost of shares whose sale is not final and may come back.
/// </summary>
/// <param name="Market">In the market itself.</param>
/// <param name="Group">In all markets of its group.</param>
/// <param name="Strategy">Of one strategy, everywhere.</param>
/// <param name="Global">Of everything.</param>
public readonly record struct Exposure(Usdc Market, Usdc Group, Usdc Strategy, Usdc Global)
{
    /// <summary>What is at risk now.</summary>
    public static Exposure AtRisk(EngineState state, Market market, StrategyId strategy) =>
        Sum(state, market, strategy, isCommitted: false);

    /// <summary>What is at risk once every position that is being entered has spent all that it may.</summary>
    public static Exposure Committed(EngineState state, Market market, StrategyId strategy) =>
        Sum(state, market, strategy, isCommitted: true);

    /// <summary>What a position has at risk now.</summary>
    public static Usdc Of(EngineState state, Position position)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(position);
        return Of(position, Spending.Of(state), isCommitted: false);
    }

    /// <summary>What a position has at risk once its entry has spent all that it may.</summary>
    public static Usdc CommittedOf(EngineState state, Position position)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(position);
        return Of(position, Spending.Of(state), isCommitted: true);
    }

    private static Exposure Sum(EngineState state, Market market, StrategyId strategy, bool isCommitted)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(market);
        var spending = Spending.Of(state);
        var sum = default(Exposure);
        foreach (var position in state.Positions.Values)
        {
            var dollars = Of(position, spending, isCommitted);
            var isSameMarket = position.MarketId == market.Id;
            var isSameGroup = isSameMarket || (market.GroupId is { } group
                && state.Catalog.Find(position.MarketId)?.GroupId == group);
            sum = new(
                isSameMarket ? sum.Market + dollars : sum.Market,
                isSameGroup ? sum.Group + dollars : sum.Group,
                position.StrategyId == strategy ? sum.Strategy + dollars : sum.Strategy,
                sum.Global + dollars);
        }

        return sum;
    }

    private static Usdc Of(Position position, Spending spending, bool isCommitted)
    {
        var isEntering = isCommitted && position.State is PositionState.Planned or PositionState.EnteringLeg1
            or PositionState.EnteringLeg2;
        var splits = spending.Splits.GetValueOrDefault(position.Id);
        var (basis, reserved, promised) = (Usdc.Zero, splits, Usdc.Zero);
        foreach (var outcome in Outcomes.Both)
        {
            var leg = position.Leg(outcome);
            var working = spending.Orders.GetValueOrDefault((position.Id, outcome));
            (basis, reserved) = (basis + leg.Basis, reserved + working);
            promised += isEntering ? Usdc.Max(working, leg.Unspent) : working;
        }

        // A split is paid out of what its position may still spend.
        return basis + Usdc.Max(reserved, promised) + spending.Unsettled.GetValueOrDefault(position.Id);
    }

    /// <summary>What is on its way: purchases by leg, splits and sales that may fail by position.</summary>
    private sealed record Spending(
        Dictionary<(PositionId, Outcome), Usdc> Orders, Dictionary<PositionId, Usdc> Splits,
        Dictionary<PositionId, Usdc> Unsettled)
    {
        public static Spending Of(EngineState state)
        {
            var spending = new Spending([], [], []);
            foreach (var order in state.Orders.Values)
            {
                if (order.IsWorking && order.Reserved > Usdc.Zero)
                    Add(spending.Orders, (order.Command.PositionId, order.Command.Outcome), order.Reserved);
            }

            foreach (var pair in state.Pairs.Values)
                Add(spending.Splits, pair.PositionId, pair.Reserved);
            foreach (var entry in state.Ledger.Pending)
            {
                var left = entry.Postings
                    .Where(line => line.Account == LedgerAccount.Inventory)
                    .Sum(line => line.Micros);
                if (entry.PositionId is { } id && left < 0)
                    Add(spending.Unsettled, id, Usdc.FromMicros(-left));
            }

            return spending;
        }

        private static void Add<TKey>(Dictionary<TKey, Usdc> sums, TKey key, Usdc dollars)
            where TKey : notnull => sums[key] = sums.GetValueOrDefault(key) + dollars;
    }
}
