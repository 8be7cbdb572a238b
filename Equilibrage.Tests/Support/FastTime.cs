namespace Equilibrage.Tests.Support;

/// <summary>The wall clock, running faster: minutes of a protocol pass in moments, for both of its sides.</summary>
internal sealed class FastTime(int speed) : TimeProvider
{
    private readonly DateTimeOffset began = System.GetUtcNow();
    private readonly long beganTicks = System.GetTimestamp();

    public override long TimestampFrequency => System.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => began + (System.GetElapsedTime(beganTicks) * speed);

    public override long GetTimestamp() => beganTicks + ((System.GetTimestamp() - beganTicks) * speed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Scaled(dueTime), Scaled(period));

    private TimeSpan Scaled(TimeSpan span) => span <= TimeSpan.Zero ? span : span / speed;
}
