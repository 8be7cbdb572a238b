using Equilibrage.Core.Accounting;
using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Execution;

/// <summary>Orders that rest in the book: a maker's bids, and sales at a take-profit.</summary>
public static class RestingPlanner
{
    /// <summary>
    /// The post-only bid for what is missing of a leg; null when the book gives no price, or what is missing or left to
    /// spend is less than the market's smallest order.
    /// </summary>
    public static OrderCommand? Quote(EngineState state, Intent.QuoteLeg intent)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(intent);
        var position = state.Positions[intent.Position.Id];
        var leg = position.Leg(intent.Outcome);
        if (state.Catalog.Find(position.MarketId) is not { } market
            || QuotePrice(state, position, leg, market) is not { } price)
            return null;
        var budget = Usdc.Min(Usdc.Min(leg.Unspent, state.Settings.Limits.MaxOrder), state.Ledger.Available);
        var affordable = budget <= Usdc.Zero ? Quantity.Zero : Quantity.FromMicros(
            Micros.Narrow((Int128)budget.ToMicros * Micros.PerUnit / price.ToMicros));
        var shares = Quantity.Min(OneLegPolicy.Missing(leg), affordable.FloorTo(EntrySizer.Lot));
        return shares < market.MinimumOrderSize ? null : OrderCommands.Make(
            state, position, market, leg, Side.Buy, price, shares) with
        {
            Type = OrderType.Gtc, IsPostOnly = true,
        };
    }

    /// <summary>Where a leg's bid belongs now; null without a usable book or a price within the limits.</summary>
    public static Price? QuotePrice(EngineState state, Position position, Leg leg, Market market)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(position);
        ArgumentNullException.ThrowIfNull(leg);
        ArgumentNullException.ThrowIfNull(market);
        var book = state.Book(leg.TokenId);
        return !book.IsUsable ? null : MakerQuote.Bid(
            book, Resting(state, position, leg.Outcome), Resting(state, position, leg.Outcome.Other()),
            position.Execution.InsideTicks, OrderPlanner.BuyCap(state, position, leg, market), market.TickSize);
    }

    /// <summary>
    /// The sale of what is held of a leg that rests at its trigger or the next price above; null when that is no price,
    /// or less is held than the market's smallest order.
    /// </summary>
    public static OrderCommand? TakeProfit(EngineState state, Intent.RestProfit intent)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(intent);
        var position = state.Positions[intent.Position.Id];
        var leg = position.Leg(intent.Outcome);
        var shares = OrderPlanner.Sellable(state, leg);
        var price = intent.Trigger;
        if (price is <= 0 or >= 1 || state.Catalog.Find(position.MarketId) is not { } market
            || shares < market.MinimumOrderSize)
            return null;
        var limit = market.TickSize.Ceiling(Price.FromMicros((long)decimal.Ceiling(price * Micros.PerUnit)));
        return limit.ToDecimal() < price ? null : OrderCommands.Make(
            state, position, market, leg, Side.Sell, limit, shares) with
        {
            Type = OrderType.Gtc,
        };
    }

    // What of our bid may show in the book.
    private static Level? Resting(EngineState state, Position position, Outcome outcome)
    {
        var order = state.WorkingOrders(position.Id)
            .FirstOrDefault(order => order.Command.Outcome == outcome && order.Command.Side == Side.Buy);
        return order is null
            ? null
            : new(order.Command.Limit, order.Command.Quantity - Quantity.Min(order.Filled, order.Command.Quantity));
    }
}
