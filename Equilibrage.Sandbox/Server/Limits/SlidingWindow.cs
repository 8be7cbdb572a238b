namespace Equilibrage.Sandbox.Server.Limits;

/// <summary>
/// Counts requests over a sliding window: those of the present span, and of the span before it the share that the
/// window still covers. Times are the wall clock's ticks.
/// </summary>
internal sealed class SlidingWindow(int limit, long length)
{
    private readonly Lock gate = new();
    private long span;
    private long present;
    private long before;
    private int waiting;

    /// <summary>Counts a request; false when the window is full.</summary>
    public bool TryCount(long now)
    {
        lock (gate)
        {
            Move(now);
            if (Used(now) >= limit)
                return false;
            present++;
            return true;
        }
    }

    /// <summary>Joins the queue of those who wait for room; false when it is full, a tenth of the limit.</summary>
    public bool TryWait() => Interlocked.Increment(ref waiting) <= Math.Max(1, limit / 10) || Leave();

    /// <summary>Leaves the queue.</summary>
    public bool Leave()
    {
        Interlocked.Decrement(ref waiting);
        return false;
    }

    private long Used(long now) => present + (before * (length - (now % length)) / length);

    private void Move(long now)
    {
        var current = now / length;
        if (current == span)
            return;
        before = current == span + 1 ? present : 0;
        (span, present) = (current, 0);
    }
}
