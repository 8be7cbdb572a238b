using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest.Clob;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>Turns a price history into one middle per full hour.</summary>
internal static class HourlyMids
{
    /// <summary>
    /// Middles in micro-dollars at the full hours up to <paramref name="now"/>, oldest first: the last price at or
    /// before each. Hours before the first price are absent.
    /// </summary>
    public static IReadOnlyList<long> Of(IReadOnlyList<PricePoint> points, DateTimeOffset now, int hours)
    {
        var ordered = points.OrderBy(point => point.At).ToList();
        var last = now.ToUnixTimeSeconds() / 3600;
        var mids = new List<long>(hours);
        var next = 0;
        Price? price = null;
        for (var hour = last - hours + 1; hour <= last; hour++)
        {
            for (; next < ordered.Count && ordered[next].At.ToUnixTimeSeconds() <= hour * 3600; next++)
                price = ordered[next].Price;
            if (price is { } known)
                mids.Add(known.ToMicros);
        }

        return mids;
    }
}
