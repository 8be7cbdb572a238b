namespace Equilibrage.Core.State;

/// <summary>
/// The two clocks of every record. Market time rules what belongs to the market (dates, scans, history); wall time
/// rules sockets, time-outs and retries. They differ only on the practice exchange. Both are kept to the microsecond,
/// as the database keeps them, so that a state that was read back equals the one that was written.
/// </summary>
/// <param name="MarketTime">The venue's clock.</param>
/// <param name="RecordedAt">Our wall clock, UTC.</param>
public readonly record struct Stamp(DateTimeOffset MarketTime, DateTimeOffset RecordedAt)
{
    /// <summary>The venue's clock.</summary>
    public DateTimeOffset MarketTime { get; init; } = ToMicrosecond(MarketTime);

    /// <summary>Our wall clock, UTC.</summary>
    public DateTimeOffset RecordedAt { get; init; } = ToMicrosecond(RecordedAt);

    private static DateTimeOffset ToMicrosecond(DateTimeOffset time) =>
        time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
}
