using Equilibrage.Core.Accounting;
using Equilibrage.Core.Engine;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Scenarios.TwoSided;

/// <summary>
/// What follows once a leg is being sold: money, dust, failed trades, resolution, the operator's hand.
/// </summary>
[Trait("Tier", "Scenarios")]
public sealed class ExitFlowTests
{
    [Fact]
    public void LoserSoldAndWinnerPaid_HundredDollars_BringHundredThirtyFive()
    {
        var bench = new EngineBench();
        bench.EnterEven();
        Fall(bench, Outcome.No, 0.35m);
        bench.Answer();
        bench.Settle(true);

        bench.Resolve(1);
        var position = bench.Position;
        bench.Redeem();

        Assert.Equal(35m, position.Pnl(null, null).ToDecimal());
        Assert.Equal(1035m, bench.State.Ledger.Cash.ToDecimal());
        Assert.Equal((Outcome.No, ExitReason.Resolution), (position.LiquidatedSide, position.ExitReason));
        Assert.Equal((ExitReason.Divergence, ExitReason.Resolution), (position.No.ExitReason, position.Yes.ExitReason));
    }

    [Theory]
    [InlineData(ResolutionKind.Split)]
    [InlineData(ResolutionKind.Voided)]
    public void NothingSoldAndHalfHalf_HundredDollars_ComeBack(ResolutionKind kind)
    {
        var bench = new EngineBench();
        bench.EnterEven();

        bench.Resolve(0.5m, kind);
        bench.Redeem();

        Assert.Equal(1000m, bench.State.Ledger.Cash.ToDecimal());
        Assert.Equal(Usdc.Zero, bench.State.Ledger.RealizedPnl);
    }

    [Fact]
    public void LoserNeverSold_HeldToResolution_LosesNothingBeforeCosts()
    {
        var bench = new EngineBench();
        bench.EnterEven();

        bench.Resolve(0);
        bench.Redeem();

        Assert.Equal(1000m, bench.State.Ledger.Cash.ToDecimal());
    }

    [Fact]
    public void Liquidation_PartlyFilled_GoesOnUntilDustIsLeft()
    {
        var bench = new EngineBench();
        bench.EnterEven();
        Fall(bench, Outcome.No, 0.35m);
        bench.Answer(60);
        Assert.Equal(PositionState.Liquidating, bench.Position.State);
        Assert.Empty(bench.Unanswered);

        // Even above the line: once begun it goes on.
        bench.Quote(Outcome.No, 0.45m, 0.46m);

        Assert.Equal(40m, Assert.Single(bench.Unanswered).Command.Quantity.ToDecimal());
        bench.Monitor();
        Assert.Single(bench.Unanswered);
        bench.Answer();
        Assert.Equal(PositionState.HoldingWinner, bench.Position.State);
    }

    [Fact]
    public void Liquidation_RestBelowOneHundredth_IsDustSettledAtTheEnd()
    {
        var bench = new EngineBench();
        bench.EnterEven();
        Fall(bench, Outcome.No, 0.35m);

        bench.Answer(99.995m);
        Assert.Equal(PositionState.HoldingWinner, bench.Position.State);
        bench.Settle(true);
        bench.Resolve(0);
        bench.Redeem();

        Assert.Equal(1000m - 100m + (99.995m * 0.35m) + 0.005m, bench.State.Ledger.Cash.ToDecimal(), 5);
        Assert.Empty(bench.State.Ledger.AllHoldings());
    }

    [Fact]
    public void Unwinding_VenueRefuses_WaitsForAFreshLook()
    {
        var bench = new EngineBench(new() { Execution = new() { ChaseSeconds = 0 } });
        bench.QuoteEven();
        bench.Enter(100);
        bench.Answer();
        bench.Answer(0);
        bench.Pass(15);
        bench.Monitor();
        Assert.Equal(PositionState.Unwinding, bench.Position.State);

        bench.Reject();
        Assert.Empty(bench.Unanswered);
        bench.Pass(2);
        bench.Monitor();

        Assert.Single(bench.Unanswered);
    }

    [Fact]
    public void ManualClose_BothLegs_ClosesWithoutALiquidatedSide()
    {
        var bench = new EngineBench();
        bench.EnterEven();

        bench.Close();
        bench.Answer();
        bench.Answer();

        var position = bench.Position;
        Assert.Equal((PositionState.Closed, ExitReason.Manual), (position.State, position.ExitReason));
        Assert.Null(position.LiquidatedSide);
    }

    [Fact]
    public void ManualClose_OneLeg_HoldsTheOtherDisarmed()
    {
        var bench = new EngineBench();
        bench.EnterEven();
        bench.Close(Outcome.Yes);
        bench.Answer();

        Fall(bench, Outcome.No, 0.10m);

        var position = bench.Position;
        Assert.Equal((PositionState.HoldingWinner, Outcome.Yes), (position.State, position.LiquidatedSide));
        Assert.Empty(bench.Unanswered);
    }

    [Fact]
    public void ManualClose_TriggerSeenOnce_GoesFirst()
    {
        var bench = new EngineBench();
        bench.EnterEven();
        bench.Quote(Outcome.No, 0.30m, 0.31m);

        bench.Close(Outcome.No);

        Assert.Equal(ExitReason.Manual, bench.Position.No.Exiting);
    }

