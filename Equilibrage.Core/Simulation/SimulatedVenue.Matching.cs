using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <content>Matching: who meets whom, the trades that come of it, and what is told of them.</content>
public sealed partial class SimulatedVenue
{
    /// <summary>
    /// Matches and rests an order; answers why it cannot be taken, if so, leaving everything as it was.
    /// </summary>
    private (IReadOnlyList<TradeState> Pieces, OrderRefusal? Refusal) Execute(VenueOrderState order, Listing listing)
    {
        var hot = Touch(listing);
        order.Sequence = nextSequence++;
        var plan = new List<(RestingOrder Maker, long Size)>();
        var isWhole = Plan(hot.Book!, order, plan);
        if (RefuseMatch(order, plan) is { } refusal)
            return ([], refusal);
        // What was held has been told of when it came.
        var isNews = order.DueAtMs == 0;
        if (order.Request.Type == OrderType.Fok && !isWhole)
        {
            Miss(order, RefusalKind.FokMiss, "FOK: not all of it can be had at this price.");
            return ([], null);
        }

        if (order.Request.Type == OrderType.Fak && plan.Count == 0)
        {
            Miss(order, RefusalKind.FakMiss, "FAK: nothing could be had at this price.");
            return ([], null);
        }

        order.Status = OrderStatus.Accepted;
        if (isNews)
            events.Add(new VenueEvent.OrderPlaced(MarketTime, order.View()));
        IReadOnlyList<TradeState> pieces = plan.Count > 0 ? Match(hot, order, plan) : [];
        Rest(order, hot, isWhole);
        foreach (var piece in pieces)
            Tell(piece, order);
        if (pieces.Count == 0 && !isNews)
            events.Add(new VenueEvent.OrderUpdated(MarketTime, order.View()));
        if (order.Status == OrderStatus.Canceled)
            events.Add(new VenueEvent.OrderCanceled(MarketTime, order.View()));
        Publish(hot);
        return (pieces, null);
    }

    /// <summary>Finds the makers; true when nothing of the order would be left.</summary>
    private static bool Plan(ConditionBook book, VenueOrderState order, List<(RestingOrder Maker, long Size)> plan)
    {
        var limit = order.AxisLimit.ToMicros;
        return order.Request.Spend is { } spend
            ? book.PlanDollars(order.IsBid, limit, spend.ToMicros, plan)
            : book.Plan(order.IsBid, limit, order.Remaining, plan) >= order.Remaining;
    }

    private OrderRefusal? RefuseMatch(VenueOrderState order, List<(RestingOrder Maker, long Size)> plan)
    {
        if (plan.Count == 0)
            return null;
        if (order.Request.IsPostOnly)
            return new(RefusalKind.PostOnlyCross, "Post-only: the order would take.");
        if (plan.Exists(match => ReferenceEquals(match.Maker.Owner?.Account, order.Account)))
        {
            return new(
                RefusalKind.SelfTrade, "The order would trade with another order of the same account.");
        }

        if (order.Request.Side == Side.Sell)
            return null;
        var (needed, found) = (Usdc.Zero, 0L);
        foreach (var (maker, size) in plan)
        {
            var (price, shares) = (order.OwnPrice(maker.Price), Quantity.FromMicros(size));
            needed += price.CostOf(shares) + order.Fees.TakerFee(price, shares);
            found += size;
        }

        if (order.MayRest)
        {
            needed += order.Request.Limit.CostOf(Quantity.FromMicros(order.Remaining - found));
            if (RefuseSmall(order.Request) is { } small)
                return small;
        }

        var account = order.Account;
        return Short(new(
            ledger.Cash(account.Id).ToMicros, account.ActiveCash(order).ToMicros, account.MatchedCash().ToMicros,
            needed.ToMicros));
    }

    private void Miss(VenueOrderState order, RefusalKind kind, string reason)
    {
        (order.Status, order.Reason, order.Refusal) = (OrderStatus.Canceled, reason, kind);
        events.Add(new VenueEvent.OrderCanceled(MarketTime, order.View()));
    }

    private void Rest(VenueOrderState order, HotMarket hot, bool isWhole)
    {
        if (isWhole)
        {
            order.Status = OrderStatus.Filled;
        }
        else if (order.MayRest)
        {
            order.Status = order.Matched > 0 ? OrderStatus.PartiallyFilled : OrderStatus.Accepted;
            hot.Book!.Insert(Resting(order));
        }
        else
        {
            (order.Status, order.Reason) =
                (OrderStatus.Canceled, "FAK: the rest could not be had at this price.");
        }
    }

