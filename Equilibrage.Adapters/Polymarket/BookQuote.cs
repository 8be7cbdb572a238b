using Equilibrage.Core.Books;
using Equilibrage.Core.Observations;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest.Clob;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>The quote of a market from the whole book of its first outcome; the second outcome mirrors it.</summary>
internal static class BookQuote
{
    private const int QuotedLevels = 5;

    /// <summary>Best prices, and what lies on the best five levels.</summary>
    public static MarketQuote Of(MarketId market, BookReply book, Usdc? volume24h, DateTimeOffset at)
    {
        var bids = Best((book.Bids ?? []).OrderByDescending(level => level.Price));
        var asks = Best((book.Asks ?? []).OrderBy(level => level.Price));
        Price? bid = bids.Count > 0 ? bids[0].Price : null;
        Price? ask = asks.Count > 0 ? asks[0].Price : null;
        return new()
        {
            MarketId = market,
            At = at,
            BidYes = bid,
            AskYes = ask,
            BidNo = ask?.Complement,
            AskNo = bid?.Complement,
            BidDepthYes = Shares(bids),
            BidDepthNo = Shares(asks),
            ThinDepth = Usdc.Min(
                Usdc.Min(Dollars(bids), Dollars(asks)), Usdc.Min(MirroredDollars(bids), MirroredDollars(asks))),
            Volume24h = volume24h,
        };
    }

    // The exchange sends the best level last, and does not promise to.
    private static List<Level> Best(IEnumerable<BookLevel> ordered) => [.. ordered
        .Where(level => !level.Size.IsZero).Take(QuotedLevels).Select(level => new Level(level.Price, level.Size))];

    private static Quantity Shares(List<Level> levels) =>
        levels.Aggregate(Quantity.Zero, (sum, level) => sum + level.Quantity);

    private static Usdc Dollars(List<Level> levels) =>
        levels.Aggregate(Usdc.Zero, (sum, level) => sum + level.Price.ProceedsOf(level.Quantity));

    private static Usdc MirroredDollars(List<Level> levels) =>
        levels.Aggregate(Usdc.Zero, (sum, level) => sum + level.Price.Complement.ProceedsOf(level.Quantity));
}
