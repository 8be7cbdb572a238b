using Equilibrage.Core.Accounting;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Engine;

/// <summary>
/// Trades become final, or fail and are taken back. A settlement may overtake the execution that it settles, and a
/// purchase may fail after its shares were sold.
/// </summary>
internal static class Settlements
{
    /// <summary>
    /// Settles a trade of ours. What is not known yet is remembered; should it be forgotten by a restart, the host asks
    /// how trades that are still pending were settled.
    /// </summary>
    public static void Settle(EngineState state, Recorder record, TradeId trade, bool isConfirmed)
    {
        var entries = state.Ledger.Pending.Where(pending => pending.TradeId == trade).ToList();
        if (entries.Count == 0)
        {
            // The answer to our submit travels another way than the feed and may come later.
            state.RememberSettlement(trade, isConfirmed);
            return;
        }

        if (!isConfirmed && !CanVoid(state, record, entries))
        {
            state.RememberSettlement(trade, isConfirmed);
            return;
        }

        record.Emit(
            new EngineOutput.TradeSettled(trade, entries[0].PositionId!.Value, isConfirmed),
            "venue", $"settled:{entries[0].Id}");
        // A failed purchase waits for the sales of its shares.
        foreach (var waiting in state.EarlySettlements.Keys.Where(id => IsPending(state, id)).ToList())
            Recall(state, record, waiting);
    }

    /// <summary>Settles a trade whose settlement was heard of before.</summary>
    public static void Recall(EngineState state, Recorder record, TradeId trade)
    {
        if (state.ForgetSettlement(trade) is { } isConfirmed)
            Settle(state, record, trade, isConfirmed);
    }

    private static bool IsPending(EngineState state, TradeId trade) =>
        state.Ledger.Pending.Any(entry => entry.TradeId == trade);

    /// <summary>
    /// False while shares of a failed purchase are being sold: that sale will fail too, or the wallet held others.
    /// </summary>
    private static bool CanVoid(EngineState state, Recorder record, List<Entry> entries)
    {
        foreach (var entry in entries)
        {
            if (state.FindFill(entry) is not ({ } order, { Side: Side.Buy } fill))
                continue;
            var (position, outcome) = (order.Command.PositionId, order.Command.Outcome);
            if (state.Positions[position].Leg(outcome).Held >= fill.Quantity)
                continue;
            if (Lots.IsBeingSold(state, position, fill.TokenId))
                return false;
            Lots.Cover(state, record, position, outcome, fill, "shares of a purchase that failed had been sold");
        }

        return true;
    }
}
