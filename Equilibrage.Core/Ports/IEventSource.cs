using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Ports;

/// <summary>A venue's market and account feed.</summary>
public interface IEventSource
{
    /// <summary>
    /// The tokens whose books are wanted from now on; others fall silent. A newly wanted token starts with a snapshot.
    /// </summary>
    void Want(IReadOnlyCollection<TokenId> tokens);

    /// <summary>
    /// Asks for fresh snapshots of wanted tokens whose changes the reader could not take; others are passed over.
    /// </summary>
    void Reseed(IReadOnlyCollection<TokenId> tokens);

    /// <summary>Reads what happens from now on until canceled. One reader at a time.</summary>
    /// <exception cref="VenueUnavailableException">The venue does not answer, so that nothing can begin.</exception>
    IAsyncEnumerable<FeedEvent> ReadAsync(CancellationToken cancellation);
}
