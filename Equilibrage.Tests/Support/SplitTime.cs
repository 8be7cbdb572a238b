namespace Equilibrage.Tests.Support;

/// <summary>A wall clock and a monotonic one that are set apart from each other.</summary>
internal sealed class SplitTime : TimeProvider
{
    public DateTimeOffset Wall { get; set; } = DateTimeOffset.FromUnixTimeSeconds(1777377600);

    public TimeSpan Steady { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Wall;

    public override long GetTimestamp() => Steady.Ticks;

    /// <summary>Lets the same time pass on both.</summary>
    public void Pass(TimeSpan span) => (Wall, Steady) = (Wall + span, Steady + span);
}