    /// <summary>A user's order meets makers: one trade, or two when its settlement was ordered in part.</summary>
    private IReadOnlyList<TradeState> Match(
        HotMarket hot, VenueOrderState taker, List<(RestingOrder Maker, long Size)> plan) =>
        TakePartialFate(plan.Count)
            ? [MatchPiece(hot, taker, plan[..1]), MatchPiece(hot, taker, plan[1..])]
            : [MatchPiece(hot, taker, plan)];

    private TradeState MatchPiece(HotMarket hot, VenueOrderState taker, List<(RestingOrder Maker, long Size)> plan)
    {
        var sequence = nextSequence++;
        var request = taker.Request;
        var sides = new List<TradeSide>(plan.Count);
        var (notional, fee, shares) = (Usdc.Zero, Usdc.Zero, 0L);
        foreach (var (maker, size) in plan)
        {
            var (price, part) = (taker.OwnPrice(maker.Price), Quantity.FromMicros(size));
            sides.Add(maker.Owner is { } owner
                ? MakerSide(owner, part)
                : Crowd(hot, sequence, sides.Count, !taker.IsBid, maker.Price, part));
            notional += Worth(request.Side, price, part);
            fee += taker.Fees.TakerFee(price, part);
            shares += size;
            hot.Book!.Reduce(maker, size);
        }

        hot.IsDirty = true;
        var average = Micros.Narrow((Int128)notional.ToMicros * Micros.PerUnit / shares);
        return Register(hot, sequence, sides, new()
        {
            AccountId = taker.Account.Id,
            OrderId = taker.Id,
            Owner = request.Owner,
            TokenId = request.TokenId,
            Outcome = request.Outcome,
            Side = request.Side,
            Price = Price.FromMicros(average),
            Quantity = Quantity.FromMicros(shares),
            Notional = notional,
            Fee = fee,
        }, taker);
    }

    /// <summary>The crowd meets makers: users' parts become a trade, the rest leaves no trace but its print.</summary>
    private void MatchCrowd(HotMarket hot, bool isBid, List<(RestingOrder Maker, long Size)> plan)
    {
        if (plan.Count == 0)
            return;
        var sequence = nextSequence++;
        var sides = new List<TradeSide>();
        var (cost, shares) = ((Int128)0, 0L);
        foreach (var (maker, size) in plan)
        {
            if (maker.Owner is { } owner)
            {
                sides.Add(MakerSide(owner, Quantity.FromMicros(size)));
                cost += (Int128)maker.Price * size;
                shares += size;
            }

            hot.Book!.Reduce(maker, size);
        }

        hot.IsDirty = true;
        if (sides.Count == 0)
        {
            Print(hot, isBid, IsMirrored(sequence, 0), plan, null);
            return;
        }

        var average = Micros.Narrow(cost / shares);
        var taker = Crowd(hot, sequence, sides.Count, isBid, average, Quantity.FromMicros(shares));
        var trade = Register(hot, sequence, sides, taker, null);
        Tell(trade, null);
        Print(hot, isBid, taker.Outcome == Outcome.No, plan, trade.Trade.Id);
    }

    private TradeState Register(
        HotMarket hot, long sequence, List<TradeSide> makers, TradeSide taker, VenueOrderState? order)
    {
        var market = hot.Listing.Market;
        var state = new TradeState(
            new()
            {
                Id = new(DerivedId.Uuid("practice-trade", $"{options.Seed}", $"{sequence}")),
                Sequence = sequence,
                MarketId = market.Id,
                Status = TradeStatus.Matched,
                Taker = taker,
                Makers = makers,
                Fate = FateOf(sequence),
                MatchedAt = MarketTime,
                UpdatedAt = MarketTime,
            },
            market);
        Attach(state, order);
        Schedule(state);
        changes.Trades[sequence] = state;
        return state;
    }

