using Equilibrage.Core.Accounting;
using Equilibrage.Core.Opportunities;

namespace Equilibrage.Core.State;

/// <summary>
/// Everything the operator can set for the equilibrage strategy. Ranges, units and help stand in
/// <see cref="SettingsCatalog"/>; positions copy what they need when they are opened.
/// </summary>
public sealed record TradingSettings
{
    /// <summary>Share of total equity that one position may use, percent.</summary>
    public decimal CapitalAllocationPercent { get; init; } = 10m;

    /// <summary>Most positions held at once.</summary>
    public int MaxPositions { get; init; } = 3;

    /// <summary>Lowest score that is entered by itself.</summary>
    public int OpportunityThreshold { get; init; } = 6;

    /// <summary>True while nothing is entered automatically; positions are still watched and closed.</summary>
    public bool EntriesPaused { get; init; }

    /// <summary>Hours of market time before a market is entered again.</summary>
    public decimal ReentryHours { get; init; } = 24m;

    /// <summary>Market time between two scans, seconds.</summary>
    public int ScanSeconds { get; init; } = 300;

    /// <summary>
    /// Market time between two looks at all positions, seconds, beside the reaction to every book change.
    /// </summary>
    public int MonitorSeconds { get; init; } = 30;

    /// <summary>Exit parameters of new positions.</summary>
    public ExitRules Exit { get; init; } = new();

    /// <summary>How orders of new positions are worked.</summary>
    public ExecutionRules Execution { get; init; } = new();

    /// <summary>What a market must offer to be entered.</summary>
    public EligibilityRules Eligibility { get; init; } = new();

    /// <summary>Weights of the score.</summary>
    public ScoreWeights Weights { get; init; } = new();

    /// <summary>What the risk gate lets through.</summary>
    public RiskLimits Limits { get; init; } = new();
}
