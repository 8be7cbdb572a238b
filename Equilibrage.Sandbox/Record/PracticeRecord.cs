using System.Security.Cryptography;
using System.Text;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Npgsql;

namespace Equilibrage.Sandbox.Record;

/// <summary>
/// The practice exchange's record in PostgreSQL, in a schema of its own. One commit holds all that happened in one
/// pump, the clock included, so that the record is always a state in which the exchange once was.
/// </summary>
internal sealed class PracticeRecord(NpgsqlDataSource database)
{
    // Any constant number, as long as nothing else in the database takes an advisory lock under it.
    private const long LockKey = 0x65_71_75_69_6C_69_62_02;
    private const string ScriptName = "practice/001.practice.sql";

    /// <summary>Number of the last commit that was read or written.</summary>
    public long CommitNumber { get; private set; }

    /// <summary>Makes the schema where it is missing.</summary>
    /// <exception cref="UniverseMismatchException">The schema was made by another script than this build's.</exception>
    public async Task PrepareAsync(CancellationToken cancellation)
    {
        var script = Script();
        var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync($"SELECT pg_advisory_xact_lock({LockKey})");
        var known = await ReadAsync("SELECT obj_description(to_regnamespace('practice')::oid, 'pg_namespace')");
        if (known is string found && found != checksum)
        {
            throw new UniverseMismatchException(
                "The practice exchange's record was made by another version of this program. Run that version, or "
                + "start anew with another --data folder.");
        }

        if (known is not string)
        {
            await ExecuteAsync(script);
            await ExecuteAsync($"COMMENT ON SCHEMA practice IS '{checksum}'");
        }

        await transaction.CommitAsync(cancellation);

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await command.ExecuteNonQueryAsync(cancellation);
        }

        async Task<object?> ReadAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            return await command.ExecuteScalarAsync(cancellation);
        }
    }

    /// <summary>The universe on record, or null in a fresh one.</summary>
    public async Task<UniverseIdentity?> ReadIdentityAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "SELECT seed, source, capital, start, step_seconds FROM practice.universe");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation)
            ? new(
                reader.GetInt64(0), reader.GetString(1), Usdc.FromMicros(reader.GetInt64(2)),
                reader.GetFieldValue<DateTimeOffset>(3), reader.GetInt32(4))
            : null;
    }

    /// <summary>Begins a universe with what its venue has to record at once.</summary>
    public async Task BeginAsync(
        UniverseIdentity identity, VenueRecord first, DateTimeOffset createdAt, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        Rows.Add(
            batch,
            "INSERT INTO practice.universe (id, seed, source, capital, start, step_seconds, created_at) "
            + "VALUES (1, $1, $2, $3, $4, $5, $6)",
            identity.Seed, identity.Source, identity.Capital.ToMicros, identity.Start, identity.StepSeconds, createdAt);
        Rows.Add(
            batch,
            "INSERT INTO practice.clock (id, commit_number, step, next_sequence, crowd, venue) "
            + "VALUES (1, 0, 0, 1, 0, 0)");
        Rows.AddChanges(batch, first, 0);
        await batch.ExecuteNonQueryAsync(cancellation);
        CommitNumber = 1;
    }

    /// <summary>Writes what changed and the clock, all or nothing.</summary>
    /// <exception cref="UniverseMismatchException">Another process has written this record in the meantime.</exception>
    public async Task CommitAsync(VenueRecord changes, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection, transaction);
        Rows.AddChanges(batch, changes, CommitNumber);
        await batch.ExecuteNonQueryAsync(cancellation);
        if (batch.BatchCommands[0].RecordsAffected != 1)
        {
            throw new UniverseMismatchException(
                "Another process runs the practice exchange of this database. Stop it, or use another --data folder.");
        }

        await transaction.CommitAsync(cancellation);
        CommitNumber++;
    }

    /// <summary>Reads everything back, in one consistent view.</summary>
    public async Task<VenueRecord> LoadAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead, cancellation);
        var (number, record) = await RowReader.ReadAsync(connection, cancellation);
        CommitNumber = number;
        return record;
    }

    private static string Script()
    {
        using var stream = typeof(PracticeRecord).Assembly.GetManifestResourceStream(ScriptName)
            ?? throw new InvalidOperationException($"The program lacks its resource {ScriptName}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
