using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Execution;

/// <summary>What taking from a book costs or brings, fees included, level by level and without a limit.</summary>
public static class BookCost
{
    /// <summary>
    /// Dollars for buying shares from the asks, each level's cost and fee rounded up; null when they do not offer all.
    /// </summary>
    public static Usdc? OfBuying(Book book, Quantity shares, FeeSchedule fees)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(fees);
        var (cost, missing) = (Usdc.Zero, shares);
        foreach (var level in book.Asks.Levels)
        {
            if (missing.IsZero)
                break;
            var part = Quantity.Min(level.Quantity, missing);
            cost += level.Price.CostOf(part) + fees.TakerFeeBudget(level.Price, part);
            missing -= part;
        }

        return missing.IsZero ? cost : null;
    }

    /// <summary>
    /// Dollars for selling shares to the bids, each level's proceeds rounded down; what finds no bid brings nothing.
    /// </summary>
    public static Usdc OfSelling(Book book, Quantity shares, FeeSchedule fees)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(fees);
        var (proceeds, left) = (Usdc.Zero, shares);
        foreach (var level in book.Bids.Levels)
        {
            if (left.IsZero)
                break;
            var part = Quantity.Min(level.Quantity, left);
            proceeds += level.Price.ProceedsOf(part) - fees.TakerFeeBudget(level.Price, part);
            left -= part;
        }

        return proceeds;
    }
}
