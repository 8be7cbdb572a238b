using System.Text.Json;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Sandbox.Hosting;
using Npgsql;
using NpgsqlTypes;

namespace Equilibrage.Sandbox.Record;

/// <summary>Writes and reads the chain's rows.</summary>
internal static class ChainRowsSql
{
    /// <summary>The statements that write changes.</summary>
    public static void AddChanges(NpgsqlBatch batch, ChainRows rows)
    {
        foreach (var row in rows.Nonces)
        {
            Rows.Add(
                batch,
                "INSERT INTO practice.chain_nonces (account, next_nonce) VALUES ($1, $2) "
                + "ON CONFLICT (account) DO UPDATE SET next_nonce = EXCLUDED.next_nonce",
                row.Account.ToLowerString(), row.Next);
        }

        foreach (var row in rows.Transactions)
        {
            Rows.Add(
                batch,
                "INSERT INTO practice.chain_transactions (hash, submission_id, sender, target, block, sent_at, error, "
                + "logs) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                row.Hash.ToString(), row.SubmissionId, row.From.ToLowerString(), row.To.ToLowerString(), row.Block,
                row.SentAt.ToUniversalTime(), row.Error, Json([.. row.Logs.Select(Stored)]));
        }

        foreach (var row in rows.Approvals)
        {
            Rows.Add(
                batch,
                "INSERT INTO practice.chain_approvals (account_id, is_collateral, spender, amount) "
                + "VALUES ($1, $2, $3, $4) ON CONFLICT (account_id, is_collateral, spender) "
                + "DO UPDATE SET amount = EXCLUDED.amount",
                row.Wallet.Value, row.IsCollateral, row.Spender.ToLowerString(), row.Amount.ToString());
        }

        foreach (var row in rows.Heartbeats)
        {
            Rows.Add(
                batch,
                "INSERT INTO practice.heartbeats (api_key, address, heartbeat_id, beaten_at, is_over) "
                + "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (api_key) DO UPDATE SET address = EXCLUDED.address, "
                + "heartbeat_id = EXCLUDED.heartbeat_id, beaten_at = EXCLUDED.beaten_at, is_over = EXCLUDED.is_over",
                row.Key, row.Address, row.Id, row.At.ToUniversalTime(), row.IsOver);
        }
    }

    /// <summary>Reads all rows.</summary>
    public static async Task<ChainRows> ReadAsync(NpgsqlConnection connection, CancellationToken cancellation) => new()
    {
        Nonces = await AllAsync(
            connection, "SELECT account, next_nonce FROM practice.chain_nonces",
            row => new NonceRow(EthereumAddress.Parse(row.GetString(0)), row.GetInt64(1)), cancellation),
        Transactions = await AllAsync(
            connection,
            "SELECT hash, sender, target, logs, error, block, sent_at, submission_id "
            + "FROM practice.chain_transactions ORDER BY place",
            row => new ChainTransaction(
                Bytes32.Parse(row.GetString(0)), EthereumAddress.Parse(row.GetString(1)),
                EthereumAddress.Parse(row.GetString(2)),
                [.. JsonSerializer.Deserialize<StoredLog[]>(row.GetString(3))!.Select(Log)],
                row.IsDBNull(4) ? null : row.GetString(4), row.GetInt64(5), row.GetFieldValue<DateTimeOffset>(6),
                row.IsDBNull(7) ? null : row.GetString(7)),
            cancellation),
        Approvals = await AllAsync(
            connection, "SELECT account_id, is_collateral, spender, amount FROM practice.chain_approvals",
            row => new ApprovalRow(
                new(row.GetString(0)), row.GetBoolean(1), EthereumAddress.Parse(row.GetString(2)),
                UInt256.Parse(row.GetString(3))),
            cancellation),
        Heartbeats = await AllAsync(
            connection, "SELECT api_key, address, heartbeat_id, beaten_at, is_over FROM practice.heartbeats",
            row => new HeartbeatRow(
                row.GetString(0), row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(3),
                row.GetBoolean(4)),
            cancellation),
    };

    private static StoredLog Stored(ChainLog log) =>
        new(log.Contract.ToLowerString(), [.. log.Topics.Select(topic => topic.ToString())], Hex.Encode(log.Data));

    private static ChainLog Log(StoredLog log) => new(
        EthereumAddress.Parse(log.Contract), [.. log.Topics.Select(topic => Bytes32.Parse(topic))],
        Hex.Decode(log.Data) ?? []);

    private static NpgsqlParameter Json(IReadOnlyList<StoredLog> logs) =>
        new() { Value = JsonSerializer.Serialize(logs), NpgsqlDbType = NpgsqlDbType.Jsonb };

    private static async Task<IReadOnlyList<T>> AllAsync<T>(
        NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        var rows = new List<T>();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            rows.Add(read(reader));
        return rows;
    }

    private sealed record StoredLog(string Contract, string[] Topics, string Data);
}
