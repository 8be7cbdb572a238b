namespace Equilibrage.Adapters.Transport;

/// <summary>How long to wait before trying again: doubling from the first to the longest wait, with jitter.</summary>
/// <param name="First">The wait after the first failure.</param>
/// <param name="Longest">The longest wait.</param>
internal sealed record Backoff(TimeSpan First, TimeSpan Longest)
{
    /// <summary>What the exchange's documents advise for its sockets.</summary>
    public static Backoff ForSockets { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    /// <summary>The wait before an attempt.</summary>
    /// <param name="failures">Failures in a row so far, 1 or more.</param>
    /// <param name="jitter">0 to 1, drawn by the caller: the wait is from half of the full step to all of it.</param>
    public TimeSpan WaitFor(int failures, double jitter)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(failures, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(jitter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(jitter, 1);
        const int MostDoublings = 30;
        var step = First.TotalSeconds * Math.Pow(2, Math.Min(failures - 1, MostDoublings));
        return TimeSpan.FromSeconds(Math.Min(step, Longest.TotalSeconds) * (0.5 + (jitter / 2)));
    }
}
