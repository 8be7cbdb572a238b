using System.Buffers;
using Equilibrage.Adapters.Polymarket;
using Equilibrage.Core.Books;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Socket;

namespace Equilibrage.Tests.Support.Feed;

/// <summary>
/// An exchange's market channel as far as books go, with its faults, in one thread: true books, what each connection is
/// subscribed to, and frames in the real form.
/// </summary>
internal sealed class FeedExchange
{
    private readonly Dictionary<TokenId, Truth> truths = [];
    private readonly Dictionary<int, HashSet<TokenId>> connections = [];
    private long clock = 1_786_728_000_000;

    public FeedExchange(IEnumerable<TokenId> tokens)
    {
        foreach (var token in tokens)
        {
            var truth = new Truth { Book = new(token) };
            truth.Book.Apply([Level(40)], [Level(60)], default, default);
            truths.Add(token, truth);
        }
    }

    /// <summary>Frames on their way, in order, with their connection.</summary>
    public Queue<(int Connection, byte[] Frame)> Outbox { get; } = new();

    /// <summary>Tokens of which nothing is sent though they are subscribed.</summary>
    public HashSet<TokenId> Frozen { get; } = [];

    /// <summary>True while subscribing brings no snapshot.</summary>
    public bool SendsNoSnapshots { get; set; }

    /// <summary>True while REST does not answer.</summary>
    public bool IsRestDown { get; set; }

    /// <summary>True while REST answers with what it had when this began.</summary>
    public bool IsRestCached { get; set; }

    /// <summary>Time of the first change that nobody was told of, per token.</summary>
    public Dictionary<TokenId, DateTimeOffset> MissedAt { get; } = [];

    /// <summary>Time of the last change that nobody was told of, per token.</summary>
    public Dictionary<TokenId, DateTimeOffset> KeptBackAt { get; } = [];

    public Book Book(TokenId token) => truths[token].Book;

    public void Connect(int connection) => connections[connection] = [];

    public void Disconnect(int connection) => connections.Remove(connection);

    public bool IsConnected(int connection) => connections.ContainsKey(connection);

    public IEnumerable<int> Connections => connections.Keys;

    /// <summary>A client's frame.</summary>
    public void Receive(int connection, ReadOnlyMemory<byte> frame)
    {
        if (!connections.TryGetValue(connection, out var subscribed))
            return;
        var request = MarketSubscription.Read(frame) ?? throw new InvalidOperationException("No subscription frame.");
        if (request.Change == SubscriptionChange.Unsubscribe)
        {
            subscribed.ExceptWith(request.Tokens);
            return;
        }

        foreach (var token in request.Tokens.Where(truths.ContainsKey))
        {
            var isNew = subscribed.Add(token);
            if (isNew && !SendsNoSnapshots && !Frozen.Contains(token))
                Send(connection, Snapshot(token));
        }
    }

    /// <summary>Changes some levels of a token, so that the book never crosses, and tells it.</summary>
    public void Change(TokenId token, Random random, DateTimeOffset now)
    {
        clock += random.Next(1, 40);
        var truth = truths[token];
        var changes = new List<PriceChangeEntry>();
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var isBid = random.Next(2) == 0;
            var price = Price.FromMicros((isBid ? random.Next(30, 48) : random.Next(52, 70)) * 10_000);
            var size = random.Next(3) == 0 ? Quantity.Zero : Quantity.FromMicros(random.Next(1, 900) * 10_000);
            truth.Book.Set(isBid ? BookSide.Bid : BookSide.Ask, price, size, default, default);
            changes.Add(new(token, price, size, isBid ? Side.Buy : Side.Sell, $"{random.NextInt64():x16}", null, null));
        }

        truth.TimestampMs = clock;
        for (var index = 0; index < changes.Count; index++)
            changes[index] = changes[index] with { BestBid = truth.Book.BestBid, BestAsk = truth.Book.BestAsk };
        if (Frozen.Contains(token))
        {
            MissedAt.TryAdd(token, now);
            KeptBackAt[token] = now;
            return;
        }


        Broadcast(token, new MarketMessage.PriceChange(clock, new("0xabc"), changes));
    }

    /// <summary>A new grid: the levels stay.</summary>
    public void Retick(TokenId token) => Broadcast(token, new MarketMessage.TickSizeChange(
        clock, new("0xabc"), token, TickSize.Cent, TickSize.FromMicros(1_000)));

    /// <summary>A REST answer as of now; null when there is none.</summary>
    public PolledBook? Ask(TokenId token)
    {
        if (IsRestDown)
            return null;
        var truth = truths[token];
        if (!IsRestCached || truth.Cached is null)
            truth.Cached = new(truth.TimestampMs, SnapshotOf(truth.Book));
        return truth.Cached;
    }

    private static Level Level(int cents) =>
        new(Price.FromMicros(cents * 10_000), Quantity.FromMicros(5_000_000));

    private static BookSnapshot SnapshotOf(Book book) =>
        new(book.TokenId, book.Bids.Levels.ToArray(), book.Asks.Levels.ToArray());

    private MarketMessage.Book Snapshot(TokenId token)
    {
        var truth = truths[token];
        return new(truth.TimestampMs)
        {
            Market = new("0xabc"),
            Token = token,
            Hash = $"{truth.TimestampMs:x16}",
            Bids = truth.Book.Bids.Levels.ToArray(),
            Asks = truth.Book.Asks.Levels.ToArray(),
        };
    }

    private void Broadcast(TokenId token, MarketMessage message)
    {
        foreach (var (connection, subscribed) in connections)
        {
            if (subscribed.Contains(token))
                Send(connection, message);
        }
    }

    private void Send(int connection, MarketMessage message)
    {
        var frame = new ArrayBufferWriter<byte>();
        MarketFrameWriter.Write(frame, message);
        Outbox.Enqueue((connection, frame.WrittenSpan.ToArray()));
    }

    private sealed class Truth
    {
        public required Book Book { get; init; }

        public long TimestampMs { get; set; } = 1_786_728_000_000;

        public PolledBook? Cached { get; set; }
    }
}
