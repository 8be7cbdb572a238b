namespace Equilibrage.Tests.Support.Chaos;

/// <summary>
/// A machine with one process on it. All that the process does runs here, in an order that the seed decides. A dead
/// node does nothing more, whatever it was in the middle of; a paused one does it all later.
/// </summary>
internal sealed class VirtualNode(Timeline time, Dice dice, string name) : SynchronizationContext
{
    private readonly Queue<Action> held = new();
    private volatile bool isAlive = true;

    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>False once it was killed.</summary>
    public bool IsAlive => isAlive;

    /// <summary>True while it is stopped and knows nothing of it.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>How far its wall clock is from the true one.</summary>
    public TimeSpan Skew { get; set; }

    /// <summary>Called when it dies.</summary>
    public event EventHandler? Died;

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        // What is left of a dead process ends on the finalizer's thread and must not be heard.
        if (IsAlive)
            time.After(dice.Micros(0, 200), () => Run(() => d(state)));
    }

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("Nothing waits for anything on a node.");

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Does something on the node, now, or later when it is paused, or never when it is dead.</summary>
    public void Run(Action work)
    {
        if (!IsAlive)
            return;
        if (IsPaused)
        {
            held.Enqueue(work);
            return;
        }

        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            work();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Ends the process as <c>kill -9</c> does.</summary>
    public void Kill()
    {
        if (!IsAlive)
            return;
        isAlive = false;
        held.Clear();
        Died?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Stops the machine for a while.</summary>
    public void Pause(TimeSpan length)
    {
        IsPaused = true;
        time.After(length, Resume);
    }

    private void Resume()
    {
        IsPaused = false;
        while (held.TryDequeue(out var work))
            time.After(TimeSpan.Zero, () => Run(work));
    }
}
