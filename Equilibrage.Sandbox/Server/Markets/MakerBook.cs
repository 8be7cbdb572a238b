using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;

namespace Equilibrage.Sandbox.Server.Markets;

/// <summary>The book of a market that nobody has touched: what its makers want, added up by level.</summary>
internal static class MakerBook
{
    /// <summary>A token's book at a market second.</summary>
    public static BookSnapshot At(Listing listing, Outcome outcome, long second)
    {
        Span<MakerOrder> orders = stackalloc MakerOrder[Makers.MaximumOrders];
        var fair = listing.Path.At(second);
        var (bids, asks) = listing.Makers.Ladder(fair, second, Makers.MaximumLevels, orders);
        var isMirrored = outcome == Outcome.No;
        var bidLevels = Levels(orders[..bids], isMirrored);
        var askLevels = Levels(orders.Slice(bids, asks), isMirrored);
        return isMirrored
            ? new(listing.Market.TokenNo, askLevels, bidLevels)
            : new(listing.Market.TokenYes, bidLevels, askLevels);
    }

    private static List<Level> Levels(ReadOnlySpan<MakerOrder> orders, bool isMirrored)
    {
        var levels = new List<Level>(Makers.MaximumLevels);
        foreach (var order in orders)
        {
            var price = Price.FromMicros(isMirrored ? Micros.PerUnit - order.Price : order.Price);
            if (levels.Count > 0 && levels[^1].Price == price)
                levels[^1] = new(price, Quantity.FromMicros(levels[^1].Quantity.ToMicros + order.Size));
            else
                levels.Add(new(price, Quantity.FromMicros(order.Size)));
        }

        return levels;
    }
}
