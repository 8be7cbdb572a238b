using Equilibrage.Core.Books;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Execution;

/// <summary>Where a resting bid of ours belongs: at the best bid or inside the spread, never taking.</summary>
public static class MakerQuote
{
    /// <summary>
    /// The price for a bid; null when the book gives none below <paramref name="cap"/>. Our own orders, which the book
    /// shows like anybody's, are not competed with.
    /// </summary>
    /// <param name="book">The token's book.</param>
    /// <param name="ownBid">Our bid of this token, and its size that rests.</param>
    /// <param name="ownMirror">
    /// Our bid of the other token, which this book shows as an ask at one minus its price.
    /// </param>
    /// <param name="insideTicks">Ticks above the best bid.</param>
    /// <param name="cap">Highest price.</param>
    /// <param name="tick">The grid.</param>
    public static Price? Bid(Book book, Level? ownBid, Level? ownMirror, int insideTicks, Price cap, TickSize tick)
    {
        ArgumentNullException.ThrowIfNull(book);
        var mirrored = ownMirror is { } other ? new Level(other.Price.Complement, other.Quantity) : (Level?)null;
        if (BestOf(book.Bids, ownBid) is not { } bid || BestOf(book.Asks, mirrored) is not { } ask)
            return null;
        var wanted = bid.ToMicros + (insideTicks * tick.ToMicros);
        // Both of our bids together must stay below one dollar, or they would match each other.
        var below = ownMirror is { } rival ? Math.Min(ask.ToMicros, rival.Price.Complement.ToMicros) : ask.ToMicros;
        var highest = Math.Min(below - tick.ToMicros, cap.ToMicros);
        var price = tick.Floor(Price.FromMicros(Math.Clamp(Math.Min(wanted, highest), 0, Micros.PerUnit)));
        return price.ToMicros <= highest && price.ToMicros > 0 ? price : null;
    }

    private static Price? BestOf(Ladder ladder, Level? own)
    {
        foreach (var level in ladder.Levels)
        {
            if (own is { } ours && level.Price == ours.Price && level.Quantity <= ours.Quantity)
                continue;
            return level.Price;
        }

        return null;
    }
}
