using Equilibrage.Core.Books;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Tests.Support.Trading;

/// <summary>Books from prices and sizes in plain decimals, in any order, known since the market's start.</summary>
internal static class BookBuilder
{
    public static Book Book(TokenId token, (decimal Price, decimal Size)[] bids, (decimal Price, decimal Size)[] asks)
    {
        var book = new Book(token);
        book.Apply(new BookSnapshot(token, Levels(bids), Levels(asks)), MarketBuilder.Start, MarketBuilder.Start);
        return book;
    }

    private static Level[] Levels((decimal Price, decimal Size)[] levels) =>
        [.. levels.Select(level => new Level(Price.FromDecimal(level.Price), Quantity.FromDecimal(level.Size)))];
}
