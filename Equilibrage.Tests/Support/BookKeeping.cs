using Equilibrage.Core.Books;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Support;

/// <summary>Books as a listener to the feed would have them.</summary>
internal static class BookKeeping
{
    public static void Apply(Dictionary<TokenId, Book> books, IReadOnlyList<FeedEvent> reports)
    {
        foreach (var report in reports)
        {
            if (report is FeedEvent.Snapshot snapshot)
                Book(books, snapshot.Book.TokenId).Apply(snapshot.Book, report.MarketTime, report.MarketTime);
            if (report is not FeedEvent.Changed changed)
                continue;
            foreach (var delta in changed.Deltas)
                Book(books, delta.TokenId).Apply(delta, report.MarketTime, report.MarketTime);
        }
    }

    public static void Apply(Dictionary<TokenId, Book> books, IReadOnlyList<VenueEvent> happened)
    {
        foreach (var each in happened)
        {
            if (each is VenueEvent.BookSeeded { View.Book: var whole })
                Book(books, whole.TokenId).Apply(whole, each.MarketTime, each.MarketTime);
            if (each is not VenueEvent.BookChanged changed)
                continue;
            foreach (var delta in changed.Deltas)
                Book(books, delta.TokenId).Apply(delta, each.MarketTime, each.MarketTime);
        }
    }

    private static Book Book(Dictionary<TokenId, Book> books, TokenId token)
    {
        if (!books.TryGetValue(token, out var book))
            books.Add(token, book = new(token));
        return book;
    }
}
