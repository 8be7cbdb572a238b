using Equilibrage.Core.Books;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Execution;

/// <summary>The worst price that an order may carry, as a distance from the price that was planned with.</summary>
public static class SlippageBound
{
    private const int Whole = 10_000;

    /// <summary>
    /// The planned price moved against us by <paramref name="bps"/> hundredths of a per cent, rounded outward to the
    /// grid, so that a coarse grid never forbids the very next price. Without a bound (0) the end of the scale.
    /// </summary>
    public static Price Limit(Side side, Price planned, decimal bps, TickSize tick)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bps);
        if (bps == 0)
            return side == Side.Buy ? tick.Floor(Price.One) : tick.Ceiling(Price.Zero);
        var factor = side == Side.Buy ? Whole + bps : Math.Max(0, Whole - bps);
        var micros = planned.ToMicros * factor / Whole;
        return side == Side.Buy
            ? tick.Ceiling(Price.FromMicros((long)Math.Min(Micros.PerUnit, decimal.Ceiling(micros))))
            : tick.Floor(Price.FromMicros((long)decimal.Floor(micros)));
    }

    /// <summary>Shares that a book offers (to a purchase) or wants (from a sale) at the limit or better.</summary>
    public static Quantity Depth(Book book, Side side, Price limit)
    {
        ArgumentNullException.ThrowIfNull(book);
        var total = Quantity.Zero;
        foreach (var level in (side == Side.Buy ? book.Asks : book.Bids).Levels)
        {
            if (side == Side.Buy ? level.Price > limit : level.Price < limit)
                break;
            total += level.Quantity;
        }

        return total;
    }
}
