using System.Text.Json;
using Equilibrage.Core.Simulation;
using Equilibrage.Sandbox.Hosting;
using Npgsql;
using NpgsqlTypes;

namespace Equilibrage.Sandbox.Record;

/// <summary>Statements that write the record's rows.</summary>
internal static class Rows
{
    /// <summary>
    /// Adds the statements of one commit; the first, the clock's, touches one row unless another was faster.
    /// </summary>
    public static void AddChanges(NpgsqlBatch batch, ExchangeRecord record, long previousCommit)
    {
        var changes = record.Venue;
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
                + "ON CONFLICT (account_id) DO UPDATE SET capital = EXCLUDED.capital, cash = EXCLUDED.cash",
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
        AddKeys(batch, record.Keys);
        ChainRowsSql.AddChanges(batch, record.Chain);
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
            Add(
                batch,
                "INSERT INTO practice.orders (venue_order_id, account_id, market_id, sequence, status, matched, "
                + "reason, refusal, is_ended_by_resolution, due_at_ms, placed_at, request) "
                + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (venue_order_id) DO UPDATE "
                + "SET sequence = EXCLUDED.sequence, status = EXCLUDED.status, matched = EXCLUDED.matched, "
                + "reason = EXCLUDED.reason, refusal = EXCLUDED.refusal, "
                + "is_ended_by_resolution = EXCLUDED.is_ended_by_resolution",
                row.Request.Id.Value, row.AccountId.Value, row.Request.MarketId.Value, row.Sequence,
                row.Status.ToString(), row.Matched.ToMicros, row.Reason, row.Refusal?.ToString(),
                row.IsEndedByResolution, row.DueAtMs, row.PlacedAt, Json(row.Request));
        }

        foreach (var id in changes.Tombstones)
            Add(batch, "INSERT INTO practice.tombstones (venue_order_id) VALUES ($1) ON CONFLICT DO NOTHING", id.Value);
    }

    private static void AddTrades(NpgsqlBatch batch, VenueRecord changes)
    {
        foreach (var row in changes.Trades)
        {
            Add(
                batch,
                "INSERT INTO practice.trades (sequence, trade_id, market_id, status, matched_at, updated_at, body) "
                + "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (sequence) "
                + "DO UPDATE SET status = EXCLUDED.status, updated_at = EXCLUDED.updated_at, body = EXCLUDED.body",
                row.Sequence, row.Id.Value, row.MarketId.Value, row.Status.ToString(), row.MatchedAt, row.UpdatedAt,
                Json(row));
        }
    }

    private static void AddKeys(NpgsqlBatch batch, IReadOnlyList<ApiKey> keys)
    {
        foreach (var row in keys)
        {
            Add(
                batch,
                "INSERT INTO practice.api_keys (api_key, address, secret, passphrase, nonce, created_at, is_deleted) "
                + "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (api_key) DO UPDATE SET address = EXCLUDED.address, "
                + "secret = EXCLUDED.secret, passphrase = EXCLUDED.passphrase, nonce = EXCLUDED.nonce, "
                + "created_at = EXCLUDED.created_at, is_deleted = EXCLUDED.is_deleted",
                row.Key, row.Address, row.Secret, row.Passphrase, row.Nonce, row.CreatedAt, row.IsDeleted);
        }
    }

    private static NpgsqlParameter Json<T>(T value) =>
        new() { Value = JsonSerializer.Serialize(value), NpgsqlDbType = NpgsqlDbType.Jsonb };

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

        foreach (var row in changes.Actions)
        {
            Add(
                batch,
                "INSERT INTO practice.chain_actions (sequence, account_id, market_id, token_yes, token_no, kind, "
                + "dollars, shares_yes, shares_no, acted_at, operation_id, transaction_hash) "
                + "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
                row.Sequence, row.AccountId.Value, row.MarketId?.Value, row.TokenYes?.Value, row.TokenNo?.Value,
                row.Kind.ToString(), row.Dollars.ToMicros, row.Yes.ToMicros, row.No.ToMicros, row.At,
                row.OperationId?.Value, row.TransactionHash);
        }

        foreach (var row in changes.ForcedEnds)
        {
            Add(
                batch,
                "INSERT INTO practice.forced_ends (market_id, kind, payout_yes, resolved_at) VALUES ($1, $2, $3, $4) "
                + "ON CONFLICT (market_id) DO UPDATE SET kind = EXCLUDED.kind, payout_yes = EXCLUDED.payout_yes, "
                + "resolved_at = EXCLUDED.resolved_at",
                row.MarketId.Value, row.Kind.ToString(), row.PayoutYes?.ToMicros, row.ResolvedAt);
        }

        foreach (var row in changes.Ticks)
        {
            Add(
                batch,
                "INSERT INTO practice.ticks (market_id, tick) VALUES ($1, $2) "
                + "ON CONFLICT (market_id) DO UPDATE SET tick = EXCLUDED.tick",
                row.MarketId.Value, row.Tick.ToMicros);
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
