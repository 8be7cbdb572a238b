using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <content>The record: what a keeper has to write before anyone is answered, and coming back from it.</content>
public sealed partial class SimulatedVenue
{
    /// <summary>
    /// Comes back to where a record left off. The universe must be the same; markets and prices follow from its clock.
    /// </summary>
    /// <exception cref="ArgumentException">A row names a market that this universe never had.</exception>
    public static SimulatedVenue Restore(IReadOnlyList<ListingSeed> listings, VenueOptions options, VenueRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var venue = new SimulatedVenue(listings, options)
        {
            step = record.Totals.Step,
            nextSequence = record.Totals.NextSequence,
        };
        venue.Load(record);
        return venue;
    }

    /// <summary>Rows that changed since the last call.</summary>
    public VenueRecord TakeChanges()
    {
        var books = changes.DroppedBooks.Select(market => new BookRow(market, null)).ToList();
        foreach (var hot in hotMarkets.Values.Where(hot => hot.IsDirty))
        {
            hot.IsDirty = false;
            if (hot.Book is { } book)
                books.Add(new(hot.Listing.Market.Id, book.CrowdImage()));
        }

        var record = new VenueRecord
        {
            Totals = new(step, nextSequence, ledger.Crowd, ledger.Venue),
            Accounts = [.. changes.Accounts.Select(Row)],
            Holdings = [.. changes.Holdings.SelectMany(touched => Rows(touched.Account, touched.Market))],
            Orders = [.. changes.Orders.OrderBy(order => order.Sequence).Select(Row)],
            Trades = [.. changes.Trades.OrderBy(trade => trade.Key).Select(trade => trade.Value.Trade)],
            Lifecycle = [.. changes.Lifecycle],
            Actions = [.. changes.Actions],
            ForcedEnds = [.. changes.ForcedEnds],
            Ticks = [.. changes.Ticks.Select(board.Find).OfType<Listing>().Select(Row)],
            Tombstones = [.. changes.Tombstones],
            Books = books,
        };
        changes.Clear();
        return record;
    }

    private static TickRow Row(Listing listing) => new(listing.Market.Id, listing.Market.TickSize);

    private static OrderRow Row(VenueOrderState order) => new()
    {
        AccountId = order.Account.Id,
        Request = order.Request,
        Sequence = order.Sequence,
        Status = order.Status,
        Reason = order.Reason,
        Refusal = order.Refusal,
        IsEndedByResolution = order.IsEndedByResolution,
        DueAtMs = order.DueAtMs,
        PlacedAt = order.PlacedAt,
        Matched = Quantity.FromMicros(order.Matched),
    };

    private AccountRow Row(AccountId account) => new(account, accounts[account].Capital, ledger.Cash(account));

    private IEnumerable<HoldingRow> Rows(AccountId account, Market market) =>
        from outcome in Outcomes.Both
        let token = market.Token(outcome)
        select new HoldingRow(account, market.Id, token, outcome, Quantity.FromMicros(ledger.Shares(account, token)));

    private void Load(VenueRecord record)
    {
        var needed = record.Holdings.Select(row => row.MarketId)
            .Concat(record.Orders.Select(row => row.Request.MarketId)).ToHashSet();
        var ended = new Dictionary<MarketId, (Market Market, Resolution Resolution)>();
        foreach (var end in record.ForcedEnds)
            board.Force(end);
        foreach (var (old, _) in board.AdvanceTo(Second))
        {
            if (needed.Contains(old.Market.Id))
                ended.Add(old.Market.Id, (old.Market, old.Resolution));
        }

        foreach (var row in record.Ticks)
            board.Find(row.MarketId)?.Refine(row.Tick);
        foreach (var row in record.Accounts)
        {
            accounts.Add(row.AccountId, new(row.AccountId, row.Capital));
            ledger.Open(row.AccountId, row.Capital, row.Cash);
        }

        var markets = needed.ToDictionary(id => id, id => MarketOf(id, ended));
        foreach (var row in record.Holdings)
            ledger.RestoreShares(row.AccountId, markets[row.MarketId], row.Outcome, row.Quantity);
        foreach (var market in markets.Values)
            ledger.Settle(market, ended.TryGetValue(market.Id, out var end) ? end.Resolution : null);
        (ledger.Crowd, ledger.Venue) = (record.Totals.Crowd, record.Totals.Venue);
        tombstones.UnionWith(record.Tombstones);
        foreach (var row in record.Actions.OrderBy(row => row.Sequence))
            accounts[row.AccountId].Actions.Add(row);
        LoadOrders(record, markets);
        LoadBooks(record);
    }

