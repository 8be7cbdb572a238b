using Equilibrage.Core.Primitives;
using Equilibrage.Sandbox.Hosting;
using Npgsql;

namespace Equilibrage.Sandbox.Record;

/// <summary>
/// The practice exchange's record in PostgreSQL, in a schema of its own. One commit holds all that happened in one
/// pump, the clock included, so that the record is always a state in which the exchange once was.
/// </summary>
internal sealed class PracticeRecord(NpgsqlDataSource database)
{
    /// <summary>Number of the last commit that was read or written.</summary>
    public long CommitNumber { get; private set; }

    /// <summary>Makes the schema where it is missing.</summary>
    /// <exception cref="UniverseMismatchException">The schema was made by another script than this build's.</exception>
    public Task PrepareAsync(CancellationToken cancellation) => OwnedSchema.PrepareAsync(
        database, "practice", "practice/001.practice.sql", "The practice exchange's record", cancellation);

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
        UniverseIdentity identity, ExchangeRecord first, DateTimeOffset createdAt, CancellationToken cancellation)
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
    public async Task CommitAsync(ExchangeRecord changes, CancellationToken cancellation)
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
    public async Task<ExchangeRecord> LoadAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead, cancellation);
        var (number, record) = await RowReader.ReadAsync(connection, cancellation);
        CommitNumber = number;
        return record;
    }
}
