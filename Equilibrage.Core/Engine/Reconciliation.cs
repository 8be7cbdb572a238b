using Equilibrage.Core.Orders;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Engine;

/// <summary>Holds our books against the venue's record of the account.</summary>
internal static class Reconciliation
{
    /// <summary>
    /// Compares cash and every token. Equal books let entries pass; a difference stops them and raises an incident that
    /// shows both numbers, once.
    /// </summary>
    public static void Compare(EngineState state, EngineEvent cause, Recorder record)
    {
        if (cause is not EngineEvent.Compared compared)
            return;
        // The venue's balances move when a trade is on the chain, ours when it is matched: in between they may differ.
        var isBusy = state.Orders.Values.Any(order => order.IsWorking) || state.PendingRedemptions.Count > 0
            || state.Ledger.Pending.Count > 0;
        if (isBusy)
            return;
        var differences = Differences(state, compared.Account).ToList();
        state.IsReconciled = differences.Count == 0;
        var text = string.Join("; ", differences);
        if (differences.Count > 0 && state.Incident != text)
            record.Emit(new EngineOutput.IncidentRaised("account differs from the venue's record", text));
        state.Incident = differences.Count > 0 ? text : null;
    }

    /// <summary>Every balance in which our books and the account differ, with both numbers.</summary>
    public static IEnumerable<string> Differences(EngineState state, VenueAccount account)
    {
        if (state.Ledger.Cash != account.Cash)
            yield return $"cash: ours {state.Ledger.Cash}, venue {account.Cash}";
        var ours = state.Ledger.AllHoldings().ToDictionary();
        var tokens = ours.Keys.Union(account.Tokens.Keys);
        foreach (var token in tokens.OrderBy(id => id.Value, StringComparer.Ordinal))
        {
            var (own, theirs) = (ours.GetValueOrDefault(token), account.Tokens.GetValueOrDefault(token));
            if (own != theirs)
                yield return $"token {token}: ours {own}, venue {theirs}";
        }

        foreach (var open in account.OpenOrders.Where(open => state.FindOrder(open.VenueOrderId) is null))
            yield return $"order {open.VenueOrderId} works at the venue and is not ours";
    }
}