    private Market MarketOf(
        MarketId id, Dictionary<MarketId, (Market Market, Resolution Resolution)> ended) =>
        board.Find(id)?.Market
        ?? (ended.TryGetValue(id, out var old) ? old.Market : throw new ArgumentException(
            $"The record names market {id}, which this universe never listed.", nameof(id)));

    private void LoadOrders(VenueRecord record, Dictionary<MarketId, Market> markets)
    {
        foreach (var row in record.Orders.OrderBy(row => row.Sequence))
        {
            var order = new VenueOrderState(
                row.Request, accounts[row.AccountId], markets[row.Request.MarketId].Fees!)
            {
                Sequence = row.Sequence,
                Status = row.Status,
                Reason = row.Reason,
                Refusal = row.Refusal,
                IsEndedByResolution = row.IsEndedByResolution,
                DueAtMs = row.DueAtMs,
                PlacedAt = row.PlacedAt,
                Matched = row.Matched.ToMicros,
            };
            orders.Add(order.Id, order);
            order.Account.Add(order);
            if (order.IsOpen)
                open.Add(order);
        }

        foreach (var trade in record.Trades.OrderBy(trade => trade.Sequence))
        {
            var state = new TradeState(trade, markets[trade.MarketId]);
            trades.Add(trade.Id, state);
            foreach (var side in trade.Makers.Prepend(trade.Taker).Where(side => side.AccountId is not null))
                orders[side.OrderId].Trades.Add(state);
            foreach (var account in AccountsOf(trade))
                accounts[account].Add(state);
            Schedule(state);
        }
    }

    private void LoadBooks(VenueRecord record)
    {
        foreach (var row in record.Books)
        {
            if (row.Crowd is not { } image || board.Find(row.MarketId) is not { } listing)
                continue;
            var hot = Hot(listing);
            hot.Book = new();
            hot.Book.Restore(image);
            foreach (var order in open)
            {
                if (order.Request.MarketId == row.MarketId && order.Status != OrderStatus.Delayed)
                    hot.Book.Insert(Resting(order));
            }

            hot.Book.CopyTo(hot.Published);
        }
    }

    private static RestingOrder Resting(VenueOrderState order) =>
        new(order.IsBid, order.AxisLimit.ToMicros, order.Remaining, order.Sequence) { Owner = order };

    // What has changed since the keeper last asked.
    private sealed class Changes
    {
        public HashSet<AccountId> Accounts { get; } = [];

        public HashSet<(AccountId Account, Market Market)> Holdings { get; } = [];

        public HashSet<VenueOrderState> Orders { get; } = [];

        public Dictionary<long, TradeState> Trades { get; } = [];

        public List<LifecycleRow> Lifecycle { get; } = [];

        public List<ChainActionRow> Actions { get; } = [];

        public List<ForcedEnd> ForcedEnds { get; } = [];

        public HashSet<MarketId> Ticks { get; } = [];

        public List<VenueOrderId> Tombstones { get; } = [];

        public HashSet<MarketId> DroppedBooks { get; } = [];

        public void Touch(AccountId account, Market market)
        {
            Accounts.Add(account);
            Holdings.Add((account, market));
        }

        public void Clear()
        {
            Accounts.Clear();
            Holdings.Clear();
            Orders.Clear();
            Trades.Clear();
            Lifecycle.Clear();
            Actions.Clear();
            ForcedEnds.Clear();
            Ticks.Clear();
            Tombstones.Clear();
            DroppedBooks.Clear();
        }
    }
}
