using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Scenarios.TwoSided;

/// <summary>Entries by bids that rest: where they stand, how they follow the book, and how they end.</summary>
[Trait("Tier", "Scenarios")]
public sealed class MakerEntryTests
{
    [Fact]
    public void Entry_BothLegs_RestPostOnlyAtTheBestBids()
    {
        var bench = New();

        Assert.Equal(2, bench.Unanswered.Count);
        Assert.All(bench.Unanswered, order =>
        {
            var command = order.Command;
            Assert.Equal((OrderType.Gtc, true, Side.Buy), (command.Type, command.IsPostOnly, command.Side));
            Assert.Equal(0.49m, order.Command.Limit.ToDecimal());
            // $50 at 0.49, without a fee.
            Assert.Equal(102.04m, order.Command.Quantity.ToDecimal());
        });
        Assert.Equal(2 * 49.9996m, bench.State.Ledger.Reserved.ToDecimal());
    }

    [Fact]
    public void Entry_InsideTheSpread_NeverTakesNorMeetsItsOtherLeg()
    {
        var bench = New(execution => execution with { InsideTicks = 8 }, bid: 0.495m, ask: 0.51m);

        var limits = bench.Unanswered.Select(order => order.Command.Limit.ToDecimal()).ToList();

        Assert.Equal(0.503m, limits[0]);
        Assert.Equal(0.496m, limits[1]);
        Assert.True(limits.Sum() < 1);
    }

    [Fact]
    public void BothFilled_NoFees_IsActive()
    {
        var bench = New(rateMicros: 50_000);
        var (first, second) = (bench.Accept(), bench.Accept());

        bench.Execute(first, first.Command.Quantity.ToDecimal());
        Assert.Equal(PositionState.EnteringLeg2, bench.Position.State);
        bench.Execute(second, second.Command.Quantity.ToDecimal());

        var position = bench.Position;
        Assert.Equal(PositionState.Active, position.State);
        Assert.Equal(Usdc.Zero, position.Fees);
        Assert.Equal(position.Yes.Bought, position.Yes.BoughtAsMaker);
        Assert.Equal(Usdc.Zero, bench.State.Ledger.Reserved);
    }

    [Fact]
    public void BookMoves_BidIsCanceledFirstAndPlacedAnewAfterItsEnd()
    {
        var bench = New();
        var yes = bench.Accept();
        bench.Accept();
        bench.Pass(3);

        bench.Quote(Outcome.Yes, 0.492m, 0.50m);
        Assert.Equal(yes, Assert.Single(bench.Cancels));
        Assert.Empty(bench.Unanswered);
        bench.Quote(Outcome.Yes, 0.493m, 0.50m);
        Assert.Single(bench.Cancels);

        bench.Cancel();
        var anew = Assert.Single(bench.Unanswered).Command;
        Assert.Equal((Outcome.Yes, 0.493m), (anew.Outcome, anew.Limit.ToDecimal()));
    }

    [Fact]
    public void BookMoves_RightAfterTheBid_IsLeftAlone()
    {
        var bench = New();
        bench.Accept();
        bench.Accept();
        bench.Pass(1);

        bench.Quote(Outcome.Yes, 0.492m, 0.50m);

        Assert.Empty(bench.Cancels);
    }

    [Fact]
    public void BookShowsOurOwnBidOnTop_IsNotOutbid()
    {
        var bench = New(execution => execution with { InsideTicks = 2 });
        var yes = bench.Accept();
        bench.Accept();
        bench.Pass(3);
        Assert.Equal(0.492m, yes.Command.Limit.ToDecimal());

        bench.Feed(new FeedEvent.Snapshot(bench.Now.MarketTime, new(
            bench.Market.TokenYes,
            [new(Price.FromDecimal(0.49m), Quantity.FromDecimal(1000)), new(yes.Command.Limit, yes.Command.Quantity)],
            [new(Price.FromDecimal(0.50m), Quantity.FromDecimal(1000))])));

        Assert.Empty(bench.Cancels);
    }

    [Fact]
    public void PriceGridChanges_BidIsPlacedAnewOnTheNewGrid()
    {
        var bench = New();
        bench.Accept();
        bench.Accept();
        bench.Pass(3);
        var finer = bench.Market with { TickSize = TickSize.FromMicros(100) };

        bench.Feed(new FeedEvent.Listed(bench.Now.MarketTime, [finer]));
        bench.Quote(Outcome.Yes, 0.49m, 0.50m);
        Assert.Equal(2, bench.Cancels.Count);
        bench.Cancel();

        Assert.Equal(finer.TickSize, Assert.Single(bench.Unanswered).Command.Tick);
    }

