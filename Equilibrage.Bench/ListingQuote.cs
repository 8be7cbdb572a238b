using Equilibrage.Core.Observations;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;

namespace Equilibrage.Bench;

/// <summary>
/// A quote out of a listing's figures. The recorded file has no ladders, so a quarter of the resting dollars is taken
/// to lie on the best five levels of each side: good for timing a scan, not for judging a market.
/// </summary>
internal static class ListingQuote
{
    private const int SidesOfTwoBooks = 4;

    public static MarketQuote Of(ListingSeed listing, DateTimeOffset at)
    {
        var thin = Usdc.FromMicros(listing.Liquidity.ToMicros / SidesOfTwoBooks);
        return new()
        {
            MarketId = listing.Market.Id,
            At = at,
            BidYes = listing.BestBid,
            AskYes = listing.BestAsk,
            BidNo = listing.BestAsk?.Complement,
            AskNo = listing.BestBid?.Complement,
            BidDepthYes = Shares(thin, listing.BestBid),
            BidDepthNo = Shares(thin, listing.BestAsk?.Complement),
            ThinDepth = thin,
            Volume24h = listing.Volume24h,
        };
    }

    private static Quantity Shares(Usdc dollars, Price? price) => price is { ToMicros: > 0 } value
        ? Quantity.FromMicros(Micros.Narrow((Int128)dollars.ToMicros * Micros.PerUnit / value.ToMicros))
        : Quantity.Zero;
}
