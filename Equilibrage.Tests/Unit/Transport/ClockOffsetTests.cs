using Equilibrage.Adapters.Transport;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Transport;

[Trait("Tier", "Unit")]
public sealed class ClockOffsetTests
{
    private readonly ManualTime time = new();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(120, 120)]
    [InlineData(-45, -45)]
    public void Measure_ServerAhead_MovesTheClockWithinASecond(int serverSeconds, int expected)
    {
        var clock = new ClockOffset(time);
        var now = time.GetUtcNow();

        clock.Measure(now, now.AddMilliseconds(80), now.AddSeconds(serverSeconds));

        Assert.InRange(clock.Offset.TotalSeconds, expected - 1, expected + 1);
        Assert.Equal(time.GetUtcNow() + clock.Offset, clock.GetUtcNow());
    }

    [Fact]
    public void Measure_WithinTheSecond_LeavesTheClockAlone()
    {
        var clock = new ClockOffset(time);
        var now = time.GetUtcNow().AddMilliseconds(700);

        clock.Measure(now, now.AddMilliseconds(80), time.GetUtcNow());

        Assert.Equal(TimeSpan.Zero, clock.Offset);
    }
}
