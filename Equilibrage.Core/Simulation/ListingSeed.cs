using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <summary>
/// One market as it is listed on a simulated venue: who it is, and the few figures that its prices, depth and flow
/// start from. Absent figures stay null; the simulation then assumes a thin market around one half.
/// </summary>
public sealed record ListingSeed
{
    /// <summary>
    /// The market. Its fees are never null here: where none are named, the assumed rate of its category.
    /// </summary>
    public required Market Market { get; init; }

    /// <summary>Best bid of the first outcome when it was listed, or null.</summary>
    public Price? BestBid { get; init; }

    /// <summary>Best ask of the first outcome when it was listed, or null.</summary>
    public Price? BestAsk { get; init; }

    /// <summary>Dollars resting in both books together, not negative; zero when unknown.</summary>
    public Usdc Liquidity { get; init; }

    /// <summary>
    /// How long the venue holds orders that would take, market milliseconds; null for what is usual in its category.
    /// </summary>
    public int? TakerDelayMs { get; init; }

    /// <summary>Dollars traded in the last 24 hours, not negative; zero when unknown.</summary>
    public Usdc Volume24h { get; init; }
}
