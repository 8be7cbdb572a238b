using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Simulation;

/// <content>Steps: settlement, resolution and new listings, the books that are kept.</content>
public sealed partial class SimulatedVenue
{
    private const int TakerReachTicks = 3;

    private readonly Dictionary<int, HotMarket> hotMarkets = [];
    private readonly List<int> wanted = [];
    private readonly MakerOrder[] ladder = new MakerOrder[Makers.MaximumOrders];

    /// <summary>
    /// Names the tokens whose books are wanted from now on, all others falling silent. A newly wanted token starts with
    /// a snapshot among the next events; tokens that are not listed are passed over.
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

    /// <summary>Sends snapshots of wanted tokens again, as after a loss; of all of them when none are named.</summary>
    public void Reseed(IReadOnlySet<TokenId>? tokens = null)
    {
        foreach (var index in wanted)
        {
            foreach (var token in hotMarkets[index].Wanted.Where(token => tokens is null || tokens.Contains(token)))
                Seed(hotMarkets[index], token);
        }
    }

    private void NextStep()
    {
        step++;
        var quiet = events.Count;
        SettleDue(Second);
        ResolveDue();
        MatchDelayed();
        UpdateBooks();
        if (events.Count == quiet)
            events.Add(new FeedEvent.Clock(MarketTime));
    }

    private void Await(TradeRow row, Market market, VenueOrderState order)
    {
        changes.Trades[row.Sequence] = row;
        settling.Enqueue(new(row, market, order), (row.SettlesAt, row.Sequence));
    }

    private void SettleDue(long second)
    {
        while (settling.TryPeek(out _, out var due) && due.At <= second)
            Settle(settling.Dequeue());
    }

    private void Settle(Settling item)
    {
        var row = item.Row;
        var draw = Noise.Below(Noise.Bits(key, 3, (ulong)row.Sequence), 1_000_000);
        var side = new MatchSide(row.AccountId, row.Outcome, row.Fill.Side, row.Fill.Notional, row.Fill.Fee);
        // A trade whose proceeds have been used is past failing, and so is one between two users.
        var isFailed = draw < options.FailuresPerMillion && row.IsWithCrowd && IsUnused(row)
            && ledger.TryReverse(item.Market, row.Fill.Quantity.ToMicros, side);
        if (isFailed)
        {
            item.Order.Void(row.Fill);
            changes.Touch(row.AccountId, item.Market);
        }

        var state = isFailed ? SettlementState.Failed : SettlementState.Confirmed;
        changes.Trades[row.Sequence] = row with { State = state };
        settled[row.Fill.TradeId] = !isFailed;
        events.Add(new FeedEvent.Settled(MarketTime, row.Fill.TradeId, !isFailed));
    }

    private bool IsUnused(TradeRow row) => row.Fill.Side == Side.Buy
        ? FreeShares(row.AccountId, row.Fill.TokenId) >= row.Fill.Quantity.ToMicros
        : FreeCash(row.AccountId) >= row.Fill.Notional - row.Fill.Fee;

    private void ResolveDue()
    {
        var listed = new List<Market>();
        foreach (var (ended, next) in board.AdvanceTo(Second))
        {
            var resolution = ended.Resolution;
            Close(ended, resolution);
            changes.Lifecycle.Add(new(resolution, next.Generation, next.Market));
            listed.Add(next.Market);
        }

        if (listed.Count > 0)
            events.Add(new FeedEvent.Listed(MarketTime, listed));
    }

    private void Close(Listing ended, Resolution resolution)
    {
        var market = ended.Market.Id;
        foreach (var order in open.Where(order => order.Command.MarketId == market).ToList())
        {
            (order.Status, order.Reason) = (OrderStatus.Expired, "The market has ended.");
            open.Remove(order);
            changes.Orders.Add(order);
            events.Add(new FeedEvent.OrderEnded(MarketTime, order.Id, OrderStatus.Expired, order.Reason));
        }

        if (hotMarkets.Remove(ended.Index, out var hot))
        {
            wanted.Remove(ended.Index);
            if (hot.Book is not null)
                changes.DroppedBooks.Add(market);
        }

        if (ledger.Knows(market))
            SettleAllOf(market);
        ledger.Resolve(ended.Market, resolution);
        events.Add(new FeedEvent.Resolved(MarketTime, resolution));
    }

    // Trades of a market that ends are settled first, so that every share knows what it pays.
    private void SettleAllOf(MarketId market)
    {
        var items = new List<Settling>();
        while (settling.TryDequeue(out var item, out _))
            items.Add(item);
        foreach (var item in items)
        {
            if (item.Row.MarketId == market)
                Settle(item);
            else
                settling.Enqueue(item, (item.Row.SettlesAt, item.Row.Sequence));
        }
    }

