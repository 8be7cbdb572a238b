using Equilibrage.Core.Accounting;
using Equilibrage.Core.Engine;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Scenarios.Engine;

/// <summary>A whole life, event by event, with everything that each event leads to.</summary>
[Trait("Tier", "Scenarios")]
public sealed class LifeOfAPositionTests
{
    private const string Answer = nameof(EngineOutput.OrderUpdated);
    private const string Fill = nameof(EngineOutput.FillBooked);
    private const string Move = nameof(EngineOutput.PositionMoved);
    private const string Submit = nameof(EngineOutput.OrderSubmitted);

    [Fact]
    public void Life_FromCapitalToRedemption_RecordsEveryStepInOrder()
    {
        var bench = new EngineBench();
        // The capital, and the settings with their answer.
        Expect(bench, 3);
        bench.QuoteEven();
        Expect(bench, 3);

        bench.Scan((bench.Market, 8));
        Expect(bench, 6, nameof(EngineOutput.PositionOpened), Move, Submit);
        Assert.IsType<VenueRequest.Submit>(Assert.Single(bench.Turn.Requests));
        Assert.Equal("Planned>EnteringLeg1", Arrow(bench));

        bench.Answer();
        Expect(bench, 10, Fill, Answer, Move, Submit);
        Assert.Equal("EnteringLeg1>EnteringLeg2", Arrow(bench));

        bench.Answer();
        Expect(bench, 13, Fill, Answer, Move);
        Assert.Equal("EnteringLeg2>Active", Arrow(bench));

        bench.Settle(true);
        Expect(bench, 15, nameof(EngineOutput.TradeSettled));

        bench.Quote(Outcome.No, 0.34m, 0.35m);
        Expect(bench, 15);
        bench.Quote(Outcome.No, 0.34m, 0.35m);
        Expect(bench, 18, nameof(EngineOutput.ExitBegun), Move, Submit);
        Assert.Equal("Active>Liquidating", Arrow(bench));

        bench.Answer();
        Expect(bench, 22, Fill, Answer, nameof(EngineOutput.LegExited), Move);
        Assert.Equal("Liquidating>HoldingWinner", Arrow(bench));
        Assert.Equal(PositionStatus.Liquidated, bench.Position.Status);
        bench.Settle(true);
        Expect(bench, 23, nameof(EngineOutput.TradeSettled));

        bench.Resolve(1);
        Expect(
            bench, 27, nameof(EngineOutput.MarketResolved), nameof(EngineOutput.LegSettled), Move,
            nameof(EngineOutput.RedemptionRequested));
        Assert.Equal("HoldingWinner>Closed", Arrow(bench));
        Assert.IsType<VenueRequest.Execute>(Assert.Single(bench.Turn.Requests));

        bench.Redeem();
        Expect(bench, 28, nameof(EngineOutput.RedemptionBooked));
        bench.Monitor();
        Expect(bench, 29, nameof(EngineOutput.PeakReached));
        Assert.Empty(bench.State.Positions);
        Assert.Empty(bench.State.Orders);
        Assert.Null(bench.State.Catalog.Find(bench.Market.Id));
    }

    [Fact]
    public void Journal_OfAWholeLife_IsGaplessAndNamesItsOwners()
    {
        var bench = Scripts.WholeLife();

        Assert.Equal(
            Enumerable.Range(1, bench.Journal.Count).Select(number => (long)number),
            bench.Journal.Select(record => record.Sequence));
        Assert.All(bench.Journal, record => Assert.Equal(EngineBench.Account, record.AccountId));
        var concerned = bench.Journal.Where(record => record.PositionId is not null).ToList();
        Assert.All(concerned, record => Assert.Equal(bench.Market.Id, record.MarketId));
        Assert.All(concerned, record => Assert.Equal("equilibrage", record.StrategyId?.Value));
        var sourced = bench.Journal.Where(record => record.SourceEventId is not null).ToList();
        Assert.Equal(sourced.Count, sourced.Select(record => (record.Source, record.SourceEventId)).Distinct().Count());
    }

