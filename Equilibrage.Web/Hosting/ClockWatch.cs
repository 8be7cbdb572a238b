namespace Equilibrage.Web.Hosting;

/// <summary>
/// Holds the wall clock against the monotonic one. They part when the machine slept or was moved, or when somebody set
/// the clock.
/// </summary>
internal sealed class ClockWatch(TimeProvider clock)
{
    /// <summary>How far the wall clock may move beyond what passed before it counts as a jump.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    private long steady = clock.GetTimestamp();
    private DateTimeOffset wall = clock.GetUtcNow();

    /// <summary>
    /// How far the wall clock jumped since it was last asked, negative for back; null when it did not. Asked before
    /// every turn of the loop, so that nothing is stamped with a clock that jumped unnoticed.
    /// </summary>
    public TimeSpan? TakeJump()
    {
        var (lastSteady, lastWall) = (steady, wall);
        (steady, wall) = (clock.GetTimestamp(), clock.GetUtcNow());
        var jump = wall - lastWall - clock.GetElapsedTime(lastSteady, steady);
        return jump.Duration() > Tolerance ? jump : null;
    }
}
