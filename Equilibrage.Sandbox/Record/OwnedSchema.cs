using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Equilibrage.Sandbox.Record;

/// <summary>A database schema that one script makes and nothing migrates: as its script says, or refused.</summary>
internal static class OwnedSchema
{
    // Any constant number, as long as nothing else in the database takes an advisory lock under it.
    private const long LockKey = 0x65_71_75_69_6C_69_62_02;

    /// <summary>Makes the schema where it is missing.</summary>
    /// <param name="database">The database.</param>
    /// <param name="schema">Name of the schema.</param>
    /// <param name="resource">Name of the embedded script.</param>
    /// <param name="what">What the schema holds, as the beginning of a sentence.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="UniverseMismatchException">The schema was made by another script than this build's.</exception>
    public static async Task PrepareAsync(
        NpgsqlDataSource database, string schema, string resource, string what, CancellationToken cancellation)
    {
        var script = Script(resource);
        var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync($"SELECT pg_advisory_xact_lock({LockKey})");
        var known = await ReadAsync($"SELECT obj_description(to_regnamespace('{schema}')::oid, 'pg_namespace')");
        if (known is string found && found != checksum)
        {
            throw new UniverseMismatchException(
                $"{what} was made by another version of this program. Run that version, or start anew with another "
                + "--data folder.");
        }

        if (known is not string)
        {
            await ExecuteAsync(script);
            await ExecuteAsync($"COMMENT ON SCHEMA {schema} IS '{checksum}'");
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

    private static string Script(string resource)
    {
        using var stream = typeof(OwnedSchema).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The program lacks its resource {resource}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
