using Equilibrage.Core.Markets;

namespace Equilibrage.Core.Accounting;

/// <summary>
/// The exit parameters of a position, copied from the settings when it was opened, so that later changes touch new
/// positions only. Every threshold at 0 is off. Rules: docs/strategies/equilibrage.md.
/// </summary>
public sealed record ExitRules
{
    /// <summary>Share of the capital that buys the first outcome, 0 to 1.</summary>
    public decimal RatioYes { get; init; } = 0.5m;

    /// <summary>Fall of a leg below its own entry price at which it is sold, percent.</summary>
    public decimal DivergencePercent { get; init; } = 30m;

    /// <summary>Tighter fall of the first outcome's leg, percent.</summary>
    public decimal StopLossYesPercent { get; init; }

    /// <summary>Tighter fall of the second outcome's leg, percent.</summary>
    public decimal StopLossNoPercent { get; init; }

    /// <summary>Rise of the first outcome's leg at which it is sold, percent.</summary>
    public decimal TakeProfitYesPercent { get; init; }

    /// <summary>Rise of the second outcome's leg at which it is sold, percent.</summary>
    public decimal TakeProfitNoPercent { get; init; }

    /// <summary>Hours before the decisive time at which both legs are closed.</summary>
    public decimal TimeExitHours { get; init; }

    /// <summary>Samples in a row that must show a trigger.</summary>
    public int ConfirmSamples { get; init; } = 2;

    /// <summary>Seconds of wall time for which a trigger may stand instead of being seen again.</summary>
    public decimal ConfirmSeconds { get; init; } = 3m;

    /// <summary>Seconds of wall time within which both legs must be bought.</summary>
    public decimal OneLegSeconds { get; init; } = 15m;

    /// <summary>Highest sum of both legs' prices at which the second leg is still chased.</summary>
    public decimal MaxPairCost { get; init; } = 1.03m;

    /// <summary>The stop-loss of an outcome, percent.</summary>
    public decimal StopLossPercent(Outcome outcome) =>
        outcome == Outcome.Yes ? StopLossYesPercent : StopLossNoPercent;

    /// <summary>The take-profit of an outcome, percent.</summary>
    public decimal TakeProfitPercent(Outcome outcome) =>
        outcome == Outcome.Yes ? TakeProfitYesPercent : TakeProfitNoPercent;
}
