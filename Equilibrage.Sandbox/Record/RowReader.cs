using System.Text.Json;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Npgsql;

namespace Equilibrage.Sandbox.Record;

/// <summary>Reads the record's rows back.</summary>
internal static class RowReader
{
    /// <summary>Reads all that a venue is restored from, with the number of its last commit.</summary>
    public static async Task<(long CommitNumber, VenueRecord Record)> ReadAsync(
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
                "SELECT venue_order_id, account_id, sequence, status, reason, due_at_ms, command FROM practice.orders "
                + "ORDER BY sequence",
                Order),
            Trades = await AllAsync(
                "SELECT sequence, trade_id, venue_order_id, account_id, market_id, token_id, outcome, side, price, "
                + "quantity, notional, fee, liquidity, executed_at, settles_at, state, is_with_crowd "
                + "FROM practice.trades ORDER BY 1",
                Trade),
            Tombstones = await AllAsync(
                "SELECT venue_order_id FROM practice.tombstones", row => new VenueOrderId(row.GetString(0))),
            Books = await AllAsync(
                "SELECT market_id, crowd FROM practice.books ORDER BY 1",
                row => new BookRow(new(row.GetString(0)), row.GetFieldValue<byte[]>(1))),
        };
        return (clocks[0].Number, record);

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

    private static OrderRow Order(NpgsqlDataReader row)
    {
        var command = JsonSerializer.Deserialize<OrderCommand>(row.GetString(6))!;
        return new(
            new(row.GetString(1)), new(command, new(row.GetString(0))), row.GetInt64(2),
            Enum.Parse<OrderStatus>(row.GetString(3)), row.IsDBNull(4) ? null : row.GetString(4), row.GetInt64(5));
    }

    private static TradeRow Trade(NpgsqlDataReader row)
    {
        var fill = new Fill
        {
            TradeId = new(row.GetString(1)),
            VenueOrderId = new(row.GetString(2)),
            TokenId = new(row.GetString(5)),
            Side = Enum.Parse<Side>(row.GetString(7)),
            Price = Price.FromMicros(row.GetInt64(8)),
            Quantity = Quantity.FromMicros(row.GetInt64(9)),
            Notional = Usdc.FromMicros(row.GetInt64(10)),
            Fee = Usdc.FromMicros(row.GetInt64(11)),
            Liquidity = Enum.Parse<Liquidity>(row.GetString(12)),
            ExecutedAt = row.GetFieldValue<DateTimeOffset>(13),
        };
        return new(
            new(row.GetString(3)), new(row.GetString(4)), Enum.Parse<Outcome>(row.GetString(6)), row.GetInt64(0), fill,
            row.GetInt64(14), Enum.Parse<SettlementState>(row.GetString(15)), row.GetBoolean(16));
    }
}