    /// <summary>Gives a new trade to the orders and accounts that have part in it.</summary>
    private void Attach(TradeState state, VenueOrderState? taker)
    {
        trades.Add(state.Trade.Id, state);
        if (taker is not null)
        {
            taker.Matched += state.Trade.Taker.Quantity.ToMicros;
            taker.Trades.Add(state);
        }

        foreach (var side in state.Trade.Makers.Where(side => side.AccountId is not null))
        {
            var owner = orders[side.OrderId];
            owner.Matched += side.Quantity.ToMicros;
            owner.Trades.Add(state);
            owner.Status = owner.Remaining == 0 ? OrderStatus.Filled : OrderStatus.PartiallyFilled;
            if (!owner.IsOpen)
                Retire(owner);
            changes.Orders.Add(owner);
        }

        foreach (var account in AccountsOf(state.Trade))
            accounts[account].Add(state);
    }

    private static IEnumerable<AccountId> AccountsOf(VenueTrade trade) => trade.Makers.Prepend(trade.Taker)
        .Select(side => side.AccountId).OfType<AccountId>().Distinct();

    // First how the orders stand, then the trade that brought them there.
    private void Tell(TradeState state, VenueOrderState? taker)
    {
        foreach (var side in state.Trade.Makers.Where(side => side.AccountId is not null))
            events.Add(new VenueEvent.OrderUpdated(MarketTime, orders[side.OrderId].View()));
        if (taker is not null)
            events.Add(new VenueEvent.OrderUpdated(MarketTime, taker.View()));
        events.Add(new VenueEvent.TradeChanged(MarketTime, state.Trade));
        if (taker is null)
            return;
        foreach (var price in state.Trade.Makers.GroupBy(maker => maker.TokenId == state.Trade.Taker.TokenId
            ? maker.Price
            : maker.Price.Complement))
        {
            var shares = Quantity.FromMicros(price.Sum(maker => maker.Quantity.ToMicros));
            events.Add(new VenueEvent.Traded(
                MarketTime, state.Trade.MarketId, state.Trade.Taker.TokenId, state.Trade.Taker.Side, price.Key,
                shares, state.Trade.Id));
        }
    }

    private void Print(
        HotMarket hot, bool isBid, bool isMirrored, List<(RestingOrder Maker, long Size)> plan, TradeId? trade)
    {
        if (hot.Wanted.Count == 0 && trade is null)
            return;
        foreach (var price in plan.GroupBy(match => match.Maker.Price))
            Print(hot, isBid, isMirrored, price.Key, price.Sum(match => match.Size), trade);
    }

    private void Print(HotMarket hot, bool isBid, bool isMirrored, long axisPrice, long shares, TradeId? trade)
    {
        var market = hot.Listing.Market;
        var price = Price.FromMicros(isMirrored ? Micros.PerUnit - axisPrice : axisPrice);
        events.Add(new VenueEvent.Traded(
            MarketTime, market.Id, market.Token(isMirrored ? Outcome.No : Outcome.Yes),
            isBid != isMirrored ? Side.Buy : Side.Sell, price, Quantity.FromMicros(shares),
            trade));
    }

    private static TradeSide MakerSide(VenueOrderState maker, Quantity shares) => new()
    {
        AccountId = maker.Account.Id,
        OrderId = maker.Id,
        Owner = maker.Request.Owner,
        TokenId = maker.Request.TokenId,
        Outcome = maker.Request.Outcome,
        Side = maker.Request.Side,
        Price = maker.Request.Limit,
        Quantity = shares,
        Notional = Worth(maker.Request.Side, maker.Request.Limit, shares),
    };

    // Half of the crowd trades the other outcome's token, so that every kind of match occurs.
    private TradeSide Crowd(HotMarket hot, long sequence, int place, bool isBid, long axisPrice, Quantity shares)
    {
        var isMirrored = IsMirrored(sequence, place);
        var outcome = isMirrored ? Outcome.No : Outcome.Yes;
        var side = isBid != isMirrored ? Side.Buy : Side.Sell;
        var price = Price.FromMicros(isMirrored ? Micros.PerUnit - axisPrice : axisPrice);
        return new()
        {
            OrderId = new(DerivedId.Hex("practice-crowd", $"{options.Seed}", $"{sequence}", $"{place}")),
            TokenId = hot.Listing.Market.Token(outcome),
            Outcome = outcome,
            Side = side,
            Price = price,
            Quantity = shares,
            Notional = Worth(side, price, shares),
        };
    }

    private bool IsMirrored(long sequence, int place) =>
        (Noise.Bits(key, 4, ((ulong)sequence << 8) + (ulong)place) & 1) == 1;

    private static Usdc Worth(Side side, Price price, Quantity shares) =>
        side == Side.Buy ? price.CostOf(shares) : price.ProceedsOf(shares);
}
