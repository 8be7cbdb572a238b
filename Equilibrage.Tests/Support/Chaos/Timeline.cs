namespace Equilibrage.Tests.Support.Chaos;

/// <summary>
/// Virtual time: what is going to happen, oldest first, what was asked for first at one moment. Nothing moves by itself
/// and nothing runs beside it, so that the same beginning leads to the same end.
/// </summary>
internal sealed class Timeline
{
    private readonly PriorityQueue<Action, (long At, long Sequence)> due = new();
    private readonly int thread = Environment.CurrentManagedThreadId;
    private volatile string? stray;
    private long sequence;

    /// <summary>Time since the beginning.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>Things that have happened.</summary>
    public long Count { get; private set; }

    /// <summary>Lets something happen later; at once comes after everything that is due now already.</summary>
    public void After(TimeSpan delay, Action happens)
    {
        if (Environment.CurrentManagedThreadId != thread)
        {
            // What comes from a thread of its own comes at no moment of this time: the run would not be repeatable.
            stray ??= Environment.StackTrace;
            return;
        }

        var at = Now + (delay > TimeSpan.Zero ? delay : TimeSpan.Zero);
        due.Enqueue(happens, (at.Ticks, sequence++));
    }

    /// <summary>Goes on until something is true; false when it is not after <paramref name="most"/>.</summary>
    public bool RunUntil(Func<bool> isTrue, TimeSpan most)
    {
        var end = Now + most;
        while (!isTrue())
        {
            if (!due.TryPeek(out _, out var next) || next.At > end.Ticks)
            {
                Now = end;
                return false;
            }

            Now = TimeSpan.FromTicks(next.At);
            Count++;
            due.Dequeue()();
            if (stray is not null)
                throw new InvalidOperationException($"Something came from another thread:{stray}");
        }

        return true;
    }
}
