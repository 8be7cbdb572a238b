using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <content>Orders: arrival, checks, cancellation.</content>
public sealed partial class SimulatedVenue
{
    private static readonly Usdc SmallestPurchase = Usdc.FromMicros(Micros.PerUnit);
    private static readonly Usdc Cent = Usdc.FromMicros(10_000);

    // A date must be so far ahead, and the venue lets go of the order so long before it.
    private static readonly TimeSpan NearestDate = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan DateMargin = TimeSpan.FromSeconds(60);

    /// <summary>An order of the desk in this process: as <see cref="Place"/>, with its fills in the answer.</summary>
    public SubmitAnswer Submit(AccountId account, PreparedOrder prepared)
    {
        var placed = Place(account, VenueOrderRequest.From(prepared));
        return placed.Order is { } order
            ? new(order.Status, orders[order.Id].Fills(), order.Reason)
            : new(OrderStatus.Rejected, [], placed.Refusal!.Message);
    }

    /// <summary>
    /// Takes an order of an account, which is opened with the practice capital when it is new. It is matched against
    /// the present book, or, where the market holds what would take for a step or longer, answered as
    /// <see cref="OrderStatus.Delayed"/> and matched at the first step after that.
    /// </summary>
    public Placement Place(AccountId account, VenueOrderRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        EnsureAccount(account);
        var listing = board.Find(request.MarketId);
        if (Refuse(request, listing) is { } refusal)
            return new(null, [], refusal);
        var delay = DelayOf(request, listing!);
        var order = new VenueOrderState(request, accounts[account], listing!.Market.Fees!)
        {
            Sequence = nextSequence++,
            PlacedAt = MarketTime,
            DueAtMs = delay > 0 ? (Second * 1000) + delay : 0,
        };
        if (RefuseBalance(order) is { } short_)
            return new(null, [], short_);
        if (delay > 0)
        {
            order.Status = OrderStatus.Delayed;
            Register(order);
            events.Add(new VenueEvent.OrderPlaced(MarketTime, order.View()));
            return new(order.View(), [], null);
        }

        var (pieces, late) = Execute(order, listing);
        if (late is not null)
            return new(null, [], late);
        Register(order);
        var miss = order.Refusal is { } kind ? new OrderRefusal(kind, order.Reason!) : null;
        return new(order.View(), [.. pieces.Select(piece => piece.Trade)], miss);
    }

    /// <summary>
    /// Cancels an order whoever owns it. One that already ended is answered as it is, one that is held before matching
    /// too; an unknown id is answered as canceled, and refused should it still arrive.
    /// </summary>
    public VenueOrder Cancel(VenueOrderId id)
    {
        if (!orders.TryGetValue(id, out var order))
        {
            Bury(id);
            return new(id, OrderStatus.Canceled, [], "No order with this id has arrived; it will be refused.");
        }

        if (order.IsOpen && order.Status != OrderStatus.Delayed)
            End(order, OrderStatus.Canceled, "Canceled on request.");
        return order.Summary();
    }

    /// <summary>
    /// Cancels those of the given orders that are an account's and still rest. An id that is unknown is refused should
    /// it still arrive.
    /// </summary>
    public Cancellation Cancel(AccountId account, IReadOnlyCollection<VenueOrderId> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var canceled = new List<VenueOrderId>();
        var others = new Dictionary<VenueOrderId, string>();
        foreach (var id in ids.Distinct())
        {
            if (!orders.TryGetValue(id, out var order))
                Bury(id);
            if (order is null || order.Account.Id != account)
                others[id] = "order can't be found - already canceled or matched";
            else if (!order.IsOpen)
                others[id] = "already canceled or matched";
            else if (order.Status == OrderStatus.Delayed)
                others[id] = "order is delayed and can't be canceled yet";
            else
            {
                End(order, OrderStatus.Canceled, "Canceled on request.");
                canceled.Add(id);
            }
        }

        return new(canceled, others);
    }

    /// <summary>
    /// Cancels an account's resting orders: all of them, or those of a market, of a token, or of an owner text.
    /// </summary>
    public Cancellation CancelAll(
        AccountId account, MarketId? market = null, TokenId? token = null, string? owner = null)
    {
        var ids = accounts.TryGetValue(account, out var state)
            ? state.Open
                .Where(order => market is null || order.Request.MarketId == market)
                .Where(order => token is null || order.Request.TokenId == token)
                .Where(order => owner is null || order.Request.Owner == owner)
                .Select(order => order.Id).ToList()
            : [];
        return Cancel(account, ids);
    }

    private void Bury(VenueOrderId id)
    {
        if (tombstones.Add(id))
            changes.Tombstones.Add(id);
    }

    private OrderRefusal? Refuse(VenueOrderRequest request, Listing? listing)
    {
        if (listing is null)
        {
            return board.EndOf(request.MarketId) is null
                ? new(RefusalKind.UnknownMarket, "No such market is listed.")
                : new(RefusalKind.MarketClosed, "The market has ended.");
        }

        if (!listing.Market.IsTradable)
            return new(RefusalKind.MarketClosed, "The market takes no orders.");
        if (listing.Market.Token(request.Outcome) != request.TokenId)
            return new(RefusalKind.UnknownMarket, "The token is not that outcome of that market.");
        if (orders.ContainsKey(request.Id))
            return new(RefusalKind.Duplicate, "Duplicated: an order with this id has arrived before.");
        if (tombstones.Contains(request.Id))
            return new(RefusalKind.CanceledBefore, "The order was canceled before it arrived.");
        return RefuseForm(request) ?? RefuseSize(request, listing.Market) ?? RefuseDate(request);
    }

