using System.Globalization;
using Equilibrage.Core.Ports;

namespace Equilibrage.Adapters.Storage;

/// <summary>
/// The lease of an account as a row that its holder keeps changing. Safe for many threads once it is taken.
/// </summary>
/// <param name="table">Where the row is.</param>
/// <param name="isExclusive">
/// True where no other process can be alive on this database: then a lease of another one is a dead one's.
/// </param>
/// <param name="rules">How long it lasts.</param>
/// <param name="clock">Measures what passed.</param>
internal sealed class AccountLease(ILeaseTable table, bool isExclusive, LeaseRules rules, TimeProvider clock) : ILease
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
        return await TryTakeAsync(cancellation);
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
        if (_grant is not { } held)
            return;
        _grant = null;
        await table.ReleaseAsync(held.Epoch, _holder, cancellation);
    }

    // A machine that slept has a monotonic clock that slept with it on some systems; its wall clock tells then.
    private TimeSpan Passed(Grant held)
    {
        var (steady, wall) = (clock.GetElapsedTime(held.AskedAt), clock.GetUtcNow() - held.AskedAtWall);
        return wall > steady ? wall : steady;
    }

    private async Task<bool> TryTakeAsync(CancellationToken cancellation)
    {
        if (await table.ReadAsync(cancellation) is not { } row)
            return await GrantAsync(at => table.CreateAsync(_holder, _name, at, cancellation));
        if (IsFree(row))
            return await GrantAsync(at => table.TakeAsync(row, _holder, _name, at, cancellation));
        Leader = row.Name;
        return false;
    }

    private bool IsFree(LeaseState row)
    {
        if (isExclusive || row.Holder is null || row.Holder == _holder)
            return true;
        if (_seen is { } seen && (seen.Epoch, seen.Renewals) == (row.Epoch, row.Renewals))
            return clock.GetElapsedTime(seen.At) >= rules.Length;
        _seen = new(row.Epoch, row.Renewals, clock.GetTimestamp());
        return false;
    }

    private async Task<bool> GrantAsync(Func<DateTimeOffset, Task<long?>> take)
    {
        var (asked, askedWall) = (clock.GetTimestamp(), clock.GetUtcNow());
        if (await take(askedWall) is not { } epoch)
            return false;
        _grant = new(epoch, asked, askedWall);
        (_seen, Leader) = (null, _name);
        return true;
    }

    private async Task<bool> TryRenewAsync(Grant held, CancellationToken cancellation)
    {
        var (asked, askedWall) = (clock.GetTimestamp(), clock.GetUtcNow());
        using var patience = new CancellationTokenSource(rules.Patience, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation, patience.Token);
        bool isRenewed;
        try
        {
            isRenewed = await table.RenewAsync(held.Epoch, _holder, askedWall, limit.Token);
        }
        catch (Exception error) when (error is JournalUnavailableException
            || (error is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }

        if (!isRenewed)
            throw Lost("Another process has taken the lease.");
        _grant = held with { AskedAt = asked, AskedAtWall = askedWall };
        return true;
    }

    private LeadershipLostException Lost(string why)
    {
        _grant = null;
        return new($"{why} This process writes and sends nothing and stands by.");
    }

    private static string Seconds(TimeSpan span) =>
        span.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);

    /// <summary>A lease of ours, with both clocks as they were before it was asked for.</summary>
    private sealed record Grant(long Epoch, long AskedAt, DateTimeOffset AskedAtWall);

    /// <summary>When another one's lease was first seen as it is.</summary>
    private sealed record Sighting(long Epoch, long Renewals, long At);
}
