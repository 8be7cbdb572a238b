using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Risk.Checks;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Risk;

/// <summary>
/// The one gate between what a strategy wants and what is sent. Each check is a pure function; the first that refuses
/// is named. Then all layers of risk are folded to the smallest size, which is entered. Checks: page
/// docs/strategies/equilibrage.md, "Gates"; layers: docs/risk.md.
/// </summary>
public static class RiskGate
{
    private static readonly Func<EngineState, Intent.Open, Denial?>[] OpenChecks =
    [
        (state, _) => EntryChecks.Served(state),
        (state, _) => EntryChecks.Armed(state),
        (state, _) => OrderChecks.NotHalted(state),
        (state, _) => EntryChecks.Reconciled(state),
        IncidentChecks.NotStopped,
        EntryChecks.NotPaused,
        EntryChecks.AboveThreshold,
        EntryChecks.NotHeld,
        EntryChecks.NotRecentlyHeld,
        EntryChecks.FreeSlot,
        EntryChecks.Capital,
        EntryChecks.NotResolved,
        EntryChecks.CurrentBooks,
        (state, _) => EntryChecks.InHours(state),
        (state, intent) => OrderChecks.BreakersClosed(state, intent.Market.Id),
    ];

    /// <summary>
    /// Judges an entry against limits, capital and the live books. It may be approved with less capital than was asked
    /// for; the verdict lists what every layer left.
    /// </summary>
    public static Verdict<Intent.Open> Check(EngineState state, Intent.Open intent)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(intent);
        foreach (var check in OpenChecks)
        {
            if (check(state, intent) is { } denial)
                return new(null, denial);
        }

        var layers = EntryLayers.Of(state, intent);
        var smallest = EntryLayers.Smallest(layers);
        var capital = Usdc.Max(smallest.Size, Usdc.Zero);
        var folded = intent with { Plan = new EntryPlan(capital, intent.Plan.RatioYes) };
        var refusal = EntryChecks.StillEligible(state, folded);
        // Where a layer left too little, that is the reason, and not that too little is too little.
        if (refusal?.Reason is null or DenyReason.BelowMinimumSize or DenyReason.ThinDepth)
            refusal = EntryChecks.LargeEnough(state, folded, smallest) ?? refusal;
        return new(refusal is null ? new(folded) : null, refusal) { Layers = layers };
    }

    /// <summary>
    /// Judges an order once more before it is sent. A purchase may be approved with less; a sale is refused only for
    /// what no sale may do.
    /// </summary>
    public static Verdict<OrderCommand> Check(EngineState state, OrderCommand command)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(command);
        var denial = OrderChecks.Served(state)
            ?? OrderChecks.Armed(state, command.Side)
            ?? OrderChecks.OneInFlight(state, command)
            ?? OrderChecks.Owned(state, command)
            ?? OrderChecks.Funded(state, command)
            ?? OrderChecks.NoSelfCross(state, command);
        if (denial is not null || command.Side == Side.Sell)
            return denial is null ? new(new(command), null) : new(null, denial);
        denial = OrderChecks.NotHalted(state)
            ?? OrderChecks.BreakersClosed(state, command.MarketId)
            ?? PurchaseChecks.Rate(state)
            ?? PurchaseChecks.OpenOrders(state, command)
            ?? PurchaseChecks.PriceBand(state, command)
            ?? PurchaseChecks.Slippage(state, command);
        return denial is null ? PurchaseSize.Fit(state, command) : new(null, denial);
    }

    /// <summary>Judges a split, which spends like a purchase, or a merge, which only frees what is held.</summary>
    public static Verdict<Intent.MovePairs> Check(EngineState state, Intent.MovePairs intent)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(intent);
        var isSplit = intent.Kind == ChainOperationKind.Split;
        var denial = OrderChecks.Served(state)
            ?? OrderChecks.Armed(state, isSplit ? Side.Buy : Side.Sell)
            ?? (isSplit ? OrderChecks.NotHalted(state) : null);
        if (denial is not null)
            return new(null, denial);
        return isSplit ? PurchaseSize.Fit(state, intent) : new(new(intent), null);
    }
}
