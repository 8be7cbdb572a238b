using System.Data;
using Npgsql;

namespace Equilibrage.Adapters.Storage.Migrations;

/// <summary>
/// Brings a database to this build's schema: each script once, in order, in a transaction of its own, one process at a
/// time. Refuses when what was applied is not what this build knows.
/// </summary>
internal sealed class Migrator(NpgsqlDataSource database, IReadOnlyList<MigrationScript> scripts)
{
    // Any constant number, as long as nothing else in the database takes an advisory lock under it.
    private const long LockKey = 0x65_71_75_69_6C_69_62_01;

    private const string CreateBookkeeping = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            number     integer     NOT NULL PRIMARY KEY,
            name       text        NOT NULL,
            checksum   text        NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now()
        )
        """;

    /// <summary>A migrator for the scripts of this build.</summary>
    public Migrator(NpgsqlDataSource database)
        : this(database, MigrationScript.Embedded())
    {
    }

    /// <summary>Applies what is missing and answers the file names of what was applied.</summary>
    /// <exception cref="StorageException">Scripts and database do not belong together, or one failed.</exception>
    public async Task<IReadOnlyList<string>> ApplyAsync(CancellationToken cancellation)
    {
        RequireUnbroken();
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await ExecuteAsync(connection, $"SELECT pg_advisory_lock({LockKey})", cancellation);
        try
        {
            await ExecuteAsync(connection, CreateBookkeeping, cancellation);
            var applied = await ReadAppliedAsync(connection, cancellation);
            RequireKnown(applied);
            var names = new List<string>();
            foreach (var script in scripts.Skip(applied.Count))
            {
                await ApplyAsync(connection, script, cancellation);
                names.Add(script.FileName);
            }

            return names;
        }
        finally
        {
            // A broken connection has let go by itself; a healthy one goes back to the pool and would keep the lock.
            if (connection.State == ConnectionState.Open)
                await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    /// <summary>Makes sure that the database has exactly this build's schema; changes nothing.</summary>
    /// <exception cref="StorageException">It has not; the message says what to do.</exception>
    public async Task RequireCurrentAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var exists = new NpgsqlCommand("SELECT to_regclass('schema_migrations') IS NOT NULL", connection);
        var applied = await exists.ExecuteScalarAsync(cancellation) is true
            ? await ReadAppliedAsync(connection, cancellation)
            : [];
        RequireKnown(applied);
        if (applied.Count < scripts.Count)
        {
            throw new StorageException(
                $"The database lacks migration {scripts[applied.Count].FileName}. Run ./run.sh migrate first.");
        }
    }

    private void RequireUnbroken()
    {
        for (var at = 0; at < scripts.Count; at++)
        {
            if (scripts[at].Number != at + 1)
            {
                throw new StorageException(
                    $"Migration {at + 1:000} is missing: the script after {at:000} is {scripts[at].FileName}. "
                    + "Number the scripts in migrations/ from 001 without gaps or repetition.");
            }
        }
    }

    private void RequireKnown(IReadOnlyList<AppliedScript> applied)
    {
        for (var at = 0; at < applied.Count; at++)
        {
            var (number, name, checksum) = applied[at];
            if (number != at + 1)
            {
                throw new StorageException(
                    $"The database lacks migration {at + 1:000} although {number:000} was applied. "
                    + "Its table schema_migrations was changed by hand: restore a backup.");
            }

            if (number > scripts.Count)
            {
                throw new StorageException(
                    $"The database has migration {number:000}.{name}, which this version does not know: a newer "
                    + "Equilibrage has used it. Start that version, or restore a backup from before the upgrade.");
            }

            var script = scripts[at];
            if (script.Name != name || script.Checksum != checksum)
            {
                throw new StorageException(
                    $"Migration {script.FileName} differs from {number:000}.{name}.sql as it was applied to this "
                    + "database. An applied script is never edited: restore its text and make a new script.");
            }
        }
    }

    private static async Task<List<AppliedScript>> ReadAppliedAsync(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        const string Sql = "SELECT number, name, checksum FROM schema_migrations ORDER BY number";
        await using var command = new NpgsqlCommand(Sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var applied = new List<AppliedScript>();
        while (await reader.ReadAsync(cancellation))
            applied.Add(new AppliedScript(reader.GetInt32(0), reader.GetString(1), reader.GetString(2)));
        return applied;
    }

    private static async Task ApplyAsync(
        NpgsqlConnection connection, MigrationScript script, CancellationToken cancellation)
    {
        const string Record = "INSERT INTO schema_migrations (number, name, checksum) VALUES ($1, $2, $3)";
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        try
        {
            await ExecuteAsync(connection, script.Sql, cancellation);
            await using var record = new NpgsqlCommand(Record, connection, transaction);
            record.Parameters.Add(new NpgsqlParameter<int> { TypedValue = script.Number });
            record.Parameters.Add(new NpgsqlParameter<string> { TypedValue = script.Name });
            record.Parameters.Add(new NpgsqlParameter<string> { TypedValue = script.Checksum });
            await record.ExecuteNonQueryAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (PostgresException error)
        {
            throw new StorageException(
                $"Migration {script.FileName} failed and was undone: {error.MessageText} (position {error.Position}). "
                + "The database is as it was before it.", error);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private sealed record AppliedScript(int Number, string Name, string Checksum);
}
