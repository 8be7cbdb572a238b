namespace Equilibrage.Tests.Support.Chaos;

/// <summary>
/// A node's clocks: the wall clock, which may be wrong and jump, and the monotonic one, which does neither. Periodic
/// timers fire at most every <paramref name="coarse"/>, as on a busy machine.
/// </summary>
internal sealed class VirtualClock(Timeline time, VirtualNode node, DateTimeOffset start, TimeSpan coarse)
    : TimeProvider
{
    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => start + time.Now + node.Skew;

    /// <inheritdoc/>
    public override long GetTimestamp() => time.Now.Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period;
        private long round;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            this.period = period > TimeSpan.Zero && period < clock.Coarse ? clock.Coarse : period;
            round++;
            if (dueTime >= TimeSpan.Zero)
                Schedule(this.period > dueTime ? this.period : dueTime, round);
            return true;
        }

        public void Dispose() => round++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Schedule(TimeSpan delay, long planned) =>
            clock.Time.After(delay, () => clock.Node.Run(() => Fire(planned)));

        private void Fire(long planned)
        {
            if (planned != round)
                return;
            if (period > TimeSpan.Zero)
                Schedule(period, planned);
            callback(state);
        }
    }

    private Timeline Time => time;

    private VirtualNode Node => node;

    private TimeSpan Coarse => coarse;
}
