using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Opportunities;

/// <summary>The hard filters that a market passes before a two-sided entry. Each is a setting.</summary>
public sealed record EligibilityRules
{
    /// <summary>The defaults.</summary>
    public static EligibilityRules Default { get; } = new();

    /// <summary>Lowest allowed ask of either outcome.</summary>
    public Price MinAsk { get; init; } = Price.FromMicros(350_000);

    /// <summary>Highest allowed ask of either outcome.</summary>
    public Price MaxAsk { get; init; } = Price.FromMicros(650_000);

    /// <summary>Most that one share of both outcomes may cost, in dollars.</summary>
    public Usdc MaxPairCost { get; init; } = Usdc.FromMicros(1_030_000);

    /// <summary>Bid depth wanted per planned share, 0 to 1,000; 0 switches the rule off.</summary>
    public decimal DepthMultiple { get; init; } = 2m;

    /// <summary>Hours that must remain to the decisive moment, 0 or more; past it nothing is ever entered.</summary>
    public decimal MinHoursToEnd { get; init; } = 24m;

    /// <summary>A bid must exceed this part of its ask, 0 to 1; equal is refused.</summary>
    public decimal MinBidToAskRatio { get; init; } = 0.85m;
}
