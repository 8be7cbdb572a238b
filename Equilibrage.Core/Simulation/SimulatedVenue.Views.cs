using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <content>What a server of the venue shows of it.</content>
public sealed partial class SimulatedVenue
{
    /// <summary>All listings, by place in the universe.</summary>
    public IReadOnlyList<Listing> Listings() => board.Copy();

    /// <summary>Makes a market's price grid finer, as at the ends of the scale; false when it is already.</summary>
    public bool RefineTick(MarketId market)
    {
        if (board.Find(market) is not { } listing || listing.Market.TickSize.ToMicros <= FineTick.ToMicros)
            return false;
        var before = listing.Market.TickSize;
        listing.Refine(FineTick);
        changes.Ticks.Add(market);
        events.Add(new VenueEvent.TickChanged(MarketTime, listing.Market, before));
        return true;
    }

    /// <summary>Listings that have ended, oldest first; of very many the latest.</summary>
    public IReadOnlyList<Listing> EndedListings() => board.Past();
}
