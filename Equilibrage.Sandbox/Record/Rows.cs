using System.Text.Json;
using Equilibrage.Core.Simulation;
using Npgsql;
using NpgsqlTypes;

namespace Equilibrage.Sandbox.Record;

/// <summary>Statements that write the record's rows.</summary>
internal static class Rows
{
    /// <summary>
    /// Adds the statements of one commit; the first, the clock's, touches one row unless another was faster.
    /// </summary>
    public static void AddChanges(NpgsqlBatch batch, VenueRecord changes, long previousCommit)
    {
        var totals = changes.Totals;
        Add(
            batch,
            "UPDATE practice.clock SET commit_number = commit_number + 1, step = $1, next_sequence = $2, crowd = $3, "
            + "venue = $4 WHERE commit_number = $5",
            totals.Step, totals.NextSequence, totals.Crowd.ToMicros, totals.Venue.ToMicros, previousCommit);
        foreach (var row in changes.Accounts)
        {
            Add(
                batch,
                "INSERT INTO practice.accounts (account_id, capital, cash) VALUES ($1, $2, $3) "
                + "ON CONFLICT (account_id) DO UPDATE SET cash = EXCLUDED.cash",
                row.AccountId.Value, row.Capital.ToMicros, row.Cash.ToMicros);
        }

        foreach (var row in changes.Holdings)
        {
            Add(
                batch,
                "INSERT INTO practice.holdings (account_id, token_id, market_id, outcome, quantity) "
                + "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account_id, token_id) "
                + "DO UPDATE SET quantity = EXCLUDED.quantity",
                row.AccountId.Value, row.TokenId.Value, row.MarketId.Value, row.Outcome.ToString(),
                row.Quantity.ToMicros);
        }

        AddOrders(batch, changes);
        AddTrades(batch, changes);
        AddMarkets(batch, changes);
    }

    /// <summary>Adds one statement with positional values.</summary>
    public static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<object?> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value });
        batch.BatchCommands.Add(command);
    }

    private static void AddOrders(NpgsqlBatch batch, VenueRecord changes)
    {
        foreach (var row in changes.Orders)
        {
            var command = new NpgsqlParameter
            {
                Value = JsonSerializer.Serialize(row.Prepared.Command),
                NpgsqlDbType = NpgsqlDbType.Jsonb,
            };
            Add(
                batch,
                "INSERT INTO practice.orders (venue_order_id, account_id, market_id, sequence, status, reason, "
                + "due_at_ms, command) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (venue_order_id) DO UPDATE "
                + "SET sequence = EXCLUDED.sequence, status = EXCLUDED.status, reason = EXCLUDED.reason",
                row.Prepared.VenueOrderId.Value, row.AccountId.Value, row.Prepared.Command.MarketId.Value, row.Sequence,
                row.Status.ToString(), row.Reason, row.DueAtMs, command);
        }

        foreach (var id in changes.Tombstones)
            Add(batch, "INSERT INTO practice.tombstones (venue_order_id) VALUES ($1) ON CONFLICT DO NOTHING", id.Value);
    }

    private static void AddTrades(NpgsqlBatch batch, VenueRecord changes)
    {
        foreach (var row in changes.Trades)
        {
            var fill = row.Fill;
            Add(
                batch,
                "INSERT INTO practice.trades (sequence, trade_id, venue_order_id, account_id, market_id, token_id, "
                + "outcome, side, price, quantity, notional, fee, liquidity, executed_at, settles_at, state, "
                + "is_with_crowd) "
                + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) "
                + "ON CONFLICT (sequence) DO UPDATE SET state = EXCLUDED.state",
                row.Sequence, fill.TradeId.Value, fill.VenueOrderId.Value, row.AccountId.Value, row.MarketId.Value,
                fill.TokenId.Value, row.Outcome.ToString(), fill.Side.ToString(), fill.Price.ToMicros,
                fill.Quantity.ToMicros, fill.Notional.ToMicros, fill.Fee.ToMicros, fill.Liquidity.ToString(),
                fill.ExecutedAt, row.SettlesAt, row.State.ToString(), row.IsWithCrowd);
        }
    }

    private static void AddMarkets(NpgsqlBatch batch, VenueRecord changes)
    {
        foreach (var row in changes.Lifecycle)
        {
            var end = row.Resolution;
            Add(
                batch,
                "INSERT INTO practice.endings (market_id, kind, payout_yes, resolved_at, next_market_id, generation) "
                + "VALUES ($1, $2, $3, $4, $5, $6)",
                end.MarketId.Value, end.Kind.ToString(), end.PayoutYes.ToMicros, end.ResolvedAt, row.Next.Id.Value,
                row.Generation);
        }

        foreach (var row in changes.Redemptions)
        {
            Add(
                batch,
                "INSERT INTO practice.redemptions (account_id, market_id, payout, burned_yes, burned_no, redeemed_at) "
                + "VALUES ($1, $2, $3, $4, $5, $6)",
                row.AccountId.Value, row.MarketId.Value, row.Payout.ToMicros, row.BurnedYes.ToMicros,
                row.BurnedNo.ToMicros, row.At);
        }

        foreach (var row in changes.Books)
        {
            if (row.Crowd is { } crowd)
            {
                Add(
                    batch,
                    "INSERT INTO practice.books (market_id, crowd) VALUES ($1, $2) "
                    + "ON CONFLICT (market_id) DO UPDATE SET crowd = EXCLUDED.crowd",
                    row.MarketId.Value, crowd);
            }
            else
            {
                Add(batch, "DELETE FROM practice.books WHERE market_id = $1", row.MarketId.Value);
            }
        }
    }
}
