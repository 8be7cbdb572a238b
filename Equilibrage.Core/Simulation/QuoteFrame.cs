using Equilibrage.Core.Observations;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <summary>
/// All that the quotes of one moment depend on, taken in one go, so that they can be computed elsewhere while the venue
/// goes on.
/// </summary>
public sealed class QuoteFrame
{
    private const int QuotedLevels = 5;
    private const int Hours = 24;

    private readonly Listing[] listings;
    private readonly Dictionary<int, AxisLevels> touched;
    private readonly long second;

    internal QuoteFrame(Listing[] listings, Dictionary<int, AxisLevels> touched, long second)
    {
        (this.listings, this.touched, this.second) = (listings, touched, second);
        MarketTime = DateTimeOffset.FromUnixTimeSeconds(second);
    }

    /// <summary>The moment.</summary>
    public DateTimeOffset MarketTime { get; }

    /// <summary>Number of markets.</summary>
    public int Count => listings.Length;

    /// <summary>The quotes of all markets.</summary>
    public MarketQuote[] Compute()
    {
        var quotes = new MarketQuote[listings.Length];
        Span<MakerOrder> orders = stackalloc MakerOrder[2 * QuotedLevels * Makers.OrdersPerLevel];
        for (var i = 0; i < quotes.Length; i++)
            quotes[i] = Quote(listings[i], orders);
        return quotes;
    }

    private MarketQuote Quote(Listing listing, Span<MakerOrder> orders)
    {
        Side bids = default, asks = default;
        if (touched.TryGetValue(listing.Index, out var levels))
        {
            for (var i = 0; i < Math.Min(QuotedLevels, levels.Bids.Count); i++)
                bids.Add(levels.Bids[i].Price, levels.Bids[i].Size);
            for (var i = 0; i < Math.Min(QuotedLevels, levels.Asks.Count); i++)
                asks.Add(levels.Asks[i].Price, levels.Asks[i].Size);
        }
        else
        {
            var (bidCount, askCount) = listing.Makers.Ladder(listing.Path.At(second), second, QuotedLevels, orders);
            foreach (var order in orders[..bidCount])
                bids.Add(order.Price, order.Size);
            foreach (var order in orders.Slice(bidCount, askCount))
                asks.Add(order.Price, order.Size);
        }

        var flow = listing.Takers.FlowBefore(second, Hours);
        var isQuiet = flow.Volume == Usdc.Zero;
        return new()
        {
            MarketId = listing.Market.Id,
            At = MarketTime,
            BidYes = bids.Price,
            AskYes = asks.Price,
            BidNo = asks.Price?.Complement,
            AskNo = bids.Price?.Complement,
            BidDepthYes = Quantity.FromMicros(bids.Shares),
            BidDepthNo = Quantity.FromMicros(asks.Shares),
            ThinDepth = Usdc.Min(
                Usdc.Min(bids.Dollars, asks.Dollars), Usdc.Min(bids.ComplementDollars, asks.ComplementDollars)),
            Volume24h = isQuiet ? null : flow.Volume,
            WhaleNet24h = isQuiet ? null : flow.WhaleNet,
        };
    }

    private struct Side
    {
        private long best;
        private Int128 notional;

        public long Shares { get; private set; }

        public readonly Price? Price => Shares == 0 ? null : Primitives.Price.FromMicros(best);

        public readonly Usdc Dollars => Usdc.FromMicros(Micros.Narrow(notional / Micros.PerUnit));

        public readonly Usdc ComplementDollars =>
            Usdc.FromMicros(Micros.Narrow(Shares - Micros.CeilDiv(notional, Micros.PerUnit)));

        public void Add(long price, long size)
        {
            best = Shares == 0 ? price : best;
            Shares += size;
            notional += (Int128)price * size;
        }
    }
}
