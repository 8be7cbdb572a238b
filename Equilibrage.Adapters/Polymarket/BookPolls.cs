using Equilibrage.Core.Observations;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Rest.Clob;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>
/// Quotes every market: the liveliest from books read now, some of the others in turn, the rest from the displayed
/// figures of the catalogue, which have no depth. One caller at a time.
/// </summary>
internal sealed class BookPolls(ClobClient clob, MarketClock clock)
{
    private const int MostLively = 500;
    private const int MostInTurn = 250;
    private const long WidestSpread = 50_000;
    private const long LowestMiddle = 50_000;
    private const long HighestMiddle = 950_000;

    // Older books say less than the displayed figures.
    private static readonly TimeSpan LongestUse = TimeSpan.FromHours(1);

    private readonly Dictionary<MarketId, MarketQuote> polled = [];
    private int turn;

    /// <summary>One quote per market, stamped with market time.</summary>
    /// <exception cref="Core.Ports.VenueUnavailableException">The exchange gave no books.</exception>
    public async Task<IReadOnlyList<MarketQuote>> QuoteAsync(
        IReadOnlyList<CatalogueRow> rows, CancellationToken cancellation)
    {
        var byToken = Choose(rows).ToDictionary(row => row.Market.TokenYes);
        foreach (var part in byToken.Keys.Chunk(ClobClient.LargestBatch))
        {
            var books = (await clob.GetBooksAsync(part, cancellation)).Require("books");
            foreach (var book in books)
                Hear(book);
            foreach (var book in books)
            {
                if (byToken.TryGetValue(new(book.AssetId), out var row))
                    polled[row.Market.Id] = BookQuote.Of(row.Market.Id, book, row.Volume24h, clock.Now);
            }
        }

        var now = clock.Now;
        Forget(now);
        return [.. rows.Select(row => polled.GetValueOrDefault(row.Market.Id) ?? Displayed(row, now))];
    }

    private void Hear(BookReply book)
    {
        if (book.Timestamp is { } time)
            clock.Hear(time);
    }

    private List<CatalogueRow> Choose(IReadOnlyList<CatalogueRow> rows)
    {
        var chosen = rows.Where(IsLively).OrderByDescending(row => row.Liquidity).Take(MostLively).ToList();
        if (chosen.Count < rows.Count)
        {
            var known = chosen.Select(row => row.Market.Id).ToHashSet();
            for (var i = 0; i < Math.Min(MostInTurn, rows.Count); i++)
            {
                var row = rows[(int)((turn + (long)i) % rows.Count)];
                if (known.Add(row.Market.Id))
                    chosen.Add(row);
            }

            turn = (int)((turn + (long)MostInTurn) % rows.Count);
        }

        return chosen;
    }

    private static bool IsLively(CatalogueRow row) => row is { Bid: { } bid, Ask: { } ask }
        && ask.ToMicros - bid.ToMicros is >= 0 and <= WidestSpread
        && (ask.ToMicros + bid.ToMicros) / 2 is >= LowestMiddle and <= HighestMiddle;

    private static MarketQuote Displayed(CatalogueRow row, DateTimeOffset now) => new()
    {
        MarketId = row.Market.Id,
        At = now,
        BidYes = row.Bid,
        AskYes = row.Ask,
        BidNo = row.Ask?.Complement,
        AskNo = row.Bid?.Complement,
        Volume24h = row.Volume24h,
    };

    private void Forget(DateTimeOffset now)
    {
        var old = polled.Where(entry => now - entry.Value.At > LongestUse).Select(entry => entry.Key).ToList();
        old.ForEach(id => polled.Remove(id));
    }
}
