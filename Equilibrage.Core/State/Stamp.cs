namespace Equilibrage.Core.State;

/// <summary>
/// The two clocks of every record. Market time rules what belongs to the market (dates, scans, history); wall time
/// rules sockets, time-outs and retries. They differ only on the practice exchange.
/// </summary>
/// <param name="MarketTime">The venue's clock.</param>
/// <param name="RecordedAt">Our wall clock, UTC.</param>
public readonly record struct Stamp(DateTimeOffset MarketTime, DateTimeOffset RecordedAt);
