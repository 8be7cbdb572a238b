using Equilibrage.Core.Simulation;

namespace Equilibrage.Sandbox.Server.Faults;

/// <summary>
/// One fault: what, where, when, how often. The chance of each stroke is drawn from the seed, the rule and the count of
/// occasions, so the same script over the same occasions strikes the same ones.
/// </summary>
internal sealed class FaultRule
{
    private long occasions;
    private long hits;

    /// <summary>Number of the rule.</summary>
    public required long Id { get; init; }

    /// <summary>What goes wrong.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>Seed of the draws.</summary>
    public ulong Seed { get; init; }

    /// <summary>The channel that it is about, or null for any.</summary>
    public string? Channel { get; init; }

    /// <summary>The connection, or null for any.</summary>
    public long? Socket { get; init; }

    /// <summary>The token, or null for any.</summary>
    public string? Asset { get; init; }

    /// <summary>The wallet in lower case, or null for any.</summary>
    public string? Account { get; init; }

    /// <summary>The beginning of a route, or null for any.</summary>
    public string? Route { get; init; }

    /// <summary>When it begins, in the wall clock's ticks.</summary>
    public long From { get; init; } = long.MinValue;

    /// <summary>When it ends.</summary>
    public long To { get; init; } = long.MaxValue;

    /// <summary>Most strokes.</summary>
    public long Count { get; init; } = long.MaxValue;

    /// <summary>Chance of each stroke, 0 to 1.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Milliseconds of <see cref="FaultKind.DelayAnswer"/>.</summary>
    public int DelayMs { get; init; }

    /// <summary>HTTP status of <see cref="FaultKind.Error"/>.</summary>
    public int Status { get; init; } = 500;

    /// <summary>Seconds that a refused client is told to wait.</summary>
    public int RetryAfter { get; init; } = 1;

    /// <summary>Strokes so far.</summary>
    public long Hits => Interlocked.Read(ref hits);

    /// <summary>True when it is over for good.</summary>
    public bool IsSpent(long now) => now >= To || Hits >= Count;

    /// <summary>Draws whether it strikes here and now.</summary>
    public bool Strikes(in FaultTarget target, long now)
    {
        if (now < From || IsSpent(now) || !Fits(target))
            return false;
        var occasion = Interlocked.Increment(ref occasions);
        if (Noise.Unit(Noise.Bits(Seed, (ulong)Id, (ulong)occasion)) >= Probability)
            return false;
        return Interlocked.Increment(ref hits) <= Count;
    }

    private bool Fits(in FaultTarget target) =>
        (Channel is null || Channel == target.Channel)
        && (Socket is null || Socket == target.Socket)
        && (Account is null || Account == target.Account?.Value)
        && (Route is null || target.Route?.StartsWith(Route, StringComparison.Ordinal) == true)
        && (Asset is null || Asset == target.Assets?.First.Value || Asset == target.Assets?.Second?.Value);
}
