using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Risk.Checks;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Risk;

/// <summary>
/// The one gate between what a strategy wants and what is sent. Each check is a pure function; the first that refuses
/// is named. Checks of an entry: page docs/strategies/equilibrage.md, "Gates".
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
        (state, _) => EntryChecks.FreeSlot(state),
        EntryChecks.Capital,
        EntryChecks.NotResolved,
        EntryChecks.CurrentBooks,
        EntryChecks.StillEligible,
    ];

    /// <summary>Judges an entry against limits, capital and the live books.</summary>
    public static Verdict<Intent.Open> Check(EngineState state, Intent.Open intent)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(intent);
        foreach (var check in OpenChecks)
        {
            if (check(state, intent) is { } denial)
                return new(null, denial);
        }

        return new(new(intent), null);
    }

    /// <summary>Judges an order.</summary>
    public static Verdict<OrderCommand> Check(EngineState state, OrderCommand command)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(command);
        var denial = OrderChecks.Served(state)
            ?? OrderChecks.Armed(state, command.Side)
            ?? (command.Side == Side.Buy ? OrderChecks.NotHalted(state) : null)
            ?? OrderChecks.OneInFlight(state, command)
            ?? OrderChecks.Owned(state, command)
            ?? OrderChecks.Funded(state, command)
            ?? OrderChecks.NoSelfCross(state, command);
        return denial is null ? new(new(command), null) : new(null, denial);
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
        return denial is null ? new(new(intent), null) : new(null, denial);
    }
}