    [Fact]
    public void ManualClose_OfTheWinner_ClosesThePosition()
    {
        var bench = new EngineBench();
        bench.EnterEven();
        Fall(bench, Outcome.No, 0.35m);
        bench.Answer();

        bench.Close();
        bench.Answer();

        var position = bench.Position;
        Assert.Equal((PositionState.Closed, ExitReason.Manual), (position.State, position.ExitReason));
        Assert.Equal(Outcome.No, position.LiquidatedSide);
    }

    [Fact]
    public void Command_SameIdTwice_IsCarriedOutOnceAndAnsweredTwice()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        var command = new EngineEvent.Commanded(
            bench.Now, new OperatorCommand.Enter("same", bench.Market.Id, Usdc.FromDecimal(100), null));
        var first = bench.Process(command).Answers["same"];

        var second = bench.Process(command with { At = bench.Now });

        Assert.Empty(second.Batch.Records);
        Assert.Equal(first.PositionId, second.Answers["same"].PositionId);
    }

    [Fact]
    public void Command_BeforeTheAccountIsOpened_LeavesItsCapitalToCome()
    {
        var state = new EngineState(EngineBench.Account);
        var engine = new TradingEngine(state, Core.Strategies.StrategyCatalog.CreateAll(), new FakeVenue());
        var now = new Stamp(MarketBuilder.Start, MarketBuilder.Start);
        engine.Process(new EngineEvent.Commanded(now, new OperatorCommand.Enter("early", new("0x1"), null, null)));

        engine.Process(new EngineEvent.Opened(now, Usdc.FromDecimal(1000)));

        Assert.Equal(1000m, state.Ledger.Available.ToDecimal());
    }

    [Fact]
    public void FailedPurchase_Voided_LeavesLegAndLedgerEqual()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter(100);
        bench.Answer();

        bench.Settle(false);

        var leg = bench.Position.Leg(bench.Position.FirstLeg);
        Assert.True(leg.Bought.IsZero);
        Assert.Equal(Usdc.Zero, leg.Basis);
        Assert.Empty(bench.State.Ledger.AllHoldings());
    }

    [Fact]
    public void FailedSale_Voided_IsSoldAgain()
    {
        var bench = new EngineBench();
        bench.EnterEven();
        Fall(bench, Outcome.No, 0.35m);
        bench.Answer();
        Assert.Equal(PositionState.HoldingWinner, bench.Position.State);

        bench.Settle(false);
        bench.Monitor();

        Assert.Equal(100m, bench.Position.No.Held.ToDecimal());
        Assert.Equal(50m, bench.Position.No.Basis.ToDecimal());
        Assert.Equal(PositionState.Liquidating, bench.Position.State);
        bench.Answer();
        Assert.Equal(PositionState.HoldingWinner, bench.Position.State);
    }

    [Fact]
    public void FailedPurchaseOfAnActivePosition_Voided_IsUnwound()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter(100);
        bench.Answer();
        bench.Answer();
        var trade = bench.State.Ledger.Pending.First().TradeId!.Value;

        bench.Feed(new FeedEvent.Settled(bench.Now.MarketTime, trade, false));
        bench.Monitor();

        Assert.Equal(PositionState.Unwinding, bench.Position.State);
        bench.Answer();
        Assert.Equal((PositionState.Closed, ExitReason.EntryFailed), (bench.Position.State, bench.Position.ExitReason));
    }

    [Fact]
    public void Resolution_TradesOnTheirWay_SettlesOnceTheyAreFinal()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter(100);
        bench.Answer();
        bench.Answer();

        bench.Resolve(1);
        Assert.Equal(PositionState.Active, bench.Position.State);
        bench.Settle(true);

        Assert.Equal(PositionState.Closed, bench.Position.State);
        bench.Redeem();
        Assert.Equal(1000m, bench.State.Ledger.Cash.ToDecimal());
    }

    [Fact]
    public void Resolution_NothingEverHeld_AsksForNoRedemption()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter(100);
        bench.Reject();

        var turn = bench.Resolve(1);

        Assert.DoesNotContain(turn.Requests, request => request is VenueRequest.Execute);
        Assert.Empty(bench.State.Resolutions);
    }

    [Fact]
    public void Overview_WhileLegIsSold_AddsUp()
    {
        var bench = new EngineBench(rateMicros: 50_000);
        bench.AfterEvent = () => AssertAddsUp(bench.State);

        bench.EnterEven();
        Fall(bench, Outcome.No, 0.333m);
        bench.Answer(33.33m);
        bench.Monitor();
        bench.Answer();
        bench.Settle(true);
        bench.Resolve(1);
        bench.Redeem();

        Assert.Equal(PositionState.Closed, bench.Position.State);
    }

    internal static void AssertAddsUp(EngineState state)
    {
        var view = Projector.Overview(state, "sandbox");
        Assert.Equal(view.Equity, view.Cash + view.Holdings);
        Assert.Equal(view.Equity - view.Capital, view.RealizedPnl + view.UnrealizedPnl);
        Assert.Equal(view.Holdings, view.Legs.Aggregate(Usdc.Zero, (sum, leg) => sum + leg.Value));
    }

    private static void Fall(EngineBench bench, Outcome outcome, decimal bid)
    {
        bench.Quote(outcome, bid, bid + 0.01m);
        bench.Quote(outcome, bid, bid + 0.01m);
    }
}
