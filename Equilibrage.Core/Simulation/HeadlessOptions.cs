using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Simulation;

/// <summary>What a headless run is made of, beside its listings.</summary>
public sealed record HeadlessOptions
{
    /// <summary>The universe.</summary>
    public required VenueOptions Venue { get; init; }

    /// <summary>The account that trades.</summary>
    public AccountId AccountId { get; init; } = new("backtest:simulated:desk");

    /// <summary>Its capital.</summary>
    public Usdc Capital { get; init; } = Usdc.FromMicros(1_000_000_000);

    /// <summary>Settings from the first moment on.</summary>
    public TradingSettings Settings { get; init; } = new();

    /// <summary>Market seconds per second of the run's virtual wall clock, which starts with the market's.</summary>
    public decimal Speed { get; init; } = 3000m;
}
