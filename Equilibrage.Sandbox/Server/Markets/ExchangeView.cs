using System.Collections.Concurrent;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Simulation;
using Equilibrage.Sandbox.Server.Faults;

namespace Equilibrage.Sandbox.Server.Markets;

/// <summary>What everybody may see of the exchange: markets, books, last trades.</summary>
internal sealed class ExchangeView(
    PracticeExchange exchange, MarketIndex index, LastPrints prints, FaultPlan faults)
{
    private readonly ConcurrentDictionary<(long Rule, string Token), TokenBook> stale = new();

    /// <summary>All markets.</summary>
    public MarketIndex Index => index;

    /// <summary>Market time of the last step on record.</summary>
    public DateTimeOffset MarketTime => exchange.MarketTime;

    /// <summary>The market and outcome of a token, or null.</summary>
    public (MarketEntry Entry, Outcome Outcome)? Find(string token) => index.ByToken(token) is { } entry
        ? (entry, entry.Market.TokenYes.Value == token ? Outcome.Yes : Outcome.No)
        : null;

    /// <summary>Books of the tokens that have one, in the order asked.</summary>
    public async Task<IReadOnlyList<TokenBook>> BooksAsync(
        IReadOnlyCollection<string> tokens, CancellationToken cancellation)
    {
        var found = tokens.Select(Find).OfType<(MarketEntry Entry, Outcome Outcome)>()
            .Where(each => !each.Entry.HasEnded).ToList();
        if (found.Count == 0)
            return [];
        var books = await exchange.LookAsync(
            venue => found.Select(each => venue.Book(each.Entry.Market.Token(each.Outcome))).ToList(), cancellation);
        return [.. found.Zip(books).Where(each => each.Second is not null).Select(each => Served(View(
            each.First.Entry, each.First.Outcome, each.Second!)))];
    }

    /// <summary>A market's last trade, or null when there was none for a day.</summary>
    public PublicPrint? LastPrint(MarketEntry entry) =>
        prints.Find(entry.Listing, exchange.MarketTime.ToUnixTimeSeconds());

    // A stale cache serves what stood when it was first asked.
    private TokenBook Served(TokenBook book)
    {
        if (faults.IsEmpty)
        {
            stale.Clear();
            return book;
        }

        var token = book.Book.TokenId;
        return faults.Strike(FaultKind.StaleBook, new() { Assets = (token, null) }) is { } rule
            ? stale.GetOrAdd((rule.Id, token.Value), book)
            : book;
    }

    private TokenBook View(MarketEntry entry, Outcome outcome, BookView book) => new(
        entry, outcome, book.Book, prints.Find(entry.Listing, book.MarketTime.ToUnixTimeSeconds()),
        book.MarketTime.ToUnixTimeMilliseconds());
}
