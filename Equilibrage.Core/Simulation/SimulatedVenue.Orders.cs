using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Simulation;

/// <content>Orders: arrival, checks, matching, cancellation.</content>
public sealed partial class SimulatedVenue
{
    private static readonly Usdc SmallestPurchase = Usdc.FromMicros(Micros.PerUnit);

    /// <summary>
    /// Takes an order of an account. It is matched against the present book, or, when its latency is not below a step,
    /// answered <see cref="OrderStatus.Delayed"/> and matched at the first step after it.
    /// </summary>
    public SubmitAnswer Submit(AccountId account, PreparedOrder prepared)
    {
        ArgumentNullException.ThrowIfNull(prepared);
        var listing = board.Find(prepared.Command.MarketId);
        if (Refusal(account, prepared, listing) is { } refusal)
            return new(OrderStatus.Rejected, [], refusal);
        var order = new VenueOrderState(prepared, account, listing!.Market.Fees!, nextSequence++);
        var latency = LatencyMs(order);
        if (latency >= options.StepSeconds * 1000L)
        {
            order.Status = OrderStatus.Delayed;
            order.DueAtMs = (Second * 1000) + latency;
            Register(order);
            return new(OrderStatus.Delayed, []);
        }

        if (Execute(order, listing) is { } late)
            return new(OrderStatus.Rejected, [], late);
        Register(order);
        return new(order.Status, [.. order.Fills], order.Reason);
    }

    /// <summary>
    /// Cancels an order. One that already ended is answered as it is; an unknown id is answered as canceled, and
    /// refused should it still arrive.
    /// </summary>
    public VenueOrder Cancel(VenueOrderId id)
    {
        if (!orders.TryGetValue(id, out var order))
        {
            if (tombstones.Add(id))
                changes.Tombstones.Add(id);
            return new(id, OrderStatus.Canceled, [], "No order with this id has arrived; it will be refused.");
        }

        if (order.IsOpen)
            End(order, OrderStatus.Canceled, "Canceled on request.");
        return order.View();
    }

    private string? Refusal(AccountId account, PreparedOrder prepared, Listing? listing)
    {
        var command = prepared.Command;
        if (!ledger.Has(account))
            return $"There is no account {account} here.";
        if (orders.ContainsKey(prepared.VenueOrderId))
            return "Duplicated: an order with this id has arrived before.";
        if (tombstones.Contains(prepared.VenueOrderId))
            return "The order was canceled before it arrived.";
        if (listing is null || !listing.Market.IsTradable)
            return "The market is closed or unknown.";
        if (listing.Market.Token(command.Outcome) != command.TokenId)
            return "The token is not that outcome of that market.";
        if (command.Type == OrderType.Gtd)
            return "Orders with a date are not taken here; use GTC.";
        if (command.IsPostOnly && command.Type != OrderType.Gtc)
            return "Post-only goes with GTC alone.";
        if (!listing.Market.TickSize.IsOnGrid(command.Limit))
            return $"The price {command.Limit} is not on the market's grid of {listing.Market.TickSize}.";
        return SizeRefusal(command, listing.Market) ?? BalanceRefusal(account, command, listing.Market);
    }

    private static string? SizeRefusal(OrderCommand command, Market market)
    {
        if (command.Quantity.IsZero)
            return "An order needs shares.";
        if (command.Type == OrderType.Gtc)
        {
            return command.Quantity < market.MinimumOrderSize
                ? $"The size {command.Quantity} is below the market's minimum of {market.MinimumOrderSize} shares."
                : null;
        }

        return command.Side == Side.Buy && command.Limit.CostOf(command.Quantity) < SmallestPurchase
            ? "A marketable purchase is at least $1."
            : null;
    }

    private string? BalanceRefusal(AccountId account, OrderCommand command, Market market)
    {
        if (command.Side == Side.Sell)
        {
            var free = FreeShares(account, command.TokenId);
            return free < command.Quantity.ToMicros
                ? $"Not enough balance: {Micros.Format(free)} shares are free, {command.Quantity} are to be sold."
                : null;
        }

        // Up to the limit, price plus fee rises with the price, so the limit is the dearest case.
        var fee = command.Type == OrderType.Gtc
            ? Usdc.Zero
            : market.Fees!.TakerFeeBudget(command.Limit, command.Quantity);
        return CashRefusal(FreeCash(account), command.Limit.CostOf(command.Quantity) + fee);
    }

