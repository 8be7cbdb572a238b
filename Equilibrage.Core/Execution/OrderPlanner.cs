using System.Globalization;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Execution;

/// <summary>
/// Turns "buy this leg" and "sell that leg" into an order: size, protective limit from a walk through the book, and ids
/// derived from the position and its sequence, so that planning again gives the same order.
/// </summary>
public static class OrderPlanner
{
    /// <summary>
    /// The order that buys what is missing of a leg; null when the book does not offer it within the limits.
    /// </summary>
    public static OrderCommand? Buy(EngineState state, Intent.BuyLeg intent)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(intent);
        var position = state.Positions[intent.Position.Id];
        var leg = position.Leg(intent.Outcome);
        var book = state.Book(leg.TokenId);
        if (!book.IsUsable || state.Catalog.Find(position.MarketId) is not { } market)
            return null;
        var budget = Usdc.Min(leg.Unspent, state.Ledger.Available);
        var cap = BuyCap(state, position, leg);
        var (affordable, _) = EntrySizer.Affordable(book.Asks.Levels, budget, cap, market.Fees ?? FeeSchedule.Free);
        var missing = leg.Planned - Quantity.Min(leg.Bought, leg.Planned);
        var shares = Quantity.Min(affordable, missing.FloorTo(EntrySizer.Lot));
        // The venue wants the whole order funded at its limit, which is dearer than the walk to it.
        var limit = market.TickSize.Ceiling(book.SweepShares(Side.Buy, shares).Worst);
        shares = EntrySizer.LargestWithin(
            new(limit, shares), state.Ledger.Available, market.Fees ?? FeeSchedule.Free);
        if (book.SweepShares(Side.Buy, shares).Notional < EntrySizer.MinimumTake)
            return null;
        return Command(state, position, market, leg, Side.Buy, limit, shares);
    }

    /// <summary>The order that sells what is held of a leg at what the book pays; null without a usable bid.</summary>
    public static OrderCommand? Sell(EngineState state, Intent.SellLeg intent)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(intent);
        var position = state.Positions[intent.Position.Id];
        var leg = position.Leg(intent.Outcome);
        var book = state.Book(leg.TokenId);
        var shares = leg.Held.FloorTo(EntrySizer.Lot);
        if (!book.IsUsable || shares.IsZero || state.Catalog.Find(position.MarketId) is not { } market)
            return null;
        var sweep = book.SweepShares(Side.Sell, shares);
        return sweep.Filled.IsZero ? null : Command(
            state, position, market, leg, Side.Sell, market.TickSize.Floor(sweep.Worst), shares);
    }

    /// <summary>
    /// Most that a working purchase can cost: limit times shares plus the fee at the limit, both rounded up.
    /// </summary>
    public static Usdc Reservation(OrderCommand command, Market market)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(market);
        return command.Limit.CostOf(command.Quantity)
            + (market.Fees ?? FeeSchedule.Free).TakerFeeBudget(command.Limit, command.Quantity);
    }

    /// <summary>The first leg keeps the price band; the second may cost what the pair limit leaves.</summary>
    private static Price BuyCap(EngineState state, Position position, Leg leg)
    {
        var other = position.Leg(leg.Outcome.Other());
        if (other.EntryPrice is not { } paid)
            return state.Settings.Eligibility.MaxAsk;
        var left = Math.Clamp(position.Rules.MaxPairCost - paid, 0m, 0.99m);
        return Price.FromMicros((long)(left * Micros.PerUnit));
    }

    private static OrderCommand Command(
        EngineState state, Position position, Market market, Leg leg, Side side, Price limit, Quantity shares)
    {
        var at = state.Now.RecordedAt.ToUnixTimeMilliseconds();
        var nth = (state.Sequence + 1).ToString(CultureInfo.InvariantCulture);
        return new()
        {
            ClientOrderId = new(DerivedId.Uuid("order", state.AccountId.Value, position.Id.Value, nth)),
            AccountId = state.AccountId,
            StrategyId = position.StrategyId,
            PositionId = position.Id,
            MarketId = market.Id,
            TokenId = leg.TokenId,
            Outcome = leg.Outcome,
            Side = side,
            Limit = limit,
            Quantity = shares,
            Type = OrderType.Fak,
            Salt = DerivedId.Salt("salt", state.AccountId.Value, position.Id.Value, nth),
            TimestampMs = at,
        };
    }
}
