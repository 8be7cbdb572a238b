using Equilibrage.Core.Accounting;
using Equilibrage.Core.Engine;
using Equilibrage.Core.Orders;
using Equilibrage.Core.State;
using Equilibrage.Core.Strategies;
using Equilibrage.Tests.Support.Trading;
using FsCheck;
using FsCheck.Fluent;

namespace Equilibrage.Tests.Scenarios.Engine;

/// <summary>A venue's reports may come twice and overtake each other; the money comes out the same.</summary>
[Trait("Tier", "Scenarios")]
public sealed class InterleavingTests
{
    [Fact]
    public void Events_EachRepeated_RecordNothingMore()
    {
        var original = Scripts.WholeLife();
        var (state, engine) = New();
        var extra = 0;

        foreach (var cause in original.Events)
        {
            engine.Process(cause);
            // A second look at prices is a second sample; every other event is a fact that is known already.
            if (cause is EngineEvent.Fed { Report: not (FeedEvent.Snapshot or FeedEvent.Changed) }
                or EngineEvent.Answered or EngineEvent.Commanded or EngineEvent.Executed or EngineEvent.Opened)
                extra += engine.Process(cause).Batch.Records.Count;
        }

        Assert.Equal(0, extra);
        Assert.Equal(original.State.Sequence, state.Sequence);
    }

    [Fact]
    public void OrderReports_InAnyOrderAndNumber_GiveTheSameMoney()
    {
        var orders = Gen.Choose(0, 5).ListOf(14).Select(picks => picks.ToArray()).ToArbitrary();

        Prop.ForAll(orders, picks =>
        {
            var bench = new EngineBench(rateMicros: 50_000);
            bench.QuoteEven();
            bench.Enter();
            var reports = Reports(bench, bench.Take());
            foreach (var pick in picks.Concat([0, 1, 2, 3, 4, 5]))
                bench.Process(reports[pick]);
            var leg = bench.Position.Leg(bench.Position.FirstLeg);
            return leg.Bought.ToDecimal() == 97m
                && bench.State.Ledger.Holdings(leg.TokenId) == leg.Bought
                && bench.State.Ledger.Cash.ToDecimal() == 1000m - leg.Cost.ToDecimal() - leg.Fees.ToDecimal()
                && bench.State.Ledger.Pending.Count == 0
                && bench.Position.State == PositionState.EnteringLeg2
                && bench.Unanswered.Count == 1;
        }).QuickCheckThrowOnFailure();
    }

    // An order executed in two parts: acknowledged, two executions, both at once by the answer, and their settlement.
    private static IReadOnlyList<EngineEvent> Reports(EngineBench bench, PreparedOrder order)
    {
        var at = bench.Now.MarketTime;
        var (id, rate) = (order.Command.ClientOrderId, bench.Market.Fees!.RateMicros);
        var first = bench.Venue.Fill(order, 40, null, rate, at);
        var second = bench.Venue.Fill(order, 57, 0.49m, rate, at);
        return
        [
            new EngineEvent.Answered(bench.Now, id, new(OrderStatus.Canceled, [first, second]), null),
            new EngineEvent.Fed(bench.Now, new FeedEvent.Filled(at, first, OrderStatus.PartiallyFilled)),
            new EngineEvent.Fed(bench.Now, new FeedEvent.Filled(at, second, OrderStatus.PartiallyFilled)),
            new EngineEvent.Answered(bench.Now, id, new(OrderStatus.Accepted, []), null),
            new EngineEvent.Fed(bench.Now, new FeedEvent.Settled(at, first.TradeId, true)),
            new EngineEvent.Fed(bench.Now, new FeedEvent.Settled(at, second.TradeId, true)),
        ];
    }

    private static (EngineState State, TradingEngine Engine) New()
    {
        var state = new EngineState(EngineBench.Account);
        return (state, new(state, StrategyCatalog.CreateAll(), new FakeVenue()));
    }
}
