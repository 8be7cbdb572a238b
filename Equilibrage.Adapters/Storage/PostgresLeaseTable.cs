using Equilibrage.Core.Primitives;
using Npgsql;

namespace Equilibrage.Adapters.Storage;

/// <summary>The row of an account's lease in PostgreSQL.</summary>
internal sealed class PostgresLeaseTable(NpgsqlDataSource database, AccountId account) : ILeaseTable
{
    /// <inheritdoc/>
    public Task<LeaseState?> ReadAsync(CancellationToken cancellation) => StorageFailure.GuardAsync(async () =>
    {
        const string Sql = "SELECT epoch, renewals, holder, holder_name FROM leases WHERE account_id = $1";
        await using var command = Command(Sql, [account.Value]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
            return null;
        var isHeld = !await reader.IsDBNullAsync(2, cancellation);
        return new LeaseState(
            reader.GetInt64(0), reader.GetInt64(1), isHeld ? reader.GetString(2) : null, reader.GetString(3));
    });

    /// <inheritdoc/>
    public Task<long?> CreateAsync(string holder, string name, DateTimeOffset at, CancellationToken cancellation)
    {
        const string Sql = """
            INSERT INTO leases (account_id, epoch, renewals, holder, holder_name, recorded_at)
            VALUES ($1, 1, 0, $2, $3, $4) ON CONFLICT (account_id) DO NOTHING RETURNING epoch
            """;
        return GrantAsync(Sql, [account.Value, holder, name, at], cancellation);
    }

    /// <inheritdoc/>
    public Task<long?> TakeAsync(
        LeaseState from, string holder, string name, DateTimeOffset at, CancellationToken cancellation)
    {
        // Waits for what is being written under the old epoch, here or on a server that its writer left behind.
        const string Sql = """
            UPDATE leases SET epoch = epoch + 1, renewals = 0, holder = $2, holder_name = $3, recorded_at = $4
            WHERE account_id = $1 AND epoch = $5 AND renewals = $6 RETURNING epoch
            """;
        return GrantAsync(Sql, [account.Value, holder, name, at, from.Epoch, from.Renewals], cancellation);
    }

    /// <inheritdoc/>
    public async Task<bool> RenewAsync(long epoch, string holder, DateTimeOffset at, CancellationToken cancellation)
    {
        const string Sql = """
            UPDATE leases SET renewals = renewals + 1, recorded_at = $4
            WHERE account_id = $1 AND epoch = $2 AND holder = $3
            """;
        return await ExecuteAsync(Sql, [account.Value, epoch, holder, at], cancellation) > 0;
    }

    /// <inheritdoc/>
    public Task ReleaseAsync(long epoch, string holder, CancellationToken cancellation)
    {
        const string Sql = "UPDATE leases SET holder = NULL WHERE account_id = $1 AND epoch = $2 AND holder = $3";
        return ExecuteAsync(Sql, [account.Value, epoch, holder], cancellation);
    }

    private Task<long?> GrantAsync(string sql, object[] values, CancellationToken cancellation) =>
        StorageFailure.GuardAsync(async () =>
        {
            await using var command = Command(sql, values);
            return await command.ExecuteScalarAsync(cancellation) as long?;
        });

    private Task<int> ExecuteAsync(string sql, object[] values, CancellationToken cancellation) =>
        StorageFailure.GuardAsync(async () =>
        {
            await using var command = Command(sql, values);
            return await command.ExecuteNonQueryAsync(cancellation);
        });

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value is DateTimeOffset time ? time.ToUniversalTime() : value });
        return command;
    }
}
