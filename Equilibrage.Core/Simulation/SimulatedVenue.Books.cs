using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <content>The books that are kept, who wants them, and what is told of them.</content>
public sealed partial class SimulatedVenue
{
    private const int TakerReachTicks = 3;
    private const long LowPrice = 40_000;
    private const long HighPrice = 960_000;

    private static readonly TickSize FineTick = TickSize.FromMicros(1_000);

    private readonly Dictionary<int, HotMarket> hotMarkets = [];
    private readonly List<int> wanted = [];
    private readonly MakerOrder[] ladder = new MakerOrder[Makers.MaximumOrders];
    private long bookVersion;

    /// <summary>
    /// Names the tokens whose books are wanted from now on, all others falling silent. A newly wanted token starts with
    /// its whole book among the next events; tokens that are not listed are passed over.
    /// </summary>
    public void SetWanted(IReadOnlyCollection<TokenId> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var before = hotMarkets.Values.SelectMany(hot => hot.Wanted).ToHashSet();
        foreach (var hot in hotMarkets.Values)
            hot.Wanted.Clear();
        wanted.Clear();
        foreach (var token in tokens)
        {
            if (board.Find(token) is not { } listing)
                continue;
            var hot = Hot(listing);
            if (hot.Wanted.Count == 0)
                wanted.Add(listing.Index);
            hot.Wanted.Add(token);
        }

        foreach (var token in tokens)
        {
            if (!before.Contains(token) && board.Find(token) is { } listing)
                Seed(hotMarkets[listing.Index], token);
        }

        foreach (var index in hotMarkets.Where(entry => entry.Value.IsIdle).Select(entry => entry.Key).ToList())
            hotMarkets.Remove(index);
    }

    /// <summary>Sends the books of wanted tokens again, as after a loss; of all of them when none are named.</summary>
    public void Reseed(IReadOnlySet<TokenId>? tokens = null)
    {
        foreach (var index in wanted)
        {
            foreach (var token in hotMarkets[index].Wanted.Where(token => tokens is null || tokens.Contains(token)))
                Seed(hotMarkets[index], token);
        }
    }

    /// <summary>
    /// A token's book as it was last told, or, of a market that nobody follows, as it would be now; null when the token
    /// is not listed. Changes nothing.
    /// </summary>
    public BookView? Book(TokenId token)
    {
        if (board.Find(token) is not { } listing)
            return null;
        var outcome = token == listing.Market.TokenYes ? Outcome.Yes : Outcome.No;
        if (hotMarkets.TryGetValue(listing.Index, out var hot))
            return View(hot, outcome);
        var levels = new AxisLevels();
        Read(listing, levels);
        return new(listing.Market.Id, levels.Snapshot(listing.Market, outcome), 0, MarketTime);
    }

    private static BookView View(HotMarket hot, Outcome outcome) => new(
        hot.Listing.Market.Id, hot.Published.Snapshot(hot.Listing.Market, outcome), hot.Version,
        DateTimeOffset.FromUnixTimeSeconds(hot.Second));

    private HotMarket Hot(Listing listing)
    {
        if (!hotMarkets.TryGetValue(listing.Index, out var hot))
        {
            hotMarkets.Add(listing.Index, hot = new(listing) { Second = Second });
            Read(listing, hot.Published);
        }

        return hot;
    }

    // The book with an order-level inside, brought to the present step.
    private HotMarket Touch(Listing listing)
    {
        var hot = Hot(listing);
        Update(hot);
        if (!hotMarkets.ContainsKey(listing.Index))
            hotMarkets.Add(listing.Index, hot);
        if (hot.Book is null)
        {
            hot.Book = new();
            changes.DroppedBooks.Remove(listing.Market.Id);
            var (bids, asks) = listing.Makers.Ladder(listing.Path.At(Second), Second, Makers.MaximumLevels, ladder);
            foreach (var order in ladder.AsSpan(0, bids + asks))
                hot.Book.Insert(Resting(order, order.Size));
        }

        hot.IsDirty = true;
        return hot;
    }

    private void Seed(HotMarket hot, TokenId token)
    {
        Update(hot);
        var outcome = token == hot.Listing.Market.TokenYes ? Outcome.Yes : Outcome.No;
        events.Add(new VenueEvent.BookSeeded(View(hot, outcome)));
    }

    private void Read(Listing listing, AxisLevels into)
    {
        var (bids, asks) = listing.Makers.Ladder(listing.Path.At(Second), Second, Makers.MaximumLevels, ladder);
        Aggregate(ladder.AsSpan(0, bids + asks), into);
    }

    private void Publish(HotMarket hot, ReadOnlySpan<MakerOrder> orderSpan = default)
    {
        if (hot.Book is { } book)
            book.CopyTo(hot.Scratch);
        else
            Aggregate(orderSpan, hot.Scratch);
        var before = hot.Published;
        (hot.Published, hot.Scratch) = (hot.Scratch, hot.Published);
        if (hot.Wanted.Count == 0)
            return;
        var deltas = hot.Published.Since(before, hot.Listing.Market);
        if (deltas.Count == 0)
            return;
        hot.Version = ++bookVersion;
        events.Add(new VenueEvent.BookChanged(
            MarketTime, hot.Listing.Market.Id, deltas, hot.Published.Best, hot.Version));
    }

    private static void Aggregate(ReadOnlySpan<MakerOrder> orderSpan, AxisLevels into)
    {
        into.Clear();
        foreach (var order in orderSpan)
            into.Add(order.IsBid, order.Price, order.Size);
    }

    private sealed class HotMarket(Listing listing)
    {
        public Listing Listing { get; } = listing;

        /// <summary>Order-level book; null while it is what the makers want and nothing else.</summary>
        public ConditionBook? Book { get; set; }

        /// <summary>Levels as they were last told.</summary>
        public AxisLevels Published { get; set; } = new();

        public AxisLevels Scratch { get; set; } = new();

        public HashSet<TokenId> Wanted { get; } = [];

        /// <summary>Version of what was last told; 0 before the first change.</summary>
        public long Version { get; set; }

        /// <summary>Market second of the step that the book stands at.</summary>
        public long Second { get; set; }

        /// <summary>True when the order-level book has changed since it was last recorded.</summary>
        public bool IsDirty { get; set; }

        public bool IsIdle => Book is null && Wanted.Count == 0;
    }
}