    private static string? CashRefusal(Usdc free, Usdc needed) =>
        free < needed ? $"Not enough balance: ${free} is free, ${needed} is needed." : null;

    private long LatencyMs(VenueOrderState order)
    {
        var (shortest, longest) = options.LatencyMs;
        var draw = Noise.Bits(key, 1, Noise.Key(options.Seed, order.Id.Value));
        return shortest + Noise.Below(draw, Math.Max(1, longest - shortest + 1));
    }

    private void Register(VenueOrderState order)
    {
        orders.Add(order.Id, order);
        if (order.IsOpen)
            open.Add(order);
        changes.Orders.Add(order);
    }

    /// <summary>
    /// Matches and rests an order; answers why it cannot be taken, if so, leaving everything as it was.
    /// </summary>
    private string? Execute(VenueOrderState order, Listing listing)
    {
        var hot = Touch(listing);
        order.Sequence = nextSequence++;
        var command = order.Command;
        var plan = new List<(RestingOrder Maker, long Size)>();
        var found = hot.Book!.Plan(order.IsBid, order.AxisLimit.ToMicros, order.Remaining, plan);
        if (command.IsPostOnly && found > 0)
            return "Post-only: the order would take.";
        if (plan.Exists(match => match.Maker.Owner?.Account == order.Account))
            return "The order would trade with another order of the same account.";
        if (command.Type == OrderType.Fok && found < order.Remaining)
        {
            (order.Status, order.Reason) = (OrderStatus.Canceled, "FOK: not all of it can be had at this price.");
            return null;
        }

        if (command.Side == Side.Buy && PurchaseRefusal(order, found, plan) is { } refusal)
            return refusal;
        foreach (var (maker, size) in plan)
            Trade(hot, order, maker, size);
        Place(order, hot);
        Publish(hot);
        return null;
    }

    private string? PurchaseRefusal(VenueOrderState order, long found, List<(RestingOrder Maker, long Size)> plan)
    {
        var needed = order.Command.Type == OrderType.Gtc
            ? order.Command.Limit.CostOf(Quantity.FromMicros(order.Remaining - found))
            : Usdc.Zero;
        foreach (var (maker, size) in plan)
        {
            var price = OwnPrice(order, maker.Price);
            var shares = Quantity.FromMicros(size);
            needed += price.CostOf(shares) + order.Fees.TakerFee(price, shares);
        }

        return CashRefusal(FreeCash(order.Account, order), needed);
    }

    private void Place(VenueOrderState order, HotMarket hot)
    {
        if (order.Remaining == 0)
        {
            order.Status = OrderStatus.Filled;
        }
        else if (order.Command.Type == OrderType.Gtc)
        {
            order.Status = order.Fills.Count > 0 ? OrderStatus.PartiallyFilled : OrderStatus.Accepted;
            hot.Book!.Insert(Resting(order));
        }
        else
        {
            order.Status = OrderStatus.Canceled;
            order.Reason = order.Fills.Count > 0
                ? "FAK: the rest could not be had at this price."
                : "FAK: nothing could be had at this price.";
        }
    }

    /// <summary>Executes one match; the taker is the crowd when <paramref name="taker"/> is null.</summary>
    private void Trade(HotMarket hot, VenueOrderState? taker, RestingOrder maker, long size)
    {
        var market = hot.Listing.Market;
        var makerOrder = maker.Owner;
        hot.Book!.Reduce(maker, size);
        hot.IsDirty = true;
        if (taker is null && makerOrder is null)
            return;
        var shares = Quantity.FromMicros(size);
        var takerSide = taker is null ? default : TakerSide(taker, maker.Price, shares);
        var makerSide = makerOrder is null
            ? Counter(takerSide, OwnPrice(taker!, maker.Price), shares)
            : MakerSide(makerOrder, shares);
        if (taker is null)
            takerSide = Counter(makerSide, makerOrder!.Command.Limit, shares);
        ledger.Match(market, size, takerSide, makerSide);
        var sequence = nextSequence++;
        var trade = new TradeId(DerivedId.Uuid("practice-trade", $"{options.Seed}", $"{sequence}"));
        var isWithCrowd = taker is null || makerOrder is null;
        if (taker is not null)
            Record(taker, hot, trade, sequence, takerSide, maker.Price, shares, Liquidity.Taker, isWithCrowd);
        if (makerOrder is null)
            return;
        var fill = Record(
            makerOrder, hot, trade, isWithCrowd ? sequence : nextSequence++, makerSide, maker.Price, shares,
            Liquidity.Maker, isWithCrowd);
        makerOrder.Status = makerOrder.Remaining == 0 ? OrderStatus.Filled : OrderStatus.PartiallyFilled;
        if (!makerOrder.IsOpen)
            open.Remove(makerOrder);
        events.Add(new FeedEvent.Filled(MarketTime, fill, makerOrder.Status));
    }

