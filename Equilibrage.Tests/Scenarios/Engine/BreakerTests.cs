using Equilibrage.Core.Orders;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Scenarios.Engine;

[Trait("Tier", "Scenarios")]
public sealed class BreakerTests
{
    private static readonly TradingSettings Settings = new() { ReentryHours = 0, MaxPositions = 10 };

    [Fact]
    public void Purchases_RefusedThreeTimesInARow_OpenTheBreakerFor300Seconds()
    {
        var bench = Refused(times: 3);

        Assert.Equal(CallFault.Rejected, bench.State.BreakerOf(bench.Market.Id).OpenedBy);
        var left = 300 - (double)Settings.Exit.OneLegSeconds - 1;
        Assert.Equal(bench.Now.RecordedAt.AddSeconds(left), bench.State.GlobalBreaker.Until);
        Assert.Equal(DenyReason.BreakerOpen, Entry(bench));
        bench.Pass(left - 0.001);
        Assert.Equal(DenyReason.BreakerOpen, Entry(bench));
    }

    [Fact]
    public void Purchases_RefusedTwiceAndThenTaken_LeaveTheBreakerClosed()
    {
        var bench = Refused(times: 2);

        Try(bench);
        bench.Answer();

        Assert.Equal(Breaker.Closed, bench.State.GlobalBreaker);
        Assert.Empty(bench.State.MarketBreakers);
        Assert.Equal(0, bench.State.ErrorsInARow);
    }

    [Fact]
    public void Breaker_AfterItsTime_LetsOneTrialPass_WhoseSuccessClosesIt()
    {
        var bench = Refused(times: 3);
        bench.Pass(300);
        Assert.Null(Entry(bench));
        var trial = bench.Unanswered.Single().Command.ClientOrderId;

        Assert.Equal(trial, bench.State.GlobalBreaker.Trial);
        var other = MarketBuilder.Market(2);
        bench.Process(new EngineEvent.Catalogued(bench.Now, [other]));
        bench.QuoteEven(other);
        bench.Enter(market: other);
        Assert.Equal(DenyReason.BreakerOpen, bench.Refusal);
        bench.Answer();

        Assert.Equal(Breaker.Closed, bench.State.GlobalBreaker);
        Assert.NotEmpty(bench.Unanswered);
    }

    [Fact]
    public void Breaker_WhoseTrialFails_OpensAgain()
    {
        var bench = Refused(times: 3);
        bench.Pass(300);
        Entry(bench);

        bench.Reject();

        Assert.Equal(bench.Now.RecordedAt.AddSeconds(300), bench.State.GlobalBreaker.Until);
        Assert.Null(bench.State.GlobalBreaker.Trial);
    }

    [Fact]
    public void Breaker_WhoseTrialIsNeverAnswered_FollowsWhatBecameOfItsOrder()
    {
        var bench = Refused(times: 3);
        bench.Pass(300);
        Entry(bench);
        var order = bench.Take();

        bench.Process(new EngineEvent.LookedUp(
            bench.Now, order.Command.ClientOrderId, new(order.VenueOrderId, OrderStatus.Accepted, [], null)));

        Assert.Equal(Breaker.Closed, bench.State.GlobalBreaker);
    }

    [Fact]
    public void Answers_AboveFiveSecondsThreeTimesInARow_OpenTheBreaker()
    {
        var bench = new EngineBench(Settings);
        for (var time = 0; time < 3; time++)
        {
            Try(bench);
            bench.Pass(5.001);
            bench.Answer(shares: 0);
            GiveUp(bench);
        }

        Assert.Equal(CallFault.Slow, bench.State.GlobalBreaker.OpenedBy);
        Assert.Equal(0, bench.State.ErrorsInARow);
    }

    [Fact]
    public void Sales_RefusedUntilTheSharesAreFinal_CountForNothing()
    {
        var bench = new EngineBench(Settings);
        bench.EnterEven();
        for (var time = 0; time < 6; time++)
        {
            if (time == 0)
                bench.Close(Core.Markets.Outcome.Yes);
            else
                bench.QuoteEven();
            bench.Reject("not enough balance");
            bench.Pass(3);
        }

        Assert.Equal(Breaker.Closed, bench.State.GlobalBreaker);
        Assert.Null(bench.State.Halt);
    }

    [Fact]
    public void Orders_FailingMoreThanThreeTimesInARow_HaltTheDesk()
    {
        var bench = Refused(times: 3);
        Assert.Null(bench.State.Halt);
        bench.Pass(300);
        Entry(bench);

        bench.Reject("once more");

        Assert.Equal(HaltCause.Errors, bench.State.Halt!.Cause);
        bench.Command(id => new OperatorCommand.Resume(id));
        Assert.Equal((0, Breaker.Closed), (bench.State.ErrorsInARow, bench.State.GlobalBreaker));
    }

    [Fact]
    public void Breakers_AfterARestart_AreAsTheyWere()
    {
        var bench = Refused(times: 3);
        bench.Pass(300);
        Entry(bench);
        var state = new EngineState(EngineBench.Account);

        foreach (var record in bench.Journal)
            state.Apply(record);

        Assert.NotNull(state.GlobalBreaker.Trial);
        Assert.Equal(bench.State.GlobalBreaker, state.GlobalBreaker);
        Assert.Equal(bench.State.MarketBreakers, state.MarketBreakers);
        Assert.Equal(3, state.ErrorsInARow);
    }

    private static EngineBench Refused(int times)
    {
        var bench = new EngineBench(Settings);
        for (var time = 0; time < times; time++)
        {
            Try(bench);
            bench.Reject();
            GiveUp(bench);
        }

        return bench;
    }

    private static void Try(EngineBench bench)
    {
        bench.QuoteEven();
        bench.Enter();
        Assert.Null(bench.Refusal);
    }

    private static DenyReason? Entry(EngineBench bench)
    {
        bench.QuoteEven();
        bench.Enter();
        return bench.Refusal;
    }

    // The one-leg timer ends an entry that got nothing.
    private static void GiveUp(EngineBench bench)
    {
        bench.Pass((double)bench.State.Settings.Exit.OneLegSeconds + 1);
        bench.Monitor();
        bench.Monitor();
        Assert.Empty(bench.State.OpenPositions);
    }
}
