using Equilibrage.Core.Simulation;

namespace Equilibrage.Sandbox.Hosting;

/// <summary>All that the exchange's one writer owns and its record keeps.</summary>
internal sealed class ExchangeState(SimulatedVenue venue, ApiKeys keys, ChainState chain)
{
    public SimulatedVenue Venue { get; } = venue;

    public ApiKeys Keys { get; } = keys;

    public ChainState Chain { get; } = chain;

    /// <summary>What has changed since the last time.</summary>
    public ExchangeRecord TakeChanges() => new(Venue.TakeChanges(), Keys.TakeChanges(), Chain.TakeChanges());
}

/// <summary>What one commit writes, or all that the record has.</summary>
internal sealed record ExchangeRecord(VenueRecord Venue, IReadOnlyList<ApiKey> Keys, ChainRows Chain)
{
    /// <summary>True when nothing but the clock has moved.</summary>
    public bool IsClockOnly => Venue.IsClockOnly && Keys.Count == 0 && Chain.IsEmpty;
}
