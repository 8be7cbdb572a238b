using System.Globalization;
using Equilibrage.Adapters.Storage;
using Npgsql;

namespace Equilibrage.Web.Diagnosis;

/// <summary>Whether the database serves, has this build's schema, and takes writes.</summary>
internal static class DatabaseCheck
{
    private const string Name = "database";

    /// <summary>Looks; nothing is written that is not taken back.</summary>
    /// <param name="database">The database.</param>
    /// <param name="mayWrite">True to try a write; false over connections that only read.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<IReadOnlyList<Finding>> LookAsync(
        NpgsqlDataSource database, bool mayWrite, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellation);
            List<Finding> findings =
            [
                Finding.Fine(Name, $"PostgreSQL {connection.PostgreSqlVersion} answers."),
                await SchemaAsync(connection, cancellation),
            ];
            if (mayWrite)
                findings.Add(await WritableAsync(connection, cancellation));
            return findings;
        }
        catch (NpgsqlException error)
        {
            return [Finding.Problem(
                Name, $"The database does not answer ({error.Message}): start it, or correct the connection string.")];
        }
    }

    /// <summary>What is said where there is no database to look at.</summary>
    public static IReadOnlyList<Finding> NotOpened(string why) => [Finding.Note(Name, why)];

    private static async Task<Finding> SchemaAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "SELECT CASE WHEN to_regclass('schema_migrations') IS NULL THEN 0 ELSE 1 END", connection);
        var exists = Convert.ToInt32(
            await command.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture) == 1;
        var applied = 0;
        if (exists)
        {
            command.CommandText = "SELECT count(*) FROM schema_migrations";
            applied = Convert.ToInt32(
                await command.ExecuteScalarAsync(cancellation), CultureInfo.InvariantCulture);
        }

        var known = StorageHost.KnownMigrations;
        return applied == known
            ? Finding.Fine(Name, $"The schema is that of this version ({known} migrations).")
            : Finding.Problem(
                Name, $"The schema has {applied} of {known} migrations: ./run.sh migrate applies what is missing.");
    }

    private static async Task<Finding> WritableAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var attempt = await connection.BeginTransactionAsync(cancellation);
        try
        {
            await using var command = new NpgsqlCommand(
                "CREATE TABLE equilibrage_write_test (number integer)", connection, attempt);
            await command.ExecuteNonQueryAsync(cancellation);
            await attempt.RollbackAsync(cancellation);
            return Finding.Fine(Name, "The database takes writes.");
        }
        catch (PostgresException error)
        {
            return Finding.Problem(
                Name, $"The database takes no writes ({error.MessageText}): give the user its rights, or end "
                    + "recovery.");
        }
    }
}