    private static OrderRefusal? RefuseForm(VenueOrderRequest request)
    {
        var takesOnly = request.Type is OrderType.Fak or OrderType.Fok;
        if (request.IsPostOnly && takesOnly)
            return new(RefusalKind.Malformed, "Post-only goes with orders that may rest.");
        if (request.Spend is not null && (!takesOnly || request.Side == Side.Sell))
            return new(RefusalKind.Malformed, "Dollars are for purchases that take at once.");
        return request.Type == OrderType.Gtd != request.ExpiresAt is not null
            ? new(RefusalKind.Malformed, "A date goes with GTD, and GTD with a date.")
            : null;
    }

    private static OrderRefusal? RefuseSize(VenueOrderRequest request, Market market)
    {
        if (!market.TickSize.IsOnGrid(request.Limit))
        {
            return new(
                RefusalKind.OffGrid,
                $"The price {request.Limit} is not on the market's grid of {market.TickSize}.");
        }

        if (request.Spend is { } spend && (spend <= Usdc.Zero || spend.ToMicros % Cent.ToMicros != 0))
            return new(RefusalKind.Amounts, "A purchase spends whole cents.");
        if (request.Quantity.IsZero || (request.Spend is null && request.Quantity.ToMicros % ConditionBook.Lot != 0))
            return new(RefusalKind.Amounts, "An order is over hundredths of a share.");
        if (request.Type is OrderType.Gtc or OrderType.Gtd)
        {
            return request.Quantity < market.MinimumOrderSize
                ? new(
                    RefusalKind.BelowMinimum,
                    $"The size {request.Quantity} is below the market's minimum of {market.MinimumOrderSize} shares.")
                : null;
        }

        return request.Side == Side.Buy ? RefuseSmall(request) : null;
    }

    private static OrderRefusal? RefuseSmall(VenueOrderRequest request) =>
        (request.Spend ?? request.Limit.CostOf(request.Quantity)) < SmallestPurchase
            ? new(RefusalKind.MarketableBelowMinimum, "A marketable purchase is at least $1.")
            : null;

    private OrderRefusal? RefuseDate(VenueOrderRequest request) =>
        request.ExpiresAt is { } date && date < MarketTime + NearestDate
            ? new(RefusalKind.Expiration, "The order's date is less than three minutes ahead.")
            : null;

    private OrderRefusal? RefuseBalance(VenueOrderState order)
    {
        var request = order.Request;
        var isSale = request.Side == Side.Sell;
        var amount = isSale ? request.Quantity.ToMicros : order.Amount().ToMicros;
        return Short(Figures(order.Account.Id, isSale ? request.TokenId : null, amount));
    }

    private static OrderRefusal? Short(BalanceFigures figures) => figures.Suffices
        ? null
        : new(
            RefusalKind.Balance,
            $"Not enough balance: {Micros.Format(figures.Balance)} are there, {Micros.Format(figures.Active)} kept "
            + $"for orders, {Micros.Format(figures.Matched)} for matches, {Micros.Format(figures.Order)} are needed.",
            figures);

    // Only what would take is held; what rests or is refused gives nobody a reason to withdraw.
    private long DelayOf(VenueOrderRequest request, Listing listing)
    {
        var delay = listing.TakerDelayMs;
        if (delay < options.StepSeconds * 1000L || request.IsPostOnly)
            return 0;
        var axis = request.Outcome == Outcome.Yes ? request.Limit : request.Limit.Complement;
        var isBid = (request.Side == Side.Buy) == (request.Outcome == Outcome.Yes);
        var best = Touch(listing).Book!.BestFor(isBid);
        return best is { } price && (isBid ? price <= axis.ToMicros : price >= axis.ToMicros) ? delay : 0;
    }

    private void Register(VenueOrderState order)
    {
        orders.Add(order.Id, order);
        order.Account.Add(order);
        if (order.IsOpen)
            open.Add(order);
        changes.Orders.Add(order);
    }

    /// <summary>Ends an open order, and takes it out of its book.</summary>
    private void End(VenueOrderState order, OrderStatus status, string reason, RefusalKind? refusal = null)
    {
        if (board.Find(order.Request.MarketId) is { } listing && hotMarkets.TryGetValue(listing.Index, out var hot)
            && hot.Book?.Find(order) is { } resting)
        {
            hot.Book.Remove(resting);
            hot.IsDirty = true;
            Publish(hot);
        }

        (order.Status, order.Reason, order.Refusal) = (status, reason, refusal);
        Retire(order);
        events.Add(new VenueEvent.OrderCanceled(MarketTime, order.View()));
    }

    private void Retire(VenueOrderState order)
    {
        open.Remove(order);
        order.Account.Close(order);
        changes.Orders.Add(order);
    }
}
