namespace Equilibrage.Core.Ports;

/// <summary>
/// Whether this process is the one that trades its account. Two processes may run on one account; the one that holds
/// its lease leads, the other one stands by.
/// </summary>
public interface ILeadership
{
    /// <summary>Number of the lease that is held, 1 or more and higher with every lease; 0 while none is.</summary>
    long Epoch { get; }

    /// <summary>
    /// True while the lease is certain to last long enough to send something; asked right before every send.
    /// </summary>
    bool MaySend();
}

/// <summary>
/// The lease of one account. How long it lasts is measured on the monotonic clock of each process, never on a wall
/// clock: the leader's from before it asked, everybody else's from after they saw it renewed.
/// </summary>
public interface ILease : ILeadership
{
    /// <summary>Who holds the lease as far as is known, for people; null when nobody is known to.</summary>
    string? Leader { get; }

    /// <summary>
    /// Takes the lease under a new epoch when it is free, its holder let it lapse, or it is our own; false while
    /// another process leads. Whoever leads without having asked again before loses the lease first.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database failed; the lease may have been taken.</exception>
    Task<bool> TakeAsync(CancellationToken cancellation);

    /// <summary>Renews the lease again and again until canceled. A database that is away is asked again.</summary>
    /// <exception cref="LeadershipLostException">
    /// Another process leads, or the lease ended before it could be renewed.
    /// </exception>
    Task KeepAsync(CancellationToken cancellation);

    /// <summary>Gives the lease up, so that another process may lead at once; nothing when none is held.</summary>
    /// <exception cref="JournalUnavailableException">The database failed; the lease ends by itself.</exception>
    Task ReleaseAsync(CancellationToken cancellation);
}

/// <summary>
/// This process does not lead its account any more: what it was about to write was not written, and nothing may be
/// sent.
/// </summary>
public sealed class LeadershipLostException : Exception
{
    /// <summary>Says who leads, or why nobody does.</summary>
    public LeadershipLostException(string message)
        : base(message)
    {
    }

    /// <summary>The same, found by the database.</summary>
    public LeadershipLostException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
