using System.Buffers.Text;
using Equilibrage.Adapters.Polymarket;
using Equilibrage.Core.Books;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Sandbox;
using Microsoft.Extensions.Logging.Abstractions;

namespace Equilibrage.Tests.Integration.Exchange;

/// <summary>Keeps books by the events of the live feed, and counts what comes in on the way.</summary>
internal sealed class StreamFollower : IAsyncDisposable
{
    private readonly PolymarketConnection connection;
    private readonly PolymarketFeed feed;
    private readonly CancellationTokenSource end = new();
    private readonly Dictionary<TokenId, Book> books = [];
    private readonly SortedDictionary<long, int> clocks = [];
    private readonly Lock gate = new();
    private readonly Task reading;
    private long received;
    private long applied;

    public StreamFollower(Uri exchange)
    {
        connection = PolymarketConnection.OpenPublic(
            PolymarketOptions.Practice(exchange), TimeProvider.System, NullLoggerFactory.Instance);
        var access = connection.Access;
        var parts = FeedWiring.Parts(
            access, (PolymarketDirectory)connection.Markets, new(access.Clob, access.Gamma, access.Clock));
        feed = new(
            parts with
            {
                Record = (_, frame) => Receive(frame.Span),
                Applied = _ => Interlocked.Increment(ref applied),
            },
            access.MarketClock);
        reading = Task.Run(ReadAsync);
    }

    public FeedStatus Status => feed.Status;

    /// <summary>Frames taken from the sockets.</summary>
    public long Received => Interlocked.Read(ref received);

    /// <summary>Frames whose events have all been applied to the books here.</summary>
    public long Applied => Interlocked.Read(ref applied);

    public void Want(IReadOnlyCollection<TokenId> tokens) => feed.Want(tokens);

    public int CountCurrent()
    {
        lock (gate)
            return books.Values.Count(book => book.Trust == BookTrust.Current);
    }

    /// <summary>Market times, Unix milliseconds, of the steps from a time on that came on every connection.</summary>
    public IReadOnlyList<long> WholeSteps(DateTimeOffset from)
    {
        lock (clocks)
        {
            // The last one may still be under way on some.
            return [.. clocks.Where(step => step.Key > from.ToUnixTimeMilliseconds()).SkipLast(1)
                .Where(step => step.Value == feed.Status.OpenConnections).Select(step => step.Key)];
        }
    }

    /// <summary>Whether all books are those that the exchange has told of at this moment.</summary>
    public async Task<bool> IsAsOnAsync(PracticeExchange exchange, IReadOnlyList<TokenId> tokens)
    {
        var told = await exchange.AskAsync(venue => tokens.Select(venue.Book).ToList(), isChange: false, default);
        lock (gate)
            return told.Value!.All(view => view is not null && IsAs(view.Book));
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await connection.DisposeAsync();
        end.Dispose();
    }

    private bool IsAs(BookSnapshot told)
    {
        var other = new Book(told.TokenId);
        other.Apply(told, default, default);
        return books.TryGetValue(told.TokenId, out var book)
            && book.Bids.Levels.SequenceEqual(other.Bids.Levels) && book.Asks.Levels.SequenceEqual(other.Asks.Levels);
    }

    private void Receive(ReadOnlySpan<byte> frame)
    {
        Interlocked.Increment(ref received);
        var name = "\"timestamp\":\""u8;
        if (frame.IndexOf("practice_clock"u8) < 0
            || !Utf8Parser.TryParse(frame[(frame.IndexOf(name) + name.Length)..], out long marketMs, out _))
            return;
        lock (clocks)
            clocks[marketMs] = clocks.GetValueOrDefault(marketMs) + 1;
    }

    private async Task ReadAsync()
    {
        await foreach (var report in feed.ReadAsync(end.Token))
        {
            lock (gate)
                Apply(report);
        }
    }

    private void Apply(FeedEvent report)
    {
        switch (report)
        {
            case FeedEvent.Snapshot snapshot:
                Of(snapshot.Book.TokenId).Apply(snapshot.Book, report.MarketTime, report.MarketTime);
                break;
            case FeedEvent.Changed changed:
                foreach (var delta in changed.Deltas)
                    Of(delta.TokenId).Apply(delta, report.MarketTime, report.MarketTime);
                break;
            case FeedEvent.Lost lost:
                lost.Tokens.ToList().ForEach(token => Of(token).Distrust(BookTrust.Untrusted));
                break;
            case FeedEvent.Stale stale:
                stale.Tokens.ToList().ForEach(token => Of(token).Distrust(BookTrust.Stale));
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
