namespace Equilibrage.Core.State;

/// <summary>The latest changes of a token's mid price, micro-dollars per share, oldest first.</summary>
public sealed class MidMoves
{
    /// <summary>Changes that are kept.</summary>
    public const int Most = 50;

    private readonly Queue<long> changes = new();
    private long? last;

    /// <summary>What is kept.</summary>
    public IReadOnlyCollection<long> Changes => changes;

    /// <summary>Takes a mid in; one that did not move says nothing.</summary>
    public void Observe(long midMicros)
    {
        if (last == midMicros)
            return;
        if (last is { } before)
            changes.Enqueue(midMicros - before);
        if (changes.Count > Most)
            changes.Dequeue();
        last = midMicros;
    }
}