    private void MatchDelayed()
    {
        foreach (var order in open.Where(order => order.Status == OrderStatus.Delayed).ToList())
        {
            if (order.DueAtMs > Second * 1000 || board.Find(order.Command.MarketId) is not { } listing)
                continue;
            if (Execute(order, listing) is { } refusal)
                (order.Status, order.Reason) = (OrderStatus.Rejected, refusal);
            changes.Orders.Add(order);
            foreach (var fill in order.Fills)
                events.Add(new FeedEvent.Filled(MarketTime, fill, order.Status));
            if (order.IsOpen)
                continue;
            open.Remove(order);
            if (order.Status != OrderStatus.Filled)
                events.Add(new FeedEvent.OrderEnded(MarketTime, order.Id, order.Status, order.Reason ?? string.Empty));
        }
    }

    private void UpdateBooks()
    {
        var touched = hotMarkets.Where(entry => entry.Value.Book is not null)
            .Select(entry => entry.Key).Order().ToList();
        foreach (var index in touched)
            Update(hotMarkets[index]);
        var room = Math.Min(Math.Max(0, options.BooksPerStep - touched.Count), wanted.Count);
        for (var i = 0; i < room; i++)
            Update(hotMarkets[wanted[(int)(((step * room) + i) % wanted.Count)]]);
    }

    private void Update(HotMarket hot)
    {
        if (hot.Second == Second)
            return;
        var from = hot.Second;
        hot.Second = Second;
        var fair = hot.Listing.Path.At(Second);
        var (bids, asks) = hot.Listing.Makers.Ladder(fair, Second, Makers.MaximumLevels, ladder);
        var orderSpan = ladder.AsSpan(0, bids + asks);
        if (hot.Book is { } book)
        {
            // Takers come first and makers quote anew after them: without users' orders the flow leaves no trace.
            if (book.UserOrders > 0)
                Flow(hot, book, from);
            Requote(hot, book, orderSpan);
            hot.IsDirty = true;
            if (book.UserOrders == 0)
            {
                hot.Book = null;
                changes.DroppedBooks.Add(hot.Listing.Market.Id);
            }
        }

        Publish(hot, orderSpan);
        if (hot.IsIdle)
            hotMarkets.Remove(hot.Listing.Index);
    }

    private void Flow(HotMarket hot, ConditionBook book, long from)
    {
        var takers = new List<TakerOrder>();
        hot.Listing.Takers.Collect(from, Second, takers);
        var plan = new List<(RestingOrder Maker, long Size)>();
        var reach = TakerReachTicks * hot.Listing.Market.TickSize.ToMicros;
        foreach (var taker in takers)
        {
            if (book.BestFor(taker.IsBid) is not { } best)
                continue;
            plan.Clear();
            var size = Micros.Narrow((Int128)taker.Dollars.ToMicros * Micros.PerUnit / best);
            book.Plan(taker.IsBid, taker.IsBid ? best + reach : best - reach, size, plan);
            foreach (var (maker, part) in plan)
                Trade(hot, null, maker, part);
        }
    }

    private void Requote(HotMarket hot, ConditionBook book, ReadOnlySpan<MakerOrder> orderSpan)
    {
        var plan = new List<(RestingOrder Maker, long Size)>();
        foreach (var order in book.Keep(orderSpan))
        {
            plan.Clear();
            var rest = order.Size - book.Plan(order.IsBid, order.Price, order.Size, plan);
            foreach (var (maker, part) in plan)
                Trade(hot, null, maker, part);
            if (rest > 0)
                book.Insert(Resting(order, rest));
        }
    }

    private RestingOrder Resting(in MakerOrder order, long size) =>
        new(order.IsBid, order.Price, size, nextSequence++) { Identity = order.Identity };

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
        events.Add(new FeedEvent.Snapshot(MarketTime, hot.Published.Snapshot(hot.Listing.Market, outcome)));
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
        if (hot.Wanted.Count > 0)
        {
            var deltas = hot.Scratch.Since(hot.Published, hot.Listing.Market);
            if (deltas.Count > 0)
                events.Add(new FeedEvent.Changed(MarketTime, hot.Listing.Market.Id, deltas));
        }

        (hot.Published, hot.Scratch) = (hot.Scratch, hot.Published);
    }

    private static void Aggregate(ReadOnlySpan<MakerOrder> orderSpan, AxisLevels into)
    {
        into.Clear();
        foreach (var order in orderSpan)
            into.Add(order.IsBid, order.Price, order.Size);
    }

    private sealed record Settling(TradeRow Row, Market Market, VenueOrderState Order);

    private sealed class HotMarket(Listing listing)
    {
        public Listing Listing { get; } = listing;

        /// <summary>Order-level book; null while it is what the makers want and nothing else.</summary>
        public ConditionBook? Book { get; set; }

        /// <summary>Levels as they were last told.</summary>
        public AxisLevels Published { get; set; } = new();

        public AxisLevels Scratch { get; set; } = new();

        public HashSet<TokenId> Wanted { get; } = [];

        /// <summary>Market second of the step that the book stands at.</summary>
        public long Second { get; set; }

        /// <summary>True when the order-level book has changed since it was last recorded.</summary>
        public bool IsDirty { get; set; }

        public bool IsIdle => Book is null && Wanted.Count == 0;
    }
}
