using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Sandbox.Universe;

/// <summary>The figures of a Gamma line from which a simulated listing starts.</summary>
internal static class GammaListing
{
    /// <summary>
    /// The listing of a mapped line. A missing side stays missing while the other is there; when both are, the
    /// displayed price stands in as the narrowest quote around it, so that the practice price begins where the real one
    /// was.
    /// </summary>
    public static ListingSeed Of(Market market, GammaMarket wire)
    {
        var (bid, ask) = (GammaMapping.Bid(wire), GammaMapping.Ask(wire));
        if (bid is null && ask is null && wire.PriceYes is { } shown && shown > Price.Zero && shown < Price.One)
            (bid, ask) = Around(shown, market.TickSize);
        if (bid >= ask)
            bid = null;
        return new()
        {
            Market = market,
            BestBid = bid,
            BestAsk = ask,
            Liquidity = wire.Liquidity ?? Usdc.Zero,
            Volume24h = wire.Volume24h ?? Usdc.Zero,
        };
    }

    private static (Price Bid, Price Ask) Around(Price shown, TickSize tick)
    {
        var (bid, ask) = (tick.Floor(shown), tick.Ceiling(shown));
        if (bid < ask)
            return (bid, ask);
        return bid.ToMicros > tick.ToMicros
            ? (Price.FromMicros(bid.ToMicros - tick.ToMicros), ask)
            : (bid, Price.FromMicros(ask.ToMicros + tick.ToMicros));
    }
}
