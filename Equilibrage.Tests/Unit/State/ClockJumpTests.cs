using Equilibrage.Core.Books;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Unit.State;

[Trait("Tier", "Unit")]
public sealed class ClockJumpTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 11, 12, 0, 0, TimeSpan.Zero);

    private readonly EngineBench bench = new();

    [Fact]
    public void Jump_OfTheWallClock_DistrustsEveryBookStopsEntriesAndIsJournalled()
    {
        bench.QuoteEven();
        bench.State.IsReconciled = true;
        Assert.Contains(bench.State.Books.Values, book => book.Trust == BookTrust.Current);

        var turn = bench.Process(new EngineEvent.ClockJumped(bench.Now, TimeSpan.FromMinutes(5)));

        Assert.All(bench.State.Books.Values, book => Assert.Equal(BookTrust.Untrusted, book.Trust));
        Assert.False(bench.State.IsReconciled);
        var told = Assert.IsType<EngineOutput.IncidentRaised>(Assert.Single(turn.Batch.Records).Output);
        Assert.Contains("300 s forward", told.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Observe_ReportsThatOvertookEachOther_KeepTheLaterWallTime()
    {
        var state = new EngineState(new("sandbox:practice:0xabc"));

        state.Observe(new(Noon, Noon));
        state.Observe(new(Noon, Noon.AddSeconds(-2)));

        Assert.Equal(Noon, state.Now.RecordedAt);
    }

    [Fact]
    public void Observe_AClockThatWasSetBack_IsFollowed()
    {
        var state = new EngineState(new("sandbox:practice:0xabc"));

        state.Observe(new(Noon, Noon));
        state.Observe(new(Noon.AddSeconds(1), Noon.AddHours(-1)));

        Assert.Equal(new(Noon.AddSeconds(1), Noon.AddHours(-1)), state.Now);
    }
}
