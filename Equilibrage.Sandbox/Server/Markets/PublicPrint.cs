using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;

namespace Equilibrage.Sandbox.Server.Markets;

/// <summary>One trade as everybody sees it.</summary>
/// <param name="Outcome">Outcome of the taker's token.</param>
/// <param name="Side">Taker's side.</param>
/// <param name="Price">Price of that token.</param>
/// <param name="Quantity">Shares.</param>
/// <param name="At">Market second.</param>
/// <param name="Key">Names the trade among all.</param>
internal sealed record PublicPrint(Outcome Outcome, Side Side, Price Price, Quantity Quantity, long At, string Key)
{
    private const long Hour = 3600;

    /// <summary>The price of a token, whichever outcome the taker traded.</summary>
    public Price PriceOf(Outcome outcome) => outcome == Outcome ? Price : Price.Complement;

    /// <summary>
    /// The crowd's trades of a market in a span of market seconds, newest first, at most so many: the flow of its hours
    /// at the quotes of their seconds.
    /// </summary>
    public static IReadOnlyList<PublicPrint> OfCrowd(Listing listing, long from, long to, int most)
    {
        var prints = new List<PublicPrint>();
        var orders = new List<TakerOrder>();
        var first = Math.Max(from, listing.Path.EarliestAt);
        for (var hour = to / Hour; hour >= first / Hour && prints.Count < most; hour--)
        {
            orders.Clear();
            listing.Takers.Collect((hour * Hour) - 1, (hour * Hour) + Hour - 1, orders);
            for (var i = orders.Count - 1; i >= 0 && prints.Count < most; i--)
            {
                if (orders[i].At >= from && orders[i].At <= to && Of(listing, orders[i], i) is { } print)
                    prints.Add(print);
            }
        }

        return prints;
    }

    private static PublicPrint? Of(Listing listing, in TakerOrder order, int number)
    {
        var (bid, ask) = listing.Makers.Best(listing.Path.At(order.At));
        var price = order.IsBid ? ask : bid;
        var size = price is <= 0 or >= Micros.PerUnit ? 0 : order.Dollars.ToMicros / price * Micros.PerUnit;
        if (size == 0)
            return null;
        // Half of those who want the second outcome buy it, the others sell the first.
        var isSecond = ((order.At + number) & 1) == 1;
        var key = FormattableString.Invariant($"{listing.Market.Id.Value}/{order.At}/{number}");
        return isSecond
            ? new(Outcome.No, order.IsBid ? Side.Sell : Side.Buy, Price.FromMicros(Micros.PerUnit - price),
                Quantity.FromMicros(size), order.At, key)
            : new(Outcome.Yes, order.IsBid ? Side.Buy : Side.Sell, Price.FromMicros(price),
                Quantity.FromMicros(size), order.At, key);
    }
}
