using Equilibrage.Core.Books;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>A token's whole book from a source other than the stream.</summary>
/// <param name="TimestampMs">Market time of the book's last change, Unix milliseconds; it may be a cached one.</param>
/// <param name="Book">The levels, in any order.</param>
internal sealed record PolledBook(long TimestampMs, BookSnapshot Book);

/// <summary>Reads whole books over REST.</summary>
internal interface IBookReader
{
    /// <summary>
    /// The books of these tokens; a token that the venue does not know is left out. Null when the venue does not
    /// answer.
    /// </summary>
    /// <param name="tokens">At most 500.</param>
    /// <param name="cancellation">Ends the call.</param>
    Task<IReadOnlyList<PolledBook>?> ReadAsync(IReadOnlyList<TokenId> tokens, CancellationToken cancellation);
}
