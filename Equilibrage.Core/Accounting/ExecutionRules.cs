using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Accounting;

/// <summary>
/// How orders of a position are worked, copied from the settings when it was opened. Rules: "Execution" in
/// docs/strategies/equilibrage.md.
/// </summary>
public sealed record ExecutionRules
{
    /// <summary>The defaults.</summary>
    public static ExecutionRules Default { get; } = new();

    /// <summary>How legs are bought.</summary>
    public EntryMode Entry { get; init; } = EntryMode.Taker;

    /// <summary>True where splitting and merging is used when it costs less than the books.</summary>
    public bool UsesPairs { get; init; } = true;

    /// <summary>What one split or merge costs in gas or fees, dollars; part of every comparison.</summary>
    public Usdc ChainCost { get; init; }

    /// <summary>Most of the depth within the slippage bound that one order takes, percent; 0 = all of it.</summary>
    public decimal SliceDepthPercent { get; init; } = 25m;

    /// <summary>Ticks above the best bid at which a maker's bid is placed; 0 joins the best bid.</summary>
    public int InsideTicks { get; init; }

    /// <summary>Ticks by which the wanted price must differ from the resting one before it is quoted anew.</summary>
    public int RequoteTicks { get; init; } = 1;

    /// <summary>Wall time that a quote is left alone at least, seconds.</summary>
    public decimal RequoteSeconds { get; init; } = 2m;

    /// <summary>Wall time for which a missing leg is chased after the one-leg timer, seconds.</summary>
    public decimal ChaseSeconds { get; init; } = 2m;

    /// <summary>True when a take-profit rests in the book as a sale at its price.</summary>
    public bool RestingTakeProfit { get; init; }
}
