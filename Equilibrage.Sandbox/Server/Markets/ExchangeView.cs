using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Simulation;

namespace Equilibrage.Sandbox.Server.Markets;

/// <summary>What everybody may see of the exchange: markets, books, last trades.</summary>
internal sealed class ExchangeView(PracticeExchange exchange, MarketIndex index, LastPrints prints)
{
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
        var (time, kept) = await exchange.LookAsync(
            venue => (venue.MarketTime, found.Select(each => Kept(venue, each.Entry, each.Outcome)).ToList()),
            cancellation);
        return [.. found.Select((each, i) => View(each.Entry, each.Outcome, kept[i], time))];
    }

    /// <summary>A market's last trade, or null when there was none for a day.</summary>
    public PublicPrint? LastPrint(MarketEntry entry) =>
        prints.Find(entry.Listing, exchange.MarketTime.ToUnixTimeSeconds());

    private static BookSnapshot? Kept(SimulatedVenue venue, MarketEntry entry, Outcome outcome) =>
        venue.KeptBook(entry.Market.Token(outcome));

    private TokenBook View(MarketEntry entry, Outcome outcome, BookSnapshot? kept, DateTimeOffset time)
    {
        var second = time.ToUnixTimeSeconds();
        return new(
            entry, outcome, kept ?? MakerBook.At(entry.Listing, outcome, second), prints.Find(entry.Listing, second),
            time.ToUnixTimeMilliseconds());
    }
}