    private Fill Record(
        VenueOrderState order, HotMarket hot, TradeId trade, long sequence, in MatchSide side, long axisPrice,
        Quantity shares, Liquidity liquidity, bool isWithCrowd)
    {
        var fill = new Fill
        {
            TradeId = trade,
            VenueOrderId = order.Id,
            TokenId = order.Command.TokenId,
            Side = order.Command.Side,
            Price = OwnPrice(order, axisPrice),
            Quantity = shares,
            Notional = side.Notional,
            Fee = side.Fee,
            Liquidity = liquidity,
            ExecutedAt = MarketTime,
        };
        order.Add(fill);
        var (shortest, longest) = options.SettlementSeconds;
        var settlesAt = Second + shortest
            + Noise.Below(Noise.Bits(key, 2, (ulong)sequence), Math.Max(1, longest - shortest + 1));
        Await(new(
            order.Account, hot.Listing.Market.Id, order.Command.Outcome, sequence, fill, settlesAt,
            SettlementState.Matched, isWithCrowd), hot.Listing.Market, order);
        changes.Orders.Add(order);
        changes.Touch(order.Account, hot.Listing.Market);
        return fill;
    }

    private static MatchSide TakerSide(VenueOrderState taker, long axisPrice, Quantity shares)
    {
        var price = OwnPrice(taker, axisPrice);
        var notional = taker.Command.Side == Side.Buy ? price.CostOf(shares) : price.ProceedsOf(shares);
        var fee = taker.Fees.TakerFee(price, shares);
        return new(taker.Account, taker.Command.Outcome, taker.Command.Side, notional, fee);
    }

    private static MatchSide MakerSide(VenueOrderState maker, Quantity shares)
    {
        // A purchase in parts pays what its reservation shrinks by, so the parts never exceed what was kept aside.
        var limit = maker.Command.Limit;
        var rest = Quantity.FromMicros(maker.Remaining);
        var notional = maker.Command.Side == Side.Buy
            ? limit.CostOf(rest) - limit.CostOf(rest - shares)
            : limit.ProceedsOf(shares);
        return new(maker.Account, maker.Command.Outcome, maker.Command.Side, notional, Usdc.Zero);
    }

    // The crowd takes the other side of the same token.
    private static MatchSide Counter(in MatchSide side, Price price, Quantity shares) => side.Side == Side.Buy
        ? new(null, side.Outcome, Side.Sell, price.ProceedsOf(shares), Usdc.Zero)
        : new(null, side.Outcome, Side.Buy, price.CostOf(shares), Usdc.Zero);

    private static Price OwnPrice(VenueOrderState order, long axisPrice)
    {
        var price = Price.FromMicros(axisPrice);
        return order.Command.Outcome == Outcome.Yes ? price : price.Complement;
    }

    /// <summary>Ends an open order without an execution, and takes it out of its book.</summary>
    private void End(VenueOrderState order, OrderStatus status, string reason)
    {
        if (board.Find(order.Command.MarketId) is { } listing && hotMarkets.TryGetValue(listing.Index, out var hot)
            && hot.Book?.Find(order) is { } resting)
        {
            hot.Book.Remove(resting);
            hot.IsDirty = true;
            Publish(hot);
        }

        (order.Status, order.Reason) = (status, reason);
        open.Remove(order);
        changes.Orders.Add(order);
    }
}
