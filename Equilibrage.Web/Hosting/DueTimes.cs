using Equilibrage.Core.State;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// When the next scan and the next look at positions are due: by market time, and at most once per wall second, so that
/// a fast practice clock does not ask for thousands of them.
/// </summary>
internal sealed class DueTimes
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);

    private Stamp lastScan;
    private Stamp lastMonitor;

    /// <summary>True when a scan is due; then the next one counts from now.</summary>
    public bool IsScanDue(Stamp now, int seconds) => IsDue(ref lastScan, now, seconds);

    /// <summary>True when a look at positions is due; then the next one counts from now.</summary>
    public bool IsMonitorDue(Stamp now, int seconds) => IsDue(ref lastMonitor, now, seconds);

    private static bool IsDue(ref Stamp last, Stamp now, int seconds)
    {
        var isDue = last == default
            || (now.MarketTime - last.MarketTime >= TimeSpan.FromSeconds(seconds)
                && now.RecordedAt - last.RecordedAt >= ShortestPause);
        if (isDue)
            last = now;
        return isDue;
    }
}
