using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Scenarios.Engine;

[Trait("Tier", "Scenarios")]
public sealed class HaltTests
{
    [Fact]
    public void Halt_ByTheOperator_RefusesEntries_AndKeepsExits()
    {
        var bench = new EngineBench();
        bench.EnterEven();
        var other = MarketBuilder.Market(2);
        bench.Process(new EngineEvent.Catalogued(bench.Now, [other]));
        bench.QuoteEven(other);

        Pull(bench);
        bench.Enter(market: other);

        Assert.Equal(DenyReason.Halted, bench.Refusal);
        bench.Close();
        Assert.Null(bench.Refusal);
        Assert.Equal(2, bench.Unanswered.Count(order => order.Command.Side == Side.Sell));
    }

    [Fact]
    public void Halt_WhileALegIsMissing_SellsWhatWasBought()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter();
        Pull(bench);
        bench.Answer();

        Assert.Empty(bench.Unanswered);
        bench.Pass(bench.State.Settings.Limits.BreakerSeconds);
        bench.QuoteEven();

        Assert.Equal(PositionState.Unwinding, bench.Position.State);
        Assert.Equal(Side.Sell, Assert.Single(bench.Unanswered).Command.Side);
    }

    [Fact]
    public void Halt_IsAcknowledged_OnceNoOrderIsOpenOrUnderWay()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter();
        Pull(bench);
        var theirs = new VenueOrder(new("0xelsewhere"), OrderStatus.Accepted, [], null);

        bench.Process(new EngineEvent.CanceledAll(bench.Now, 0, null, new(VenueErrorKind.Unavailable, "425")));
        Assert.Equal(new HaltProgress(0, null, "425"), bench.State.HaltProgress);
        bench.Process(new EngineEvent.CanceledAll(bench.Now, 2, [theirs], null));
        Assert.Equal(new HaltProgress(2, 2, null), bench.State.HaltProgress);
        bench.Process(new EngineEvent.CanceledAll(bench.Now, 1, [], null));
        Assert.Equal(new HaltProgress(3, 1, null), bench.State.HaltProgress);
        bench.Answer(shares: 0);
        bench.Process(new EngineEvent.CanceledAll(bench.Now, 0, [], null));

        Assert.Equal((bench.Now.RecordedAt, 3), (bench.State.Halt!.AcknowledgedAt, bench.State.Halt.Canceled));
    }

    [Fact]
    public void Halt_AnExitBegunSince_DoesNotHoldTheAcknowledgement()
    {
        var bench = new EngineBench();
        bench.EnterEven();
        Pull(bench);
        bench.Pass(1);
        bench.Close(Outcome.Yes);

        bench.Process(new EngineEvent.CanceledAll(bench.Now, 0, [], null));

        Assert.NotNull(bench.State.Halt!.AcknowledgedAt);
    }

    [Fact]
    public void Halt_ByALostFeed_ClearsItself_ButNoOtherDoes()
    {
        var bench = new EngineBench();

        bench.Process(new EngineEvent.FeedWatched(bench.Now, "no market data for 5 s"));
        Assert.Equal(HaltCause.FeedLost, bench.State.Halt!.Cause);
        bench.Process(new EngineEvent.FeedWatched(bench.Now, null));
        Assert.Null(bench.State.Halt);

        bench.Process(new EngineEvent.FeedWatched(bench.Now, "no market data for 5 s"));
        Pull(bench);
        bench.Process(new EngineEvent.FeedWatched(bench.Now, null));
        Assert.Equal(HaltCause.Operator, bench.State.Halt!.Cause);
    }

    [Fact]
    public void Resume_WhileTheFileStands_IsRefused()
    {
        var bench = new EngineBench();

        bench.Process(new EngineEvent.SwitchRead(bench.Now, HaltCause.File, "the file HALT stands"));
        bench.Command(id => new OperatorCommand.Resume(id));
        Assert.Equal(DenyReason.Halted, bench.Refusal);
        bench.Process(new EngineEvent.SwitchRead(bench.Now, HaltCause.File, null));
        Assert.NotNull(bench.State.Halt);
        bench.Command(id => new OperatorCommand.Resume(id));

        Assert.Null(bench.Refusal);
        Assert.Null(bench.State.Halt);
    }

    [Fact]
    public void Halt_AfterARestart_StandsAndIsAsItWas()
    {
        var bench = new EngineBench();
        Pull(bench);
        bench.Process(new EngineEvent.CanceledAll(bench.Now, 4, [], null));
        var state = new EngineState(EngineBench.Account);

        foreach (var record in bench.Journal)
            state.Apply(record);

        Assert.Equal(bench.State.Halt, state.Halt);
        Assert.Equal(4, state.Halt!.Canceled);
    }

    private static void Pull(EngineBench bench) =>
        bench.Command(id => new OperatorCommand.Halt(id, "the operator wants it"));
}
