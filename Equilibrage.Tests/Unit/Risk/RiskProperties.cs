using System.Globalization;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Execution;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Risk;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Unit.Risk;

/// <summary>
/// Whatever is wanted, whatever the limits and whatever the venue does: what the gate approved, filled at the worst
/// price that it allowed, stays within every limit. What is at risk is counted here once more, by itself.
/// </summary>
[Trait("Tier", "Unit")]
public sealed class RiskProperties
{
    private const int Seeds = 2_000;
    private const int Steps = 40;

    private static readonly int Offset = int.TryParse(
        Environment.GetEnvironmentVariable("EQUILIBRAGE_TEST_SEED"), CultureInfo.InvariantCulture, out var seed)
        ? seed
        : 0;

    [Fact]
    public void Approvals_WhateverIsWanted_StayWithinEveryLimit()
    {
        var (entries, purchases) = (0, 0);
        for (var number = Offset; number < Offset + Seeds; number++)
        {
            var world = new RiskyWorld(number);
            var sent = new Queue<DateTimeOffset>();
            var where = "";
            world.Watcher = records =>
            {
                Holds(world.State, where);
                foreach (var opened in records.Select(record => record.Output).OfType<EngineOutput.PositionOpened>())
                {
                    entries++;
                    IsLargeEnough(world.State, opened, where);
                    IsPromised(world.State, opened.Market, where);
                }

                foreach (var order in records.Select(record => record.Output).OfType<EngineOutput.OrderSubmitted>()
                    .Select(submitted => submitted.Order.Command).Where(command => command.Side == Side.Buy))
                {
                    purchases++;
                    IsAllowed(world.State, order, sent, where);
                }
            };
            for (var step = 0; step < Steps; step++)
            {
                where = $"seed {number}, step {step}";
                world.Step();
                if (world.AnyPurchase() is { } wild)
                    IsWithin(world.State, wild, where);
            }
        }

        // A gate that refuses everything would hold every limit too.
        Assert.True(entries > Seeds && purchases > Seeds / 4, $"only {entries} entries and {purchases} purchases");
    }

    private static void Holds(EngineState state, string where)
    {
        var limits = state.Settings.Limits;
        foreach (var position in state.Positions.Values)
            Most(AtRisk(state, other => other.Id == position.Id), limits.PositionExposure, $"{where}: a position");
        foreach (var market in state.Positions.Values.Select(position => position.MarketId).Distinct())
        {
            Most(AtRisk(state, other => other.MarketId == market), limits.MarketExposure, $"{where}: a market");
            if (Group(state, market) is { } group)
                Most(AtRisk(state, other => Group(state, other.MarketId) == group), limits.GroupExposure,
                    $"{where}: a group");
        }

        Most(AtRisk(state, _ => true), limits.GlobalExposure, $"{where}: everything");
        Most(AtRisk(state, _ => true), limits.StrategyExposure, $"{where}: the strategy");
    }

    private static void IsLargeEnough(EngineState state, EngineOutput.PositionOpened opened, string where)
    {
        Assert.True(opened.Sizes is { Count: > 8 }, $"{where}: the layers are not listed");
        Assert.True(opened.Position.Capital == opened.Sizes!.Min(layer => layer.Size), $"{where}: not the smallest");
        foreach (var leg in opened.Position.Legs.Where(leg => leg.IsWanted))
            Assert.True(leg.Budget >= state.Settings.Limits.MinOrder, $"{where}: a leg of {leg.Budget}");
    }

    /// <summary>An entry fits with everything that is being entered beside it, spent to the last cent.</summary>
    private static void IsPromised(EngineState state, Market market, string where)
    {
        var limits = state.Settings.Limits;
        // A position whose sale failed opens again without asking, so slots are held against entries alone.
        var open = state.OpenPositions.Count();
        Assert.True(open <= Math.Min(state.Settings.MaxPositions, limits.StrategyPositions), $"{where}: {open} open");
        Most(Promised(state, one => one.MarketId == market.Id), limits.MarketExposure, $"{where}: promised, market");
        Most(Promised(state, other => other.MarketId == market.Id
            || (market.GroupId is { } group && Group(state, other.MarketId) == group)), limits.GroupExposure,
            $"{where}: promised, group");
        Most(Promised(state, _ => true), limits.GlobalExposure, $"{where}: promised, everything");
        Most(Promised(state, _ => true), limits.StrategyExposure, $"{where}: promised, the strategy");
    }

