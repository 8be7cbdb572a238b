namespace Equilibrage.Tests.Support;

/// <summary>
/// A clock on which every pause is over at once: a timer that is set moves the clock on and fires. Time-outs, which are
/// longer than any pause, never come.
/// </summary>
internal sealed class ImpatientTime : TimeProvider
{
    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(15);

    private long ticks = DateTimeOffset.FromUnixTimeSeconds(1777377600).UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ImpatientTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class ImpatientTimer(ImpatientTime time, TimerCallback callback, object? state) : ITimer
    {
        private volatile bool isOver;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime < TimeSpan.Zero || dueTime >= ShortestTimeout)
                return true;
            Interlocked.Add(ref time.ticks, dueTime.Ticks);
            ThreadPool.UnsafeQueueUserWorkItem(
                static timer =>
                {
                    if (!timer.isOver)
                        timer.Fire();
                },
                this, preferLocal: false);
            return true;
        }

        public void Dispose() => isOver = true;

        public ValueTask DisposeAsync()
        {
            isOver = true;
            return ValueTask.CompletedTask;
        }

        private void Fire() => callback(state);
    }
}
