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
        return Of(position, Working(state), Unsettled(state), isCommitted: false);
    }

    /// <summary>What a position has at risk once its entry has spent all that it may.</summary>
    public static Usdc CommittedOf(EngineState state, Position position)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(position);
        return Of(position, Working(state), Unsettled(state), isCommitted: true);
    }

    private static Exposure Sum(EngineState state, Market market, StrategyId strategy, bool isCommitted)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(market);
        var (working, unsettled) = (Working(state), Unsettled(state));
        var sum = default(Exposure);
        foreach (var position in state.Positions.Values)
        {
            var dollars = Of(position, working, unsettled, isCommitted);
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

    private static Usdc Of(
        Position position, Dictionary<(PositionId, Outcome), Usdc> working, Dictionary<PositionId, Usdc> unsettled,
        bool isCommitted)
    {
        var isEntering = isCommitted && position.State is PositionState.Planned or PositionState.EnteringLeg1
            or PositionState.EnteringLeg2;
        var sum = unsettled.GetValueOrDefault(position.Id);
        foreach (var outcome in Outcomes.Both)
        {
            var leg = position.Leg(outcome);
            var reserved = working.GetValueOrDefault((position.Id, outcome));
            sum += leg.Basis + (isEntering ? Usdc.Max(reserved, leg.Unspent) : reserved);
        }

        return sum;
    }

    private static Dictionary<(PositionId, Outcome), Usdc> Working(EngineState state)
    {
        var working = new Dictionary<(PositionId, Outcome), Usdc>();
        foreach (var order in state.Orders.Values)
        {
            if (!order.IsWorking || order.Reserved <= Usdc.Zero)
                continue;
            var key = (order.Command.PositionId, order.Command.Outcome);
            working[key] = working.GetValueOrDefault(key) + order.Reserved;
        }

        return working;
    }

    /// <summary>The cost of shares that were sold in trades that may still fail, by position.</summary>
    private static Dictionary<PositionId, Usdc> Unsettled(EngineState state)
    {
        var unsettled = new Dictionary<PositionId, Usdc>();
        foreach (var entry in state.Ledger.Pending)
        {
            if (entry.PositionId is not { } id)
                continue;
            var left = entry.Postings.Where(line => line.Account == LedgerAccount.Inventory).Sum(line => line.Micros);
            if (left < 0)
                unsettled[id] = unsettled.GetValueOrDefault(id) + Usdc.FromMicros(-left);
        }

        return unsettled;
    }
}