    private static Usdc Promised(EngineState state, Func<Position, bool> scope)
    {
        var entering = state.Positions.Values.Where(scope).Where(position => position.State
            is PositionState.Planned or PositionState.EnteringLeg1 or PositionState.EnteringLeg2);
        var rest = Usdc.Zero;
        foreach (var position in entering)
        {
            var reserved = state.WorkingOrders(position.Id).Sum(order => order.Reserved.ToMicros);
            var unspent = position.Legs.Sum(leg => Math.Max(0, leg.Unspent.ToMicros));
            rest += Usdc.FromMicros(Math.Max(0, unspent - reserved));
        }

        return AtRisk(state, scope) + rest;
    }

    private static void IsAllowed(
        EngineState state, OrderCommand order, Queue<DateTimeOffset> sent, string where)
    {
        var limits = state.Settings.Limits;
        Assert.Null(state.Halt);
        Most(Cost(state, order), limits.MaxOrder, $"{where}: an order");
        Assert.True(order.Limit >= limits.MinPrice && order.Limit <= limits.MaxPrice, $"{where}: price {order.Limit}");
        var best = state.Book(order.TokenId).BestAsk!.Value;
        var reach = best.ToDecimal() * (1 + (limits.SlippageBps / 10_000m));
        Assert.True(order.Limit.ToDecimal() <= reach, $"{where}: {order.Limit} with asks from {best}");
        var working = state.Orders.Values.Count(other => other.IsWorking && other.Command.MarketId == order.MarketId);
        Assert.True(working <= limits.MarketOrders, $"{where}: {working} orders in a market");
        var now = state.Now.RecordedAt;
        sent.Enqueue(now);
        while (now - sent.Peek() >= TimeSpan.FromMinutes(1))
            sent.Dequeue();
        Assert.True(sent.Count <= limits.OrdersPerMinute, $"{where}: {sent.Count} purchases within a minute");
        Assert.False(
            Opened(state.GlobalBreaker, now, order) || Opened(state.BreakerOf(order.MarketId), now, order),
            $"{where}: a breaker is open");
    }

    /// <summary>An order that no planner made: what is approved of it fits, at its limit, into every scope.</summary>
    private static void IsWithin(EngineState state, OrderCommand wild, string where)
    {
        if (RiskGate.Check(state, wild).Approved is not { Intent: var approved })
            return;
        var limits = state.Settings.Limits;
        var cost = Cost(state, approved);
        Most(cost, Cost(state, wild), $"{where}: more than was wanted");
        Most(cost, limits.MaxOrder, $"{where}: a wild order");
        Usdc After(Func<Position, bool> scope) => AtRisk(state, scope) + cost;
        Most(After(other => other.Id == wild.PositionId), limits.PositionExposure, $"{where}: wild, a position");
        Most(After(other => other.MarketId == wild.MarketId), limits.MarketExposure, $"{where}: wild, a market");
        if (Group(state, wild.MarketId) is { } group)
            Most(After(other => Group(state, other.MarketId) == group), limits.GroupExposure, $"{where}: wild, group");
        Most(After(_ => true), limits.GlobalExposure, $"{where}: wild, everything");
        Most(cost, state.Ledger.Available, $"{where}: wild, free cash");
    }

    private static Usdc Cost(EngineState state, OrderCommand order) =>
        OrderPlanner.Reservation(order, state.Catalog.Find(order.MarketId)!);

    private static bool Opened(Breaker breaker, DateTimeOffset now, OrderCommand order) =>
        breaker.Until is { } until && (now < until || breaker.Trial != order.ClientOrderId);

    /// <summary>Cost of what is held, of what may still be bought, and of sales that may come back.</summary>
    private static Usdc AtRisk(EngineState state, Func<Position, bool> scope)
    {
        var micros = 0L;
        foreach (var position in state.Positions.Values.Where(scope))
        {
            micros += position.Legs.Sum(leg => leg.Basis.ToMicros);
            micros += state.Orders.Values
                .Where(order => order.IsWorking && order.Command.PositionId == position.Id)
                .Sum(order => order.Reserved.ToMicros);
            micros += state.Ledger.Pending
                .Where(entry => entry.PositionId == position.Id && entry.Kind == "sell")
                .SelectMany(entry => entry.Postings)
                .Where(line => line.Account == LedgerAccount.Inventory)
                .Sum(line => -line.Micros);
        }

        return Usdc.FromMicros(micros);
    }

    private static string? Group(EngineState state, MarketId market) => state.Catalog.Find(market)?.GroupId;

    private static void Most(Usdc used, Usdc limit, string what) =>
        Assert.True(used <= limit, $"{what}: {used} of {limit}");
}