    [Fact]
    public void Unanswered_LookedUpAsFilled_GoesOn()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter();
        var order = bench.Take();
        var id = order.Command.ClientOrderId;
        bench.Process(new EngineEvent.Answered(bench.Now, id, null, new(VenueErrorKind.Unknown, "no answer")));
        Assert.Equal(OrderStatus.Unknown, bench.State.Orders[id].Status);
        bench.Monitor();
        Assert.Empty(bench.Unanswered);

        var fill = bench.Venue.Fill(order, 100, null, 0, bench.Now.MarketTime);
        bench.Process(new EngineEvent.LookedUp(
            bench.Now, id, new(order.VenueOrderId, OrderStatus.Filled, [fill], null)));

        Assert.Equal(PositionState.EnteringLeg2, bench.Position.State);
    }

    [Fact]
    public void Unanswered_VenueHasNoSuchOrder_FreesItsReservationAndTriesAgain()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter();
        var id = bench.Take().Command.ClientOrderId;
        bench.Process(new EngineEvent.Answered(bench.Now, id, null, new(VenueErrorKind.Unknown, "no answer")));

        bench.Process(new EngineEvent.LookedUp(bench.Now, id, null));
        Assert.Equal(1000m, bench.State.Ledger.Available.ToDecimal());
        bench.Pass(2);
        bench.Monitor();

        Assert.NotEqual(id, Assert.Single(bench.Unanswered).Command.ClientOrderId);
    }

    [Fact]
    public void Reports_OvertakenByLaterOnes_MoveNoOrderBack()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter();
        var order = bench.Take();
        var fill = bench.Venue.Fill(order, 40, null, 0, bench.Now.MarketTime);
        bench.Feed(new FeedEvent.Filled(bench.Now.MarketTime, fill, OrderStatus.PartiallyFilled));

        bench.Process(new EngineEvent.Answered(
            bench.Now, order.Command.ClientOrderId, new(OrderStatus.Accepted, []), null));

        Assert.Equal(OrderStatus.PartiallyFilled, bench.State.Orders[order.Command.ClientOrderId].Status);
        Assert.Empty(bench.Turn.Batch.Records);
    }

    [Fact]
    public void LateFill_AfterATerminalStatus_IsBookedAndReopensNothing()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter();
        var order = bench.Take();
        bench.Process(bench.AnswerTo(order, 60));
        var late = bench.Venue.Fill(order, 10, null, 0, bench.Now.MarketTime);

        bench.Feed(new FeedEvent.Filled(bench.Now.MarketTime, late, OrderStatus.PartiallyFilled));

        Assert.Equal(OrderStatus.Canceled, bench.State.Orders[order.Command.ClientOrderId].Status);
        Assert.Equal(70m, bench.Position.Leg(order.Command.Outcome).Bought.ToDecimal());
    }

    private static void Expect(EngineBench bench, long sequence, params string[] kinds)
    {
        Assert.Equal(kinds, bench.Kinds);
        Assert.Equal(sequence, bench.State.Sequence);
        Assert.Equal(
            Enumerable.Range(1, kinds.Length).Select(nth => sequence - kinds.Length + nth),
            bench.Turn.Batch.Records.Select(record => record.Sequence));
        ExpectOneCause(bench);
    }

    private static void ExpectOneCause(EngineBench bench)
    {
        var first = bench.Turn.Batch.Records.FirstOrDefault()?.Sequence;
        Assert.All(bench.Turn.Batch.Records, record => Assert.Equal(first, record.CauseSequence));
    }

    private static string Arrow(EngineBench bench)
    {
        var moved = bench.Turn.Batch.Records
            .Select(record => record.Output)
            .OfType<EngineOutput.PositionMoved>()
            .Single();
        return $"{moved.From}>{moved.To}";
    }
}
