using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;

namespace Equilibrage.Sandbox.Server.Markets;

/// <summary>
/// A market's figures at a market second, as Gamma shows them: computed from the listing alone, so they lag behind what
/// users do to the book, as Gamma's do.
/// </summary>
/// <param name="BestBid">Best bid of the first outcome in micro-dollars; 0 when there is none.</param>
/// <param name="BestAsk">Best ask in micro-dollars; 1,000,000 when there is none.</param>
/// <param name="DayAgo">Middle 24 hours before, in micro-dollars, or null before the market had a price.</param>
/// <param name="Volume24h">Dollars traded in the last 24 full hours.</param>
/// <param name="Volume">Dollars traded in the last 30 days, or since the listing.</param>
internal readonly record struct PriceFigures(
    long BestBid, long BestAsk, long? DayAgo, Usdc Volume24h, Usdc Volume)
{
    private const long Hour = 3600;
    private const int DayHours = 24;
    private const int MonthHours = 30 * DayHours;

    /// <summary>Middle of the first outcome in micro-dollars.</summary>
    public long Middle => (BestBid + BestAsk) / 2;

    /// <summary>Middle of a listing's first outcome in micro-dollars.</summary>
    public static long MiddleOf(Listing listing, long second)
    {
        var (bid, ask) = listing.Makers.Best(listing.Path.At(second));
        return (bid + ask) / 2;
    }

    /// <summary>The figures of a market that is listed.</summary>
    public static PriceFigures Of(Listing listing, long second)
    {
        var (bid, ask) = listing.Makers.Best(listing.Path.At(second));
        long? before = null;
        if (second - (DayHours * Hour) >= listing.Path.EarliestAt)
        {
            var (oldBid, oldAsk) = listing.Makers.Best(listing.Path.At(second - (DayHours * Hour)));
            before = (oldBid + oldAsk) / 2;
        }

        var hours = (int)Math.Clamp((second - listing.Path.EarliestAt) / Hour, 0, MonthHours);
        var day = listing.Takers.FlowBefore(second, Math.Min(DayHours, hours)).Volume;
        return new(bid, ask, before, day, listing.Takers.FlowBefore(second, hours).Volume);
    }
}
