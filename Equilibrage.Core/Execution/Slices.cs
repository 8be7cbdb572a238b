using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Execution;

/// <summary>
/// Cuts what is wanted into orders that each take no more than a share of the visible depth; the next one is planned
/// after the last has ended, on the book as it is then.
/// </summary>
public static class Slices
{
    /// <summary>
    /// The next order's shares, on the lot grid. A rest too small to be ordered by itself goes with it.
    /// </summary>
    /// <param name="wanted">Shares still wanted.</param>
    /// <param name="depth">Shares within the price bound.</param>
    /// <param name="percent">Most of them that one order takes; 0 or 100 takes all.</param>
    /// <param name="smallest">Fewest shares that can be ordered.</param>
    public static Quantity Next(Quantity wanted, Quantity depth, decimal percent, Quantity smallest)
    {
        var most = percent is 0 or >= 100
            ? depth
            : Quantity.FromMicros((long)(depth.ToMicros * percent / 100));
        var slice = Quantity.Min(wanted, Quantity.Min(depth, most < smallest ? smallest : most));
        var rest = wanted - slice;
        if (!rest.IsZero && rest < smallest && wanted <= depth)
            slice = wanted;
        return slice.FloorTo(EntrySizer.Lot);
    }

    /// <summary>Fewest shares at a price that make a purchase of one dollar, on the lot grid.</summary>
    public static Quantity OneDollarAt(Price price)
    {
        if (price == Price.Zero)
            return Quantity.Zero;
        var micros = Micros.CeilDiv((Int128)Micros.PerUnit * Micros.PerUnit, price.ToMicros);
        var lots = Micros.CeilDiv(micros, EntrySizer.Lot.ToMicros);
        return Quantity.FromMicros(Micros.Narrow(lots * EntrySizer.Lot.ToMicros));
    }
}
