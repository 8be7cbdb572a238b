using Equilibrage.Core.Ports;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// Says when a feed counts as lost: after it was up once, and down without a break for longer than the grace. Time is
/// that of the monotonic clock.
/// </summary>
internal sealed class FeedGrace(TimeProvider clock)
{
    /// <summary>How long a feed may be down.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private long? downSince;
    private bool wasUp;

    /// <summary>What is lost for longer than the grace; null when nothing is.</summary>
    public string? Look(FeedStatus status)
    {
        var down = Down(status);
        if (down is null)
        {
            // A feed that nothing was asked of yet says nothing.
            wasUp |= status.OpenConnections > 0;
            downSince = null;
            return null;
        }

        if (!wasUp)
            return null;
        downSince ??= clock.GetTimestamp();
        var lasted = clock.GetElapsedTime(downSince.Value);
        return lasted >= Grace ? $"{down} for {lasted.TotalSeconds:0} s" : null;
    }

    private static string? Down(FeedStatus status)
    {
        if (status is { Connections: > 0, OpenConnections: 0 })
            return "no connection for market data is open";
        return status.IsAccountOpen == false ? "the account's channel is closed" : null;
    }
}
