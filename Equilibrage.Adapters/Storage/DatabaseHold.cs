using System.Data;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Equilibrage.Adapters.Storage;

/// <summary>A name that one process at a time has on a database: the server forgets it with the connection.</summary>
internal sealed class DatabaseHold : IAsyncDisposable
{
    private const int Attempts = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly NpgsqlConnection _connection;
    private readonly long _key;

    private DatabaseHold(NpgsqlConnection connection, long key) => (_connection, _key) = (connection, key);

    /// <summary>Takes the name, or answers null when another process keeps it for longer than a dead one can.</summary>
    public static async Task<DatabaseHold?> TryTakeAsync(
        NpgsqlDataSource database, string name, CancellationToken cancellation)
    {
        var connection = await database.OpenConnectionAsync(cancellation);
        try
        {
            var key = BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"equilibrage {name}")));
            for (var attempt = 0; attempt < Attempts; attempt++)
            {
                await using var command = Command("SELECT pg_try_advisory_lock($1)", connection, key);
                if (await command.ExecuteScalarAsync(cancellation) is true)
                    return new(connection, key);
                await Task.Delay(Pause, cancellation);
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }

        await connection.DisposeAsync();
        return null;
    }

    /// <summary>Gives the name up; a connection that broke has given it up already.</summary>
    public async ValueTask DisposeAsync()
    {
        await using var connection = _connection;
        if (connection.State != ConnectionState.Open)
            return;
        await using var command = Command("SELECT pg_advisory_unlock($1)", connection, _key);
        try
        {
            await command.ExecuteNonQueryAsync();
        }
        catch (NpgsqlException) when (connection.State != ConnectionState.Open)
        {
            return;
        }
    }

    private static NpgsqlCommand Command(string sql, NpgsqlConnection connection, long key)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = key });
        return command;
    }
}
