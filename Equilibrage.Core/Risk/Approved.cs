using Equilibrage.Core.Orders;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Risk;

/// <summary>Proof that the gate let an intent pass. Only <see cref="RiskGate"/> can make one.</summary>
public sealed class Approved<TIntent>
{
    internal Approved(TIntent intent) => Intent = intent;

    /// <summary>What was approved; it may be smaller than what was asked for.</summary>
    public TIntent Intent { get; }
}

/// <summary>The gate's verdict: approved, or denied with one reason.</summary>
public readonly record struct Verdict<TIntent>(Approved<TIntent>? Approved, Denial? Denial)
{
    /// <summary>What every layer of risk left, when it came to that; empty otherwise.</summary>
    public IReadOnlyList<SizeLayer> Layers { get => field ?? []; init; }
}