    [Fact]
    public void PostOnlyRefused_IsTriedAgainAfterAPauseNotAtOnce()
    {
        var bench = New();

        bench.Reject("crosses the book");
        Assert.Single(bench.Unanswered);
        bench.Monitor();
        Assert.Single(bench.Unanswered);
        bench.Pass(2);
        bench.Monitor();

        Assert.Equal(2, bench.Unanswered.Count);
    }

    [Fact]
    public void Timer_NothingFilled_CancelsBothAndClosesWithoutALoss()
    {
        var bench = New();
        bench.Accept();
        bench.Accept();
        bench.Pass(15);

        bench.Monitor();
        Assert.Equal(2, bench.Cancels.Count);
        bench.Cancel();
        Assert.Equal(PositionState.EnteringLeg1, bench.Position.State);
        bench.Cancel();

        Assert.Equal((PositionState.Closed, ExitReason.EntryFailed), (bench.Position.State, bench.Position.ExitReason));
        Assert.Equal(1000m, bench.State.Ledger.Available.ToDecimal());
        Assert.Equal((1, 0, 0), Counts(bench));
    }

    [Fact]
    public void Timer_OneLegFilled_ChasesTheOther()
    {
        var bench = New();
        var yes = bench.Accept();
        bench.Accept();
        bench.Execute(yes, 102.04m);
        bench.Pass(15);

        bench.Monitor();
        bench.Cancel();

        var chase = Assert.Single(bench.Unanswered).Command;
        Assert.Equal((Outcome.No, OrderType.Fak), (chase.Outcome, chase.Type));
        Assert.Equal((1, 1, 1), Counts(bench));
        bench.Answer();
        Assert.Equal(PositionState.Active, bench.Position.State);
        Assert.True(bench.Position.OneLeg!.IsOver);
    }

    [Fact]
    public void Timer_FillComesWithTheCancel_IsCounted()
    {
        var bench = New();
        bench.Accept();
        bench.Accept();
        bench.Pass(15);
        bench.Monitor();
        var late = bench.Cancels[0];

        // Both cancels are answered; the first order had been executed in between.
        bench.Execute(late, 102.04m);
        bench.Cancel();
        bench.Cancel();

        Assert.Equal(102.04m, bench.Position.Leg(late.Command.Outcome).Bought.ToDecimal());
        Assert.Equal(late.Command.Outcome.Other(), Assert.Single(bench.Unanswered).Command.Outcome);
    }

    [Fact]
    public void CancelFails_IsAskedForAgainWithTheNextNews()
    {
        var bench = New();
        var order = bench.Accept();
        bench.Accept();
        bench.Pass(15);
        bench.Monitor();

        bench.Process(new EngineEvent.CancelFailed(
            bench.Now, order.Command.ClientOrderId, new(VenueErrorKind.Unavailable, "425")));
        Assert.Equal(2, bench.Cancels.Count);
        bench.Monitor();

        Assert.Equal(3, bench.Cancels.Count);
    }

    [Fact]
    public void OperatorCloses_WhileBidsRest_WithdrawsThem()
    {
        var bench = New();
        var yes = bench.Accept();
        bench.Accept();
        bench.Execute(yes, 40);

        bench.Close();
        Assert.Null(bench.Refusal);
        bench.Cancel();
        bench.Cancel();
        Assert.Equal(40m, Assert.Single(bench.Unanswered).Command.Quantity.ToDecimal());
        bench.Answer();

        Assert.Equal(PositionState.Closed, bench.Position.State);
        Assert.Equal(ExitReason.Manual, bench.Position.Yes.ExitReason);
    }

    private static EngineBench New(
        Func<ExecutionRules, ExecutionRules>? change = null, decimal bid = 0.49m, decimal ask = 0.50m,
        long rateMicros = 0)
    {
        var rules = new ExecutionRules { Entry = EntryMode.Maker };
        var bench = new EngineBench(new() { Execution = change?.Invoke(rules) ?? rules }, rateMicros: rateMicros);
        bench.Quote(Outcome.Yes, bid, ask);
        bench.Quote(Outcome.No, bid, ask);
        bench.Enter(100);
        return bench;
    }

    private static (int Attempts, int OneLegs, int Chases) Counts(EngineBench bench)
    {
        var counts = bench.State.OneLegs[bench.Market.Id];
        return (counts.Attempts, counts.OneLegs, counts.Chases);
    }
}
