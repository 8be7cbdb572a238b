namespace Equilibrage.Adapters.Transport;

/// <summary>
/// The server's clock: ours, moved by what its answers told. Stamps that authenticate requests are taken from it. Its
/// answers are whole seconds, so a difference below that is left alone. Safe to use from several threads.
/// </summary>
/// <param name="clock">Our clock.</param>
internal sealed class ClockOffset(TimeProvider clock) : TimeProvider
{
    private static readonly TimeSpan Grain = TimeSpan.FromSeconds(1);

    private long ticks;

    /// <summary>The server's time less ours, as last measured; zero while they agree.</summary>
    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref ticks));

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + Offset;

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);

    /// <summary>Takes in an answer of the server's clock.</summary>
    /// <param name="asked">When it was asked, by our clock.</param>
    /// <param name="answered">When the answer came, by our clock.</param>
    /// <param name="server">The answer, cut to the second.</param>
    public void Measure(DateTimeOffset asked, DateTimeOffset answered, DateTimeOffset server)
    {
        // The server's clock was somewhere within its second while ours went from one end to the other.
        var (least, most) = (server - answered, server + Grain - asked);
        var isWithin = least <= TimeSpan.Zero && most >= TimeSpan.Zero;
        Interlocked.Exchange(ref ticks, isWithin ? 0 : ((least + most) / 2).Ticks);
    }
}
