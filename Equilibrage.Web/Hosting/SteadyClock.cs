namespace Equilibrage.Web.Hosting;

/// <summary>
/// A time that only ever passes: the wall time of the start plus what has passed since, whatever becomes of the wall
/// clock. Pauses and deadlines are measured with it; records are stamped with the wall clock.
/// </summary>
internal sealed class SteadyClock(TimeProvider clock)
{
    private readonly DateTimeOffset start = clock.GetUtcNow();
    private readonly long startedAt = clock.GetTimestamp();

    /// <summary>The time now.</summary>
    public DateTimeOffset Now => start + clock.GetElapsedTime(startedAt);
}
