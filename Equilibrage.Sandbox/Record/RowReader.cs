using System.Text.Json;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Sandbox.Hosting;
using Npgsql;

namespace Equilibrage.Sandbox.Record;

/// <summary>Reads the record's rows back.</summary>
internal static class RowReader
{
    /// <summary>Reads all that a venue is restored from, with the number of its last commit.</summary>
    public static async Task<(long CommitNumber, ExchangeRecord Record)> ReadAsync(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        var clocks = await AllAsync(
            "SELECT commit_number, step, next_sequence, crowd, venue FROM practice.clock",
            row => (Number: row.GetInt64(0), Totals: new VenueTotals(
                row.GetInt64(1), row.GetInt64(2), Usdc.FromMicros(row.GetInt64(3)), Usdc.FromMicros(row.GetInt64(4)))));
        var record = new VenueRecord
        {
            Totals = clocks[0].Totals,
            Accounts = await AllAsync(
                "SELECT account_id, capital, cash FROM practice.accounts ORDER BY account_id",
                row => new AccountRow(
                    new(row.GetString(0)), Usdc.FromMicros(row.GetInt64(1)), Usdc.FromMicros(row.GetInt64(2)))),
            Holdings = await AllAsync(
                "SELECT account_id, market_id, token_id, outcome, quantity FROM practice.holdings ORDER BY 1, 3",
                row => new HoldingRow(
                    new(row.GetString(0)), new(row.GetString(1)), new(row.GetString(2)),
                    Enum.Parse<Outcome>(row.GetString(3)), Quantity.FromMicros(row.GetInt64(4)))),
            Orders = await AllAsync(
                "SELECT account_id, sequence, status, matched, reason, refusal, is_ended_by_resolution, due_at_ms, "
                + "placed_at, request FROM practice.orders ORDER BY sequence",
                Order),
            Trades = await AllAsync(
                "SELECT body FROM practice.trades ORDER BY sequence",
                row => JsonSerializer.Deserialize<VenueTrade>(row.GetString(0))!),
            Actions = await AllAsync(
                "SELECT sequence, account_id, market_id, token_yes, token_no, kind, dollars, shares_yes, shares_no, "
                + "acted_at, operation_id, transaction_hash FROM practice.chain_actions ORDER BY 1",
                row => new ChainActionRow(
                    row.GetInt64(0), new(row.GetString(1)), row.IsDBNull(2) ? null : new MarketId(row.GetString(2)),
                    row.IsDBNull(3) ? null : new TokenId(row.GetString(3)),
                    row.IsDBNull(4) ? null : new TokenId(row.GetString(4)),
                    Enum.Parse<ChainActionKind>(row.GetString(5)),
                    Usdc.FromMicros(row.GetInt64(6)), Quantity.FromMicros(row.GetInt64(7)),
                    Quantity.FromMicros(row.GetInt64(8)), row.GetFieldValue<DateTimeOffset>(9),
                    row.IsDBNull(10) ? null : new OperationId(row.GetString(10)), row.GetString(11))),
            ForcedEnds = await AllAsync(
                "SELECT market_id, kind, payout_yes, resolved_at FROM practice.forced_ends",
                row => new ForcedEnd(
                    new(row.GetString(0)), Enum.Parse<ResolutionKind>(row.GetString(1)),
                    row.IsDBNull(2) ? null : Price.FromMicros(row.GetInt64(2)), row.GetInt64(3))),
            Ticks = await AllAsync(
                "SELECT market_id, tick FROM practice.ticks ORDER BY 1",
                row => new TickRow(new(row.GetString(0)), TickSize.FromMicros(row.GetInt64(1)))),
            Tombstones = await AllAsync(
                "SELECT venue_order_id FROM practice.tombstones", row => new VenueOrderId(row.GetString(0))),
            Books = await AllAsync(
                "SELECT market_id, crowd FROM practice.books ORDER BY 1",
                row => new BookRow(new(row.GetString(0)), row.GetFieldValue<byte[]>(1))),
        };
        var keys = await AllAsync(
            "SELECT api_key, address, secret, passphrase, nonce, created_at, is_deleted FROM practice.api_keys "
            + "ORDER BY created_at, api_key",
            row => new ApiKey(
                row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4),
                row.GetFieldValue<DateTimeOffset>(5), row.GetBoolean(6)));
        return (clocks[0].Number, new(record, keys, await ChainRowsSql.ReadAsync(connection, cancellation)));

        async Task<List<T>> AllAsync<T>(string sql, Func<NpgsqlDataReader, T> read)
        {
            var rows = new List<T>();
            await using var command = new NpgsqlCommand(sql, connection);
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                rows.Add(read(reader));
            return rows;
        }
    }

    private static OrderRow Order(NpgsqlDataReader row) => new()
    {
        AccountId = new(row.GetString(0)),
        Sequence = row.GetInt64(1),
        Status = Enum.Parse<OrderStatus>(row.GetString(2)),
        Matched = Quantity.FromMicros(row.GetInt64(3)),
        Reason = row.IsDBNull(4) ? null : row.GetString(4),
        Refusal = row.IsDBNull(5) ? null : Enum.Parse<RefusalKind>(row.GetString(5)),
        IsEndedByResolution = row.GetBoolean(6),
        DueAtMs = row.GetInt64(7),
        PlacedAt = row.GetFieldValue<DateTimeOffset>(8),
        Request = JsonSerializer.Deserialize<VenueOrderRequest>(row.GetString(9))!,
    };
}
