using Equilibrage.Core.Markets;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Audit;

/// <summary>Orders, executions and the table of trades as the journal says they stand.</summary>
internal static class ExpectedOrders
{
    /// <summary>An order; its sums hold every execution that was ever reported, failed ones too.</summary>
    public static ExpectedRow Order(Order order)
    {
        var command = order.Command;
        return new(command.ClientOrderId.Value, new Dictionary<string, object?>
        {
            ["venue_order_id"] = order.Prepared.VenueOrderId.Value,
            ["strategy_id"] = command.StrategyId.Value,
            ["market_id"] = command.MarketId.Value,
            ["position_id"] = command.PositionId.Value,
            ["token_id"] = command.TokenId.Value,
            ["outcome"] = AuditText.Word(command.Outcome),
            ["side"] = AuditText.Word(command.Side),
            ["order_type"] = AuditText.Word(command.Type),
            ["is_post_only"] = command.IsPostOnly,
            ["limit_price_micros"] = command.Limit.ToMicros,
            ["shares_micros"] = command.Quantity.ToMicros,
            ["filled_shares_micros"] = order.Fills.Sum(fill => fill.Quantity.ToMicros),
            ["filled_micros"] = order.Fills.Sum(fill => fill.Notional.ToMicros),
            ["fees_micros"] = order.Fills.Sum(fill => fill.Fee.ToMicros),
            ["exit_reason"] = AuditText.Word(order.Reason),
            ["status"] = AuditText.Word(order.Status),
            ["reason"] = order.Why,
            ["salt"] = command.Salt,
            ["timestamp_ms"] = command.TimestampMs,
            ["submitted_at"] = order.SubmittedAt.MarketTime,
        });
    }

    /// <summary>All executions.</summary>
    public static IEnumerable<ExpectedRow> Fills(JournalFold fold)
    {
        foreach (var (record, booked) in Booked(fold))
        {
            var fill = booked.Fill;
            yield return new($"{fill.TradeId}/{booked.ClientOrderId}", new Dictionary<string, object?>
            {
                ["position_id"] = booked.PositionId.Value,
                ["token_id"] = fill.TokenId.Value,
                ["outcome"] = AuditText.Word(booked.Outcome),
                ["side"] = AuditText.Word(fill.Side),
                ["sequence"] = record.Sequence,
                ["price_micros"] = fill.Price.ToMicros,
                ["shares_micros"] = fill.Quantity.ToMicros,
                ["notional_micros"] = fill.Notional.ToMicros,
                ["fee_micros"] = fill.Fee.ToMicros,
                ["liquidity"] = AuditText.Word(fill.Liquidity),
                ["settlement"] = Settlement(fold, booked.Entry),
            });
        }
    }

    /// <summary>Purchases, sales and payouts in the words of the market.</summary>
    public static IEnumerable<ExpectedRow> Trades(JournalFold fold)
    {
        foreach (var (_, booked) in Booked(fold))
        {
            var fill = booked.Fill;
            yield return new($"{fill.TradeId}:{booked.ClientOrderId}", new Dictionary<string, object?>
            {
                ["position_id"] = booked.PositionId.Value,
                ["token_id"] = fill.TokenId.Value,
                ["side"] = AuditText.Word(booked.Outcome),
                ["action"] = AuditText.Word(fill.Side),
                ["price_micros"] = fill.Price.ToMicros,
                ["shares_micros"] = fill.Quantity.ToMicros,
                ["usd_micros"] = fill.Notional.ToMicros,
                ["fee_micros"] = fill.Fee.ToMicros,
                ["settlement"] = Settlement(fold, booked.Entry),
            });
        }

        foreach (var settled in fold.Records.Select(record => record.Output).OfType<EngineOutput.LegSettled>())
        {
            yield return new(settled.Entry.Id, new Dictionary<string, object?>
            {
                ["position_id"] = settled.PositionId.Value,
                ["side"] = AuditText.Word(settled.Outcome),
                ["action"] = "redeem",
                ["usd_micros"] = settled.Payout.ToMicros,
                ["fee_micros"] = 0L,
            });
        }

        foreach (var pair in Pairs(fold))
            yield return pair;
    }

    /// <summary>Both legs' parts of splits and merges.</summary>
    private static IEnumerable<ExpectedRow> Pairs(JournalFold fold)
    {
        foreach (var pair in fold.Records.Select(record => record.Output).OfType<EngineOutput.PairBooked>())
        {
            foreach (var outcome in Outcomes.Both)
            {
                yield return new($"{pair.Entry.Id}:{AuditText.Word(outcome)}", new Dictionary<string, object?>
                {
                    ["position_id"] = pair.PositionId.Value,
                    ["side"] = AuditText.Word(outcome),
                    ["action"] = AuditText.Word(pair.OperationKind),
                    ["shares_micros"] = pair.Pairs.ToMicros,
                    ["usd_micros"] = pair.DollarsOf(outcome).ToMicros,
                    ["fee_micros"] = 0L,
                });
            }
        }
    }

    private static IEnumerable<(JournalRecord Record, EngineOutput.FillBooked Booked)> Booked(JournalFold fold)
    {
        foreach (var record in fold.Records)
        {
            if (record.Output is EngineOutput.FillBooked booked)
                yield return (record, booked);
        }
    }

    private static string Settlement(JournalFold fold, Entry entry) =>
        AuditText.Word(fold.Entries.TryGetValue(entry.Id, out var booked) ? booked.Status : entry.Status);
}
