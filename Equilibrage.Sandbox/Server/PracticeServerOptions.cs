using System.Net;

namespace Equilibrage.Sandbox.Server;

/// <summary>Where the practice exchange is served, and how strict it is.</summary>
public sealed record PracticeServerOptions
{
    /// <summary>Address to listen on.</summary>
    public IPAddress Bind { get; init; } = IPAddress.Loopback;

    /// <summary>TCP port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>True to enforce the venue's rate limits, on wall time.</summary>
    public bool HasRateLimits { get; init; } = true;

    /// <summary>How far the stamp of a signed request may be from wall time; Polymarket publishes no bound.</summary>
    public TimeSpan Skew { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The chain whose domains signatures are for: 137 is Polygon, 80002 its test net.</summary>
    public int ChainId { get; init; } = 137;

    /// <summary>Seed of the coin prices: the universe's.</summary>
    public long Seed { get; init; } = 7;

    /// <summary>A file of faults to inject from the start, or null.</summary>
    public string? FaultScript { get; init; }
}
