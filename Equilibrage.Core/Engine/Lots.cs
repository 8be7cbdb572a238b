using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Engine;

/// <summary>
/// Moves shares between a position's lot and what the wallet holds besides, at cost: per token, lots and external
/// shares add up to the wallet.
/// </summary>
internal static class Lots
{
    /// <summary>True while a sale of the position's shares is not final.</summary>
    public static bool IsBeingSold(EngineState state, PositionId position, TokenId token) =>
        state.Ledger.Pending.Any(entry => entry.PositionId == position && entry.Postings.Any(posting =>
            posting is { Account: LedgerAccount.Holdings, Micros: < 0 } && posting.Asset == Asset.Of(token)));

    /// <summary>
    /// Gives a lot the shares that it lacks for an execution, at that execution's price: the venue delivered shares of
    /// the wallet that were not ours.
    /// </summary>
    public static void Cover(
        EngineState state, Recorder record, PositionId id, Outcome outcome, Fill fill, string why)
    {
        var leg = state.Positions[id].Leg(outcome);
        var lacking = fill.Quantity.ToMicros - leg.Held.ToMicros;
        if (lacking <= 0)
            return;
        var cost = fill.Notional.Share(lacking, fill.Quantity.ToMicros);
        record.Emit(new EngineOutput.SharesMoved(
            id, outcome, lacking, Entries.Move($"cover:{Entries.IdOf(fill)}", id, leg.TokenId, lacking, cost), why));
    }

    /// <summary>Hands shares of a lot over to what the wallet holds besides, at their cost.</summary>
    public static void HandOver(
        EngineState state, Recorder record, string cause, PositionId id, Outcome outcome, Quantity shares, string why)
    {
        var leg = state.Positions[id].Leg(outcome);
        var basis = leg.BasisOf(shares);
        record.Emit(new EngineOutput.SharesMoved(
            id, outcome, -shares.ToMicros,
            Entries.Move($"hand-over:{cause}:{id}", id, leg.TokenId, -shares.ToMicros, -basis), why));
    }
}
