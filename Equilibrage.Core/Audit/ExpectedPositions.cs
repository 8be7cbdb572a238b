using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Audit;

/// <summary>Positions and their legs as the journal says they stand.</summary>
internal static class ExpectedPositions
{
    /// <summary>A position.</summary>
    public static ExpectedRow Position(Position position, JournalFold fold)
    {
        var (yes, no) = (position.Yes, position.No);
        var liquidated = position.LiquidatedSide is { } side ? position.Leg(side) : null;
        var values = new Dictionary<string, object?>
        {
            ["strategy_id"] = position.StrategyId.Value,
            ["market_id"] = position.MarketId.Value,
            ["status"] = AuditText.Word(position.Status),
            ["state"] = AuditText.Word(position.State),
            ["score"] = (long?)position.Score,
            ["rules"] = AuditJson.Of(position.Rules),
            ["allocation_micros"] = position.Capital.ToMicros,
            ["entry_time"] = position.EnteredAt ?? position.OpenedAt,
            ["entry_price_yes_micros"] = Rounded(yes.EntryPrice),
            ["entry_price_no_micros"] = Rounded(no.EntryPrice),
            ["capital_yes_micros"] = yes.Cost.ToMicros,
            ["capital_no_micros"] = no.Cost.ToMicros,
            ["shares_yes_micros"] = yes.Held.ToMicros,
            ["shares_no_micros"] = no.Held.ToMicros,
            ["liquidated_side"] = AuditText.Word(position.LiquidatedSide),
            ["liquidation_time"] = position.LiquidatedAt,
            ["trigger_price_micros"] = Rounded(liquidated?.TriggerPrice),
            ["realized_slippage_micros"] = Rounded(liquidated?.RealizedSlippage),
            ["close_time"] = position.ClosedAt,
            ["exit_reason"] = position.IsOpen ? null : AuditText.Word(position.ExitReason),
            ["fees_micros"] = position.Fees.ToMicros,
            ["realized_pnl_micros"] = Realized(yes) + Realized(no),
            ["is_manual"] = position.IsManual,
            ["document"] = AuditJson.Of(position),
        };
        if (!position.IsOpen && fold.Resolutions.TryGetValue(position.MarketId, out var end)
            && position.Resolution is not null)
        {
            values["current_price_yes_micros"] = end.Resolution.Payout(Outcome.Yes).ToMicros;
            values["current_price_no_micros"] = end.Resolution.Payout(Outcome.No).ToMicros;
        }

        return new(position.Id.Value, values)
        {
            Derived = new Dictionary<string, Func<StoredRow, object?>>
            {
                ["pnl_micros"] = row => position.Pnl(
                    PriceOf(row, "current_price_yes_micros"), PriceOf(row, "current_price_no_micros")).ToMicros,
            },
        };
    }

    /// <summary>Its legs.</summary>
    public static IEnumerable<ExpectedRow> Legs(Position position) => position.Legs.Select(leg => new ExpectedRow(
        $"{position.Id}/{leg.TokenId}",
        new Dictionary<string, object?>
        {
            ["side"] = AuditText.Word(leg.Outcome),
            ["budget_micros"] = leg.Budget.ToMicros,
            ["planned_shares_micros"] = leg.Planned.ToMicros,
            ["bought_shares_micros"] = leg.Bought.ToMicros,
            ["sold_shares_micros"] = leg.Sold.ToMicros,
            ["settled_shares_micros"] = leg.Settled.ToMicros,
            ["held_shares_micros"] = leg.Held.ToMicros,
            ["cost_micros"] = leg.Cost.ToMicros,
            ["proceeds_micros"] = leg.Proceeds.ToMicros,
            ["payout_micros"] = leg.Payout.ToMicros,
            ["fees_micros"] = leg.Fees.ToMicros,
            ["entry_price_micros"] = Rounded(leg.EntryPrice),
            ["exit_price_micros"] = Rounded(leg.ExitPrice),
            ["trigger_price_micros"] = Rounded(leg.TriggerPrice),
            ["realized_slippage_micros"] = Rounded(leg.RealizedSlippage),
            ["exit_reason"] = AuditText.Word(leg.ExitReason),
        }));

    /// <summary>What a leg has realised, after its fees, micro-dollars.</summary>
    public static long Realized(Leg leg) =>
        (leg.Proceeds + leg.Payout - (leg.Cost - leg.Basis) - leg.Fees).ToMicros;

    private static Price? PriceOf(StoredRow row, string column) =>
        row.Values.GetValueOrDefault(column) is long micros and >= 0 and <= Micros.PerUnit
            ? Price.FromMicros(micros)
            : null;

    private static long? Rounded(decimal? value) =>
        value is { } some ? Micros.FromDecimal(Math.Round(some, 6)) : null;
}
