using Equilibrage.Tests.Support;
using Equilibrage.Web.Hosting;

namespace Equilibrage.Tests.Unit.Web;

[Trait("Tier", "Unit")]
public sealed class ClockWatchTests
{
    private readonly SplitTime time = new();

    [Theory]
    [InlineData(31)]
    [InlineData(-31)]
    [InlineData(86_400)]
    public void TakeJump_AfterTheWallClockMovedAlone_TellsByHowMuchOnce(int seconds)
    {
        var watch = new ClockWatch(time);
        time.Pass(TimeSpan.FromSeconds(1));

        time.Wall += TimeSpan.FromSeconds(seconds);

        Assert.Equal(TimeSpan.FromSeconds(seconds), watch.TakeJump());
        Assert.Null(watch.TakeJump());
    }

    [Fact]
    public void TakeJump_AfterALongTimeOrASmallCorrection_IsNull()
    {
        var watch = new ClockWatch(time);

        time.Pass(TimeSpan.FromHours(10));
        Assert.Null(watch.TakeJump());
        time.Wall += TimeSpan.FromSeconds(29);
        Assert.Null(watch.TakeJump());
        time.Wall -= TimeSpan.FromSeconds(29);
        Assert.Null(watch.TakeJump());
    }

    [Fact]
    public void SteadyClock_WhenTheWallClockIsSet_GoesOnPassing()
    {
        var steady = new SteadyClock(time);
        var before = steady.Now;

        time.Wall -= TimeSpan.FromHours(1);
        time.Steady += TimeSpan.FromSeconds(2);

        Assert.Equal(before + TimeSpan.FromSeconds(2), steady.Now);
    }
}
