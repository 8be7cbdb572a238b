using System.Globalization;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Npgsql;

namespace Equilibrage.Adapters.Storage;

/// <summary>
/// The lease of an account as a row that its holder keeps changing. Safe for many threads once it is taken.
/// </summary>
/// <param name="database">Where the row is.</param>
/// <param name="account">Whose lease it is.</param>
/// <param name="isExclusive">
/// True where no other process can be alive on this database: then a lease of another one is a dead one's.
/// </param>
/// <param name="rules">How long it lasts.</param>
/// <param name="clock">Measures what passed.</param>
internal sealed class PostgresLease(
    NpgsqlDataSource database, AccountId account, bool isExclusive, LeaseRules rules, TimeProvider clock) : ILease
{
    private readonly string _holder = Guid.NewGuid().ToString("N");
    private readonly string _name = string.Create(
        CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName}");

    private volatile Grant? _grant;
    private Sighting? _seen;

    /// <inheritdoc/>
    public string? Leader { get; private set; }

    /// <inheritdoc/>
    public long Epoch => _grant?.Epoch ?? 0;

    /// <inheritdoc/>
    public bool MaySend() => _grant is { } held && rules.Length - Passed(held) > rules.Margin;

    /// <inheritdoc/>
    public async Task<bool> TakeAsync(CancellationToken cancellation)
    {
        _grant = null;
        return await StorageFailure.GuardAsync(() => TryTakeAsync(cancellation));
    }

    /// <inheritdoc/>
    public async Task KeepAsync(CancellationToken cancellation)
    {
        for (var pause = rules.RenewalPause; ;)
        {
            await Task.Delay(pause, clock, cancellation);
            var held = _grant ?? throw new LeadershipLostException("No lease is held.");
            if (clock.GetElapsedTime(held.AskedAt) >= rules.Length)
                throw Lost($"The lease ended {Seconds(clock.GetElapsedTime(held.AskedAt) - rules.Length)} s ago.");
            pause = await TryRenewAsync(held, cancellation) ? rules.RenewalPause : rules.RetryPause;
        }
    }

    /// <inheritdoc/>
    public async Task ReleaseAsync(CancellationToken cancellation)
    {
        const string Sql = "UPDATE leases SET holder = NULL WHERE account_id = $1 AND epoch = $2 AND holder = $3";
        if (_grant is not { } held)
            return;
        _grant = null;
        await StorageFailure.GuardAsync(() => ExecuteAsync(Sql, [account.Value, held.Epoch, _holder], cancellation));
    }

    // A machine that slept has a monotonic clock that slept with it on some systems; its wall clock tells then.
    private TimeSpan Passed(Grant held)
    {
        var (steady, wall) = (clock.GetElapsedTime(held.AskedAt), clock.GetUtcNow() - held.AskedAtWall);
        return wall > steady ? wall : steady;
    }

    private async Task<bool> TryTakeAsync(CancellationToken cancellation)
    {
        if (await ReadAsync(cancellation) is not { } row)
        {
            const string First = """
                INSERT INTO leases (account_id, epoch, renewals, holder, holder_name, recorded_at)
                VALUES ($1, 1, 0, $2, $3, $4) ON CONFLICT (account_id) DO NOTHING RETURNING epoch
                """;
            return await GrantAsync(First, [account.Value, _holder, _name, clock.GetUtcNow()], cancellation);
        }

        if (!IsFree(row))
        {
            Leader = row.Name;
            return false;
        }

        // Waits for what is being written under the old epoch, here or on a server that its writer left behind.
        const string Next = """
            UPDATE leases SET epoch = epoch + 1, renewals = 0, holder = $2, holder_name = $3, recorded_at = $4
            WHERE account_id = $1 AND epoch = $5 AND renewals = $6 RETURNING epoch
            """;
        return await GrantAsync(
            Next, [account.Value, _holder, _name, clock.GetUtcNow(), row.Epoch, row.Renewals], cancellation);
    }

    private bool IsFree(Row row)
    {
        if (isExclusive || row.Holder is null || row.Holder == _holder)
            return true;
        if (_seen is { } seen && (seen.Epoch, seen.Renewals) == (row.Epoch, row.Renewals))
            return clock.GetElapsedTime(seen.At) >= rules.Length;
        _seen = new(row.Epoch, row.Renewals, clock.GetTimestamp());
        return false;
    }

    private async Task<bool> GrantAsync(string sql, object[] values, CancellationToken cancellation)
    {
        var (asked, askedWall) = (clock.GetTimestamp(), clock.GetUtcNow());
        await using var command = Command(sql, values);
        if (await command.ExecuteScalarAsync(cancellation) is not long epoch)
            return false;
        _grant = new(epoch, asked, askedWall);
        (_seen, Leader) = (null, _name);
        return true;
    }

    private async Task<bool> TryRenewAsync(Grant held, CancellationToken cancellation)
    {
        const string Sql = """
            UPDATE leases SET renewals = renewals + 1, recorded_at = $4
            WHERE account_id = $1 AND epoch = $2 AND holder = $3
            """;
        var (asked, askedWall) = (clock.GetTimestamp(), clock.GetUtcNow());
        using var patience = new CancellationTokenSource(rules.Patience, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        int renewed;
        try
        {
            renewed = await StorageFailure.GuardAsync(
                () => ExecuteAsync(Sql, [account.Value, held.Epoch, _holder, askedWall], limit.Token));
        }
        catch (Exception error) when (error is JournalUnavailableException
            || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }

        if (renewed == 0)
            throw Lost("Another process has taken the lease.");
        _grant = held with { AskedAt = asked, AskedAtWall = askedWall };
        return true;
    }

    private LeadershipLostException Lost(string why)
    {
        _grant = null;
        return new($"{why} This process writes and sends nothing and stands by.");
    }

    private async Task<Row?> ReadAsync(CancellationToken cancellation)
    {
        const string Sql = "SELECT epoch, renewals, holder, holder_name FROM leases WHERE account_id = $1";
        await using var command = Command(Sql, [account.Value]);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
            return null;
        var isHeld = !await reader.IsDBNullAsync(2, cancellation);
        return new(reader.GetInt64(0), reader.GetInt64(1), isHeld ? reader.GetString(2) : null, reader.GetString(3));
    }

    private async Task<int> ExecuteAsync(string sql, object[] values, CancellationToken cancellation)
    {
        await using var command = Command(sql, values);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = database.CreateCommand(sql);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value is DateTimeOffset time ? time.ToUniversalTime() : value });
        return command;
    }

    private static string Seconds(TimeSpan span) =>
        span.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>A lease of ours, with both clocks as they were before it was asked for.</summary>
    private sealed record Grant(long Epoch, long AskedAt, DateTimeOffset AskedAtWall);

    /// <summary>When another one's lease was first seen as it is.</summary>
    private sealed record Sighting(long Epoch, long Renewals, long At);

    private sealed record Row(long Epoch, long Renewals, string? Holder, string Name);
}
