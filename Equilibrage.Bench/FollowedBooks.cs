using Equilibrage.Core.Books;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Bench;

/// <summary>The books of a feed's reader, kept by its events as the desk keeps them.</summary>
internal sealed class FollowedBooks
{
    private readonly Dictionary<TokenId, Book> books = [];
    private readonly Lock gate = new();
    private long changes;

    /// <summary>Levels set and books replaced so far.</summary>
    public long Changes => Interlocked.Read(ref changes);

    /// <summary>Applies the feed's events until it is canceled.</summary>
    public async Task ReadAsync(IEventSource feed, CancellationToken cancellation)
    {
        await foreach (var report in feed.ReadAsync(cancellation))
        {
            lock (gate)
                Apply(report);
        }
    }

    /// <summary>How many books are current.</summary>
    public int CountCurrent()
    {
        lock (gate)
            return books.Values.Count(book => book.Trust == BookTrust.Current);
    }

    private void Apply(FeedEvent report)
    {
        switch (report)
        {
            case FeedEvent.Snapshot snapshot:
                Of(snapshot.Book.TokenId).Apply(snapshot.Book, report.MarketTime, report.MarketTime);
                Interlocked.Increment(ref changes);
                break;
            case FeedEvent.Changed changed:
                foreach (var delta in changed.Deltas)
                    Of(delta.TokenId).Apply(delta, report.MarketTime, report.MarketTime);
                Interlocked.Add(ref changes, changed.Deltas.Count);
                break;
            case FeedEvent.Lost lost:
                foreach (var token in lost.Tokens)
                    Of(token).Distrust(BookTrust.Untrusted);
                break;
            case FeedEvent.Stale stale:
                foreach (var token in stale.Tokens)
                    Of(token).Distrust(BookTrust.Stale);
                break;
        }
    }

    private Book Of(TokenId token)
    {
        if (!books.TryGetValue(token, out var book))
            books.Add(token, book = new(token));
        return book;
    }
}
