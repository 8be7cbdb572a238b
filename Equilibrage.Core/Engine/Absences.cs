using Equilibrage.Core.Orders;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Engine;

/// <summary>
/// When an order of which the venue shows no trace may be taken as absent: after its id was canceled, while neither the
/// order, nor any trade of it, nor a difference of balances has shown for long enough. Until then it counts as
/// exposure, and it is never sent again.
/// </summary>
internal static class Absences
{
    /// <summary>How long everything has to agree, wall time.</summary>
    public static readonly TimeSpan Needed = TimeSpan.FromSeconds(120);

    /// <summary>True when a look that found nothing completes the proof.</summary>
    public static bool IsProven(EngineState state, EngineEvent.Sought sought)
    {
        if (!state.Orders.TryGetValue(sought.ClientOrderId, out var order) || !order.IsWorking || order.Fills.Count > 0)
            return false;
        if (!Reconciliation.Agrees(state, sought.Account, order.Command.TokenId))
        {
            // What else is on its way moves balances too: then they prove nothing, for or against.
            if (!IsBusy(state, order))
                state.AbsentSince.Remove(sought.ClientOrderId);
            return false;
        }

        var since = state.AbsentSince.GetValueOrDefault(sought.ClientOrderId, sought.At.RecordedAt);
        state.AbsentSince[sought.ClientOrderId] = since;
        return sought.At.RecordedAt - since >= Needed;
    }

    private static bool IsBusy(EngineState state, Order sought) =>
        state.Ledger.Pending.Count > 0 || state.PendingOperations.Any()
        || state.Orders.Values.Any(other => other != sought && other.IsWorking && !IsSilent(other));

    private static bool IsSilent(Order order) =>
        order.Status is OrderStatus.Unknown or OrderStatus.Submitted && order.Fills.Count == 0;
}
