using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Sandbox.Server.Markets;

namespace Equilibrage.Sandbox.Server.Channels;

/// <summary>
/// One market that somebody follows: who does, and its book as it was last told, from which later followers start.
/// </summary>
internal sealed class MarketTopic(MarketEntry entry)
{
    private readonly SortedDictionary<long, long> bids = [];
    private readonly SortedDictionary<long, long> asks = [];

    /// <summary>The market.</summary>
    public MarketEntry Entry { get; set; } = entry;

    /// <summary>Who follows either token.</summary>
    public HashSet<MarketFollower> Followers { get; } = [];

    /// <summary>True once the book is known.</summary>
    public bool IsSeeded { get; private set; }

    /// <summary>Market time of the book, Unix milliseconds.</summary>
    public long TimestampMs { get; private set; }

    /// <summary>Best prices as they were last told.</summary>
    public BestPrices Best { get; set; }

    /// <summary>Replaces the book.</summary>
    public void Seed(BookSnapshot book, DateTimeOffset at)
    {
        bids.Clear();
        asks.Clear();
        var isMirrored = book.TokenId == Entry.Market.TokenNo;
        foreach (var level in book.Bids)
            Set(BookSide.Bid, level, isMirrored);
        foreach (var level in book.Asks)
            Set(BookSide.Ask, level, isMirrored);
        (IsSeeded, TimestampMs) = (true, at.ToUnixTimeMilliseconds());
        Best = new(
            bids.Count > 0 ? Price.FromMicros(bids.Keys.Last()) : null,
            asks.Count > 0 ? Price.FromMicros(asks.Keys.First()) : null);
    }

    /// <summary>Forgets the book until it is seeded anew.</summary>
    public void Forget() => IsSeeded = false;

    /// <summary>Changes the book.</summary>
    public void Apply(IReadOnlyList<BookDelta> deltas, DateTimeOffset at)
    {
        foreach (var delta in deltas)
        {
            if (delta.TokenId == Entry.Market.TokenYes)
                Set(delta.Side, new(delta.Price, delta.Quantity), isMirrored: false);
        }

        TimestampMs = at.ToUnixTimeMilliseconds();
    }

    /// <summary>The book of one token.</summary>
    public TokenBook Book(Outcome outcome, PublicPrint? last)
    {
        var isMirrored = outcome == Outcome.No;
        var bidLevels = bids.Reverse().Select(level => LevelOf(level, isMirrored)).ToList();
        var askLevels = asks.Select(level => LevelOf(level, isMirrored)).ToList();
        var token = Entry.Market.Token(outcome);
        var book = isMirrored
            ? new BookSnapshot(token, askLevels, bidLevels)
            : new BookSnapshot(token, bidLevels, askLevels);
        return new(Entry, outcome, book, last, TimestampMs);
    }

    private static Level LevelOf(KeyValuePair<long, long> level, bool isMirrored) => new(
        Price.FromMicros(isMirrored ? Micros.PerUnit - level.Key : level.Key), Quantity.FromMicros(level.Value));

    private void Set(BookSide side, in Level level, bool isMirrored)
    {
        var price = isMirrored ? level.Price.Complement.ToMicros : level.Price.ToMicros;
        var levels = (side == BookSide.Bid) != isMirrored ? bids : asks;
        if (level.Quantity.IsZero)
            levels.Remove(price);
        else
            levels[price] = level.Quantity.ToMicros;
    }
}
