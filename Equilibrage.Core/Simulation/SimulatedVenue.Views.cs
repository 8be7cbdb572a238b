using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <content>What a server of the venue shows of it.</content>
public sealed partial class SimulatedVenue
{
    /// <summary>All listings, by place in the universe.</summary>
    public IReadOnlyList<Listing> Listings() => board.Copy();

    /// <summary>Listings that have ended, oldest first; of very many the latest.</summary>
    public IReadOnlyList<Listing> EndedListings() => board.Past();

    /// <summary>
    /// The book of a token as it was last told, when the venue keeps it; null when it is what its makers want and has
    /// to be computed from the listing, or the token is not listed.
    /// </summary>
    public BookSnapshot? KeptBook(TokenId token)
    {
        if (board.Find(token) is not { } listing || !hotMarkets.TryGetValue(listing.Index, out var hot))
            return null;
        var outcome = token == listing.Market.TokenYes ? Outcome.Yes : Outcome.No;
        return hot.Published.Snapshot(listing.Market, outcome);
    }
}
