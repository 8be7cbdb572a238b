using Equilibrage.Core.Ports;

namespace Equilibrage.Adapters.Storage;

/// <summary>
/// The row that says who leads an account. Every call is one transaction and throws
/// <see cref="JournalUnavailableException"/> when the database failed.
/// </summary>
internal interface ILeaseTable
{
    /// <summary>The row as it is; null before the first lease.</summary>
    Task<LeaseState?> ReadAsync(CancellationToken cancellation);

    /// <summary>Takes the first lease of all; null when there is one already, else its epoch.</summary>
    Task<long?> CreateAsync(string holder, string name, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>
    /// Takes the lease from a state of it; null when it is not as it was any more, else the new epoch.
    /// </summary>
    Task<long?> TakeAsync(
        LeaseState from, string holder, string name, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>Counts a renewal; false when the lease is not that holder's under that epoch any more.</summary>
    Task<bool> RenewAsync(long epoch, string holder, DateTimeOffset at, CancellationToken cancellation);

    /// <summary>Ends the lease if it is that holder's under that epoch.</summary>
    Task ReleaseAsync(long epoch, string holder, CancellationToken cancellation);
}

/// <summary>A lease as it was read.</summary>
/// <param name="Epoch">Its number.</param>
/// <param name="Renewals">How often it was renewed.</param>
/// <param name="Holder">Who holds it; null once it was given up.</param>
/// <param name="Name">Its holder for people.</param>
internal sealed record LeaseState(long Epoch, long Renewals, string? Holder, string Name);
