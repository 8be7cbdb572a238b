using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Scenarios.TwoSided;

/// <summary>The golden rows of the automatic exits: which leg is sold, when, and what never is.</summary>
[Trait("Tier", "Scenarios")]
public sealed class ExitRuleTests
{
    [Fact]
    public void Divergence_BidJustAboveLine_Holds()
    {
        var bench = Held();

        SeeTwice(bench, Outcome.No, 0.351m);

        Assert.Equal(PositionState.Active, bench.Position.State);
        Assert.Empty(bench.Unanswered);
    }

    [Fact]
    public void Divergence_BidOnLine_SellsThatLegOnly()
    {
        var bench = Held();

        SeeTwice(bench, Outcome.No, 0.35m);

        var order = Assert.Single(bench.Unanswered).Command;
        Assert.Equal((Outcome.No, Side.Sell, 100m), (order.Outcome, order.Side, order.Quantity.ToDecimal()));
        var exit = bench.Journal.Select(record => record.Output).OfType<EngineOutput.ExitBegun>().Single();
        Assert.Equal((ExitReason.Divergence, 0.35m, 0.35m), (exit.Reason, exit.SellablePrice, exit.Threshold));
    }

    [Fact]
    public void Divergence_LopsidedEntry_MeasuresEachLegAgainstItsOwnPrice()
    {
        var bench = new EngineBench(Wide());
        bench.Quote(Outcome.Yes, 0.79m, 0.80m);
        bench.Quote(Outcome.No, 0.20m, 0.21m);
        bench.Enter(100);
        bench.Answer();
        bench.Answer();

        SeeTwice(bench, Outcome.No, 0.147m);

        Assert.Equal(Outcome.No, Assert.Single(bench.Unanswered).Command.Outcome);
    }

    [Fact]
    public void Entry_LopsidedMarketUnderDefaultBand_IsRefused()
    {
        var bench = new EngineBench();
        bench.Quote(Outcome.Yes, 0.79m, 0.80m);
        bench.Quote(Outcome.No, 0.20m, 0.21m);

        bench.Enter(100);

        Assert.Equal(DenyReason.PriceBand, bench.Refusal);
    }

    [Fact]
    public void Thresholds_AllZeroAndNoProfit_SellNothing()
    {
        var bench = Held(exit => exit with { DivergencePercent = 0 });

        for (var i = 0; i < 5; i++)
        {
            bench.Quote(Outcome.Yes, 0.50m, 0.51m);
            bench.Quote(Outcome.No, 0.50m, 0.51m);
        }

        var position = bench.Position;
        Assert.Equal(Usdc.Zero, position.Pnl(Price.FromDecimal(0.5m), Price.FromDecimal(0.5m)));
        Assert.Equal(PositionState.Active, position.State);
    }

    [Fact]
    public void Thresholds_AllZeroAndDeepFall_SellNothing()
    {
        var bench = Held(exit => exit with { DivergencePercent = 0 });

        SeeTwice(bench, Outcome.No, 0.05m);

        Assert.Equal(PositionState.Active, bench.Position.State);
    }

    [Theory]
    [InlineData(0.40, ExitReason.StopLoss)]
    [InlineData(0.39, ExitReason.StopLoss)]
    public void StopLoss_TighterThanDivergence_SellsAtItsOwnLine(double bid, ExitReason reason)
    {
        var bench = Held(exit => exit with { StopLossNoPercent = 20 });

        SeeTwice(bench, Outcome.No, (decimal)bid);

        Assert.Equal(reason, bench.Position.No.Exiting);
    }

    [Fact]
    public void StopLoss_OfOneSide_LeavesTheOtherSideToDivergence()
    {
        var bench = Held(exit => exit with { StopLossNoPercent = 20 });

        SeeTwice(bench, Outcome.Yes, 0.40m);
        Assert.Equal(PositionState.Active, bench.Position.State);
        SeeTwice(bench, Outcome.Yes, 0.35m);

        Assert.Equal(ExitReason.Divergence, bench.Position.Yes.Exiting);
    }

    [Fact]
    public void StopLoss_LooserThanDivergence_NeverComesFirst()
    {
        var bench = Held(exit => exit with { StopLossNoPercent = 50 });

        SeeTwice(bench, Outcome.No, 0.35m);

        Assert.Equal(ExitReason.Divergence, bench.Position.No.Exiting);
    }

    [Fact]
    public void TakeProfit_RisenLeg_SellsThatLeg()
    {
        var bench = Held(exit => exit with { TakeProfitYesPercent = 20 });

        SeeTwice(bench, Outcome.Yes, 0.60m);

        Assert.Equal(ExitReason.TakeProfit, bench.Position.Yes.Exiting);
        Assert.Null(bench.Position.No.Exiting);
    }

    [Fact]
    public void Precedence_FallAndRiseTogether_SellsTheFallenLeg()
    {
        var bench = Held(exit => exit with { TakeProfitYesPercent = 20, ConfirmSamples = 1 });

        bench.Change(0.65m, 0.35m);

        Assert.Equal((ExitReason.Divergence, null), (bench.Position.No.Exiting, bench.Position.Yes.Exiting));
    }

