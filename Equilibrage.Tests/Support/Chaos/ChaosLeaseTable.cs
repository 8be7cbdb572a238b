using Equilibrage.Adapters.Storage;

namespace Equilibrage.Tests.Support.Chaos;

/// <summary>One process's way to the row that says who leads.</summary>
internal sealed class ChaosLeaseTable(Timeline time, VirtualNode node, ChaosDatabase database, Weather weather)
    : ILeaseTable
{
    /// <inheritdoc/>
    public Task<LeaseState?> ReadAsync(CancellationToken cancellation) => DoAsync(() => database.Lease, cancellation);

    /// <inheritdoc/>
    public Task<long?> CreateAsync(string holder, string name, DateTimeOffset at, CancellationToken cancellation) =>
        DoAsync(() => database.Lease is null ? Set(new(1, 0, holder, name)) : null, cancellation);

    /// <inheritdoc/>
    public Task<long?> TakeAsync(
        LeaseState from, string holder, string name, DateTimeOffset at, CancellationToken cancellation) => DoAsync(
        () => database.Lease is { } lease && (lease.Epoch, lease.Renewals) == (from.Epoch, from.Renewals)
            ? Set(new(lease.Epoch + 1, 0, holder, name))
            : null,
        cancellation);

    /// <inheritdoc/>
    public Task<bool> RenewAsync(long epoch, string holder, DateTimeOffset at, CancellationToken cancellation) =>
        DoAsync(
            () => database.Lease is { } lease && (lease.Epoch, lease.Holder) == (epoch, holder)
                && Set(lease with { Renewals = lease.Renewals + 1 }) is not null,
            cancellation);

    /// <inheritdoc/>
    public Task ReleaseAsync(long epoch, string holder, CancellationToken cancellation) => DoAsync(
        () => database.Lease is { } lease && (lease.Epoch, lease.Holder) == (epoch, holder)
            && Set(lease with { Holder = null }) is not null,
        cancellation);

    private long? Set(LeaseState lease)
    {
        database.Lease = lease;
        return lease.Epoch;
    }

    private Task<T> DoAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource<T>();
        time.After(weather.Dice.Micros(300, 4_000), () =>
        {
            // What has reached the database is done, whether or not anybody lives to hear of it.
            var result = database.IsAway ? default : work();
            time.After(weather.Dice.Micros(300, 4_000), () => node.Run(() =>
            {
                if (database.IsAway)
                    done.TrySetException(ChaosDatabase.Away());
                else
                    done.TrySetResult(result!);
            }));
        });
        return done.Task.WaitAsync(cancellation);
    }
}
