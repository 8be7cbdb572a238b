using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Observations;

namespace Equilibrage.Core.Execution;

/// <summary>The quote of a market as its two live books show it now.</summary>
public static class LiveQuote
{
    private const int Levels = 5;

    /// <summary>Reads best prices and depth of the best five levels.</summary>
    public static MarketQuote Of(Market market, Book yes, Book no)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(yes);
        ArgumentNullException.ThrowIfNull(no);
        var depths = new[]
        {
            yes.Depth(BookSide.Bid, Levels), yes.Depth(BookSide.Ask, Levels),
            no.Depth(BookSide.Bid, Levels), no.Depth(BookSide.Ask, Levels),
        };
        return new()
        {
            MarketId = market.Id,
            At = yes.MarketTime > no.MarketTime ? yes.MarketTime : no.MarketTime,
            BidYes = yes.BestBid,
            AskYes = yes.BestAsk,
            BidNo = no.BestBid,
            AskNo = no.BestAsk,
            BidDepthYes = yes.DepthShares(BookSide.Bid, Levels),
            BidDepthNo = no.DepthShares(BookSide.Bid, Levels),
            ThinDepth = depths.Min(),
        };
    }
}
