using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Scenarios.Engine;

[Trait("Tier", "Scenarios")]
public sealed class LossTests
{
    private static readonly TradingSettings Settings = new()
    {
        Exit = new() { DivergencePercent = 0 },
        Limits = new() { DailyLoss = Usdc.FromDecimal(30), DailyLossPercent = 0, DrawdownPercent = 0 },
    };

    [Fact]
    public void Day_LosesItsLimit_HaltsTheDesk_AndTheNextDayDoesNotResume()
    {
        var bench = Held(Settings);
        Fall(bench, 0.36m);
        Assert.Null(bench.State.Halt);

        Fall(bench, 0.34m);

        Assert.Equal(HaltCause.DailyLoss, bench.State.Halt!.Cause);
        bench.Pass(1, marketHours: 24);
        bench.Monitor();
        Assert.Equal(new DateOnly(2026, 3, 12), bench.State.EquityWatch!.Day);
        Assert.NotNull(bench.State.Halt);
    }

    [Fact]
    public void Day_BeginsAtMidnightUtc_AndCountsFromItsFirstEquity()
    {
        var bench = Held(Settings);
        Fall(bench, 0.36m);
        bench.Pass(1, marketHours: 3.9);
        Fall(bench, 0.36m);
        Assert.Equal(new DateOnly(2026, 3, 11), bench.State.EquityWatch!.Day);

        bench.Pass(1, marketHours: 0.2);
        Fall(bench, 0.20m);

        Assert.Null(bench.State.Halt);
        Assert.Equal(new DateOnly(2026, 3, 12), bench.State.EquityWatch!.Day);
        Fall(bench, 0.04m);
        Assert.Equal(HaltCause.DailyLoss, bench.State.Halt?.Cause);
    }

    [Fact]
    public void Loss_InPercentOfTheDaysEquity_Halts()
    {
        var limits = Settings.Limits with { DailyLoss = Usdc.Zero, DailyLossPercent = 3 };
        var bench = Held(Settings with { Limits = limits });

        Fall(bench, 0.36m);
        Assert.Null(bench.State.Halt);
        Fall(bench, 0.34m);

        Assert.Equal(HaltCause.DailyLoss, bench.State.Halt?.Cause);
    }

    [Fact]
    public void Equity_FallsFromItsPeak_Halts_AndResumingMeasuresAnew()
    {
        var limits = Settings.Limits with { DailyLoss = Usdc.Zero, DrawdownPercent = 10 };
        var bench = Held(Settings with { Limits = limits }, capital: 400);
        Rise(bench, 0.90m);
        Assert.Equal(bench.State.EquityWatch!.Peak, Equity.Of(bench.State).Total);

        Rise(bench, 0.30m);

        Assert.Equal(HaltCause.Drawdown, bench.State.Halt?.Cause);
        bench.Command(id => new OperatorCommand.Resume(id));
        bench.Monitor();
        Assert.Null(bench.State.Halt);
        Assert.Equal(bench.State.EquityWatch!.Peak, Equity.Of(bench.State).Total);
    }

    [Fact]
    public void Claim_ThatIsNotRedeemedYet_CountsAtItsPayout()
    {
        var bench = Held(Settings with { Limits = Settings.Limits with { DailyLoss = Usdc.FromDecimal(5) } });

        bench.Resolve(1);
        bench.Monitor();

        Assert.NotEmpty(bench.State.PendingRedemptions);
        Assert.Null(bench.State.Halt);
    }

    [Fact]
    public void Watch_AfterARestart_IsAsItWas()
    {
        var bench = Held(Settings);
        Fall(bench, 0.36m);
        bench.Pass(1, marketHours: 5);
        Fall(bench, 0.47m);
        var state = new EngineState(EngineBench.Account);

        foreach (var record in bench.Journal)
            state.Apply(record);

        Assert.Equal(bench.State.EquityWatch, state.EquityWatch);
        Assert.Equal(new DateOnly(2026, 3, 12), state.EquityWatch!.Day);
    }

    // A hundred shares of each outcome, bought at one half.
    private static EngineBench Held(TradingSettings settings, decimal capital = 100)
    {
        var bench = new EngineBench(settings);
        bench.EnterEven(capital);
        return bench;
    }

    /// <summary>Both bids fall: nothing is made up for by the other leg.</summary>
    private static void Fall(EngineBench bench, decimal bid)
    {
        bench.Change(bid, bid);
        bench.Monitor();
    }

    private static void Rise(EngineBench bench, decimal bid)
    {
        bench.Quote(Outcome.Yes, bid, bid + 0.01m);
        bench.Quote(Outcome.No, bid, bid + 0.01m);
        bench.Monitor();
    }
}