    [Fact]
    public void BothLegsFall_OnlyTheLowerIsSoldAndTheOtherIsDisarmed()
    {
        var bench = Held();

        bench.Change(0.34m, 0.33m);
        bench.Change(0.34m, 0.33m);

        Assert.Equal(Outcome.No, Assert.Single(bench.Unanswered).Command.Outcome);
        bench.Answer();
        SeeTwice(bench, Outcome.Yes, 0.10m);

        Assert.Equal(PositionState.HoldingWinner, bench.Position.State);
        Assert.Empty(bench.Unanswered);
    }

    [Fact]
    public void Trigger_SeenOnce_Waits()
    {
        var bench = Held();

        bench.Quote(Outcome.No, 0.30m, 0.31m);

        Assert.Equal(PositionState.Active, bench.Position.State);
    }

    [Fact]
    public void Trigger_GoneInBetween_StartsAgain()
    {
        var bench = Held();

        bench.Quote(Outcome.No, 0.30m, 0.31m);
        bench.Quote(Outcome.No, 0.40m, 0.41m);
        bench.Quote(Outcome.No, 0.30m, 0.31m);

        Assert.Equal(PositionState.Active, bench.Position.State);
    }

    [Fact]
    public void Trigger_ManySamplesWantedButThreeSecondsStood_Sells()
    {
        var bench = Held(exit => exit with { ConfirmSamples = 10 });
        bench.Quote(Outcome.No, 0.30m, 0.31m);
        bench.Pass(2.9);
        bench.Monitor();
        Assert.Equal(PositionState.Active, bench.Position.State);

        bench.Pass(0.1);
        bench.Monitor();

        Assert.Equal(PositionState.Liquidating, bench.Position.State);
    }

    [Fact]
    public void GhostBook_AfterFirstSighting_IsNoSample()
    {
        var bench = Held();
        bench.Quote(Outcome.No, 0.01m, 0.99m);
        bench.Quote(Outcome.No, 0.01m, 0.99m);
        bench.Monitor();

        Assert.Equal(PositionState.Active, bench.Position.State);
    }

    [Fact]
    public void DistrustedBook_BelowLine_IsNoSample()
    {
        var bench = Held();
        bench.Quote(Outcome.No, 0.30m, 0.31m);
        bench.Feed(new FeedEvent.Lost(bench.Now.MarketTime, [bench.Market.TokenNo]));
        bench.Monitor();
        bench.Monitor();

        Assert.Equal(PositionState.Active, bench.Position.State);
    }

    [Fact]
    public void DepthWalk_BestBidAboveLineButTooSmall_Sells()
    {
        var bench = Held(exit => exit with { ConfirmSamples = 1 });

        // 10 shares at 0.40 and the rest at 0.34: the 100 held bring 0.346 on average.
        bench.Feed(new FeedEvent.Snapshot(bench.Now.MarketTime, new(
            bench.Market.TokenNo,
            [
                new(Price.FromDecimal(0.34m), Quantity.FromDecimal(500)),
                new(Price.FromDecimal(0.40m), Quantity.FromDecimal(10)),
            ],
            [new(Price.FromDecimal(0.41m), Quantity.FromDecimal(10))])));

        Assert.Equal(0.346m, bench.Position.No.TriggerPrice);
        Assert.Equal(0.34m, Assert.Single(bench.Unanswered).Command.Limit.ToDecimal());
    }

    [Fact]
    public void ParametersCopied_SettingsChangeLater_TouchesNewPositionsOnly()
    {
        var bench = Held();
        bench.Configure(new() { Exit = new() { DivergencePercent = 5, StopLossNoPercent = 5 } });

        SeeTwice(bench, Outcome.No, 0.40m);

        Assert.Equal(PositionState.Active, bench.Position.State);
        Assert.Equal(30m, bench.Position.Rules.DivergencePercent);
    }

    [Fact]
    public void TimeExit_HoursBeforeEnd_ClosesBothLegs()
    {
        var bench = Held(exit => exit with { TimeExitHours = 12 });
        bench.Pass(0, 59);
        bench.Monitor();
        Assert.Equal(PositionState.Active, bench.Position.State);

        bench.Pass(0, 1);
        bench.Monitor();

        Assert.Equal(2, bench.Unanswered.Count);
        bench.Answer();
        bench.Answer();
        var position = bench.Position;
        Assert.Equal((PositionState.Closed, ExitReason.Time), (position.State, position.ExitReason));
        Assert.Null(position.LiquidatedSide);
    }

    [Fact]
    public void TimeExit_Zero_HoldsToTheEnd()
    {
        var bench = Held();
        bench.Pass(0, 71.9);

        bench.Monitor();

        Assert.Equal(PositionState.Active, bench.Position.State);
    }

    private static EngineBench Held(Func<ExitRules, ExitRules>? change = null)
    {
        var exit = (change ?? (rules => rules))(new());
        var bench = new EngineBench(new() { Exit = exit });
        bench.EnterEven();
        return bench;
    }

    private static TradingSettings Wide() => new()
    {
        Eligibility = new() { MinAsk = Price.FromDecimal(0.01m), MaxAsk = Price.FromDecimal(0.99m) },
    };

    private static void SeeTwice(EngineBench bench, Outcome outcome, decimal bid)
    {
        bench.Quote(outcome, bid, bid + 0.01m);
        bench.Quote(outcome, bid, bid + 0.01m);
    }
}
