namespace Equilibrage.Adapters.Transport;

/// <summary>A bucket that fills at a steady rate and is never overdrawn. Not for two threads.</summary>
/// <param name="name">What is counted.</param>
/// <param name="ratePerSecond">Tokens that come in a second.</param>
/// <param name="burst">Most tokens; it begins full.</param>
internal sealed class TokenBucket(string name, int ratePerSecond, int burst)
{
    // Tokens are kept in parts of a clock tick's share, so that nothing is ever rounded.
    private long parts = burst * TimeSpan.TicksPerSecond;
    private DateTimeOffset filledAt = DateTimeOffset.MinValue;

    /// <summary>What is counted.</summary>
    public string Name { get; } = name;

    /// <summary>Most tokens.</summary>
    public int Burst { get; } = burst;

    /// <summary>Whether so many tokens are there.</summary>
    public bool HasRoom(int cost, DateTimeOffset now)
    {
        Fill(now);
        return parts >= cost * TimeSpan.TicksPerSecond;
    }

    /// <summary>Takes tokens that are there.</summary>
    public void Take(int cost, DateTimeOffset now)
    {
        Fill(now);
        parts -= cost * TimeSpan.TicksPerSecond;
    }

    /// <summary>When so many tokens will be there.</summary>
    public DateTimeOffset NextRoom(int cost, DateTimeOffset now)
    {
        Fill(now);
        var missing = (cost * TimeSpan.TicksPerSecond) - parts;
        return missing <= 0 ? now : now.AddTicks((missing + ratePerSecond - 1) / ratePerSecond);
    }

    private void Fill(DateTimeOffset now)
    {
        if (now <= filledAt)
            return;
        var full = Burst * TimeSpan.TicksPerSecond;
        var ticks = Math.Min((now - filledAt).Ticks, full);
        parts = Math.Min(full, parts + (ticks * ratePerSecond));
        filledAt = now;
    }
}
