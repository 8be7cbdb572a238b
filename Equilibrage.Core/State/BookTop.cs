using System.Globalization;
using Equilibrage.Core.Books;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <summary>Best prices of a book at the moment at which an order was decided.</summary>
/// <param name="Bid">Best bid; null without one.</param>
/// <param name="BidShares">Shares wanted there.</param>
/// <param name="Ask">Best ask; null without one.</param>
/// <param name="AskShares">Shares offered there.</param>
/// <param name="AgeMs">Market time since the book's last change, milliseconds.</param>
public sealed record BookTop(Price? Bid, Quantity BidShares, Price? Ask, Quantity AskShares, long AgeMs)
{
    /// <summary>The top of a book that may be believed; null of any other.</summary>
    public static BookTop? Of(Book? book, DateTimeOffset marketNow)
    {
        if (book is not { IsUsable: true })
            return null;
        var age = (long)(marketNow - book.MarketTime).TotalMilliseconds;
        return new(
            book.BestBid, book.Bids.Count > 0 ? book.Bids.Levels[0].Quantity : Quantity.Zero,
            book.BestAsk, book.Asks.Count > 0 ? book.Asks.Levels[0].Quantity : Quantity.Zero, Math.Max(age, 0));
    }

    /// <summary>The same in a sentence.</summary>
    public string Explain() => string.Create(
        CultureInfo.InvariantCulture,
        $"The book then: {Side("bid", Bid, BidShares)}, {Side("ask", Ask, AskShares)}, {AgeMs / 1000m:0.0} s old.");

    private static string Side(string name, Price? price, Quantity shares) => price is { } some
        ? string.Create(
            CultureInfo.InvariantCulture, $"{name} {some.ToDecimal() * 100:0.0#}¢ × {shares.ToDecimal():#,0.##}")
        : $"no {name}";
}
