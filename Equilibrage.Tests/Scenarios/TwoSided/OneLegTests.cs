using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Scenarios.TwoSided;

/// <summary>The first leg is held and the other was not had in time: chase it, or sell the first again.</summary>
[Trait("Tier", "Scenarios")]
public sealed class OneLegTests
{
    [Fact]
    public void Timer_PairStillCheapEnough_ChasesWithinItsLimit()
    {
        var bench = OneLeg();

        bench.Quote(Missing(bench), 0.51m, 0.52m);

        var decision = Decision(bench);
        Assert.True(decision.Episode.IsChase);
        Assert.Equal(1.02m, decision.PairCost);
        // At most 1.03 for the pair: 0.53 for what is missing.
        Assert.Equal(0.53m, decision.Episode.Limit(Missing(bench)).ToDecimal());
        Assert.Equal(0.52m, Assert.Single(bench.Unanswered).Command.Limit.ToDecimal());
        bench.Answer();
        var ended = Assert.Single(bench.Journal.Select(record => record.Output).OfType<EngineOutput.OneLegEnded>());
        Assert.True(ended.IsCompleted);
        Assert.Equal(PositionState.Active, bench.Position.State);
    }

    [Fact]
    public void Timer_CompletingLosesMoreThanUnwinding_Unwinds()
    {
        var bench = OneLeg();

        // The held leg sells at 0.49 and loses $1; the other would make a pair of 1.10.
        bench.Quote(Missing(bench), 0.59m, 0.60m);

        var decision = Decision(bench);
        Assert.False(decision.Episode.IsChase);
        Assert.Equal((1.10m, 1m), (decision.PairCost, decision.UnwindLoss!.Value.ToDecimal()));
        Assert.True(decision.ChaseLoss > decision.UnwindLoss);
        Assert.Contains("unwind", decision.Why, StringComparison.Ordinal);
        bench.Answer();
        Assert.Equal(PositionState.Closed, bench.Position.State);
        Assert.Equal(
            new OneLegStatistics(bench.Market.Id, 1, 0, 1, 0, 1, Usdc.FromDecimal(1)),
            bench.State.OneLegs[bench.Market.Id]);
    }

    [Fact]
    public void Timer_PairDearerButUnwindingAsBad_ChasesUpToBreakEven()
    {
        var bench = OneLeg(seconds: 14);

        // Prices moved by ten cents against the held leg, on both books alike: selling loses $10, completing too.
        bench.Quote(Missing(bench), 0.59m, 0.60m);
        bench.Quote(Missing(bench).Other(), 0.40m, 0.41m);
        Assert.Equal(PositionState.EnteringLeg2, bench.Position.State);
        bench.Pass(1);
        bench.Monitor();

        var decision = Decision(bench);
        Assert.True(decision.Episode.IsChase, decision.Why);
        Assert.Equal(decision.UnwindLoss, decision.ChaseLoss);
    }

    [Fact]
    public void Chase_NotOverInTime_Unwinds()
    {
        var bench = OneLeg();
        bench.Quote(Missing(bench), 0.51m, 0.52m);
        bench.Answer(0);

        bench.Pass(2);
        bench.Monitor();

        Assert.Equal(PositionState.Unwinding, bench.Position.State);
        var counts = bench.State.OneLegs[bench.Market.Id];
        Assert.Equal((1, 1, 1), (counts.OneLegs, counts.Chases, counts.Unwinds));
    }

    [Fact]
    public void Unwinding_WithPairsHeld_MergesThemFirst()
    {
        var bench = new EngineBench(
            new() { Execution = new() { ChaseSeconds = 0 } }, pairs: true);
        bench.Quote(Outcome.Yes, 0.59m, 0.60m);
        bench.Quote(Outcome.No, 0.40m, 0.42m);
        bench.Enter(100);
        bench.Execute();
        bench.Monitor();
        bench.Answer(0);
        bench.Pass(15);

        bench.Monitor();

        Assert.Equal(ChainOperationKind.Merge, Assert.Single(bench.Operations).Kind);
        bench.Execute();
        Assert.Equal(PositionState.Closed, bench.Position.State);
        Assert.Equal(1000m, bench.State.Ledger.Cash.ToDecimal());
    }

    [Fact]
    public void Statistics_AfterARestart_AreTheSame()
    {
        var bench = OneLeg();
        bench.Quote(Missing(bench), 0.59m, 0.60m);
        bench.Answer();
        var before = bench.State.OneLegs[bench.Market.Id];

        bench.Restart();

        Assert.Equal(before, bench.State.OneLegs[bench.Market.Id]);
    }

    // 100 shares of the first leg at 0.50, none of the second, and the timer about to run out.
    private static EngineBench OneLeg(double seconds = 15)
    {
        var bench = new EngineBench(new() { Limits = new() { SlippageBps = 0 } });
        bench.QuoteEven();
        bench.Enter(100);
        bench.Answer();
        bench.Answer(0);
        bench.Pass(seconds);
        return bench;
    }

    private static Outcome Missing(EngineBench bench) => bench.Position.FirstLeg.Other();

    private static EngineOutput.OneLegDecided Decision(EngineBench bench) =>
        bench.Journal.Select(record => record.Output).OfType<EngineOutput.OneLegDecided>().First();
}
