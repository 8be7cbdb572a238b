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
    private static readonly Usdc OneCent = Usdc.FromMicros(10_000);

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
        var sweep = book.SweepShares(Side.Buy, shares);
        var limit = market.TickSize.Ceiling(sweep.Worst);
        var spend = Fund(limit, shares, FloorToCent(sweep.Notional), state.Ledger.Available, market);
        if (spend < EntrySizer.MinimumTake)
            return null;
        shares = Quantity.Min(shares, book.SweepDollars(Side.Buy, spend).Filled.FloorTo(EntrySizer.Lot));
        return Command(state, position, market, leg, Side.Buy, limit, shares) with { Spend = spend };
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
    /// What is set aside for a working purchase: its dollars, or limit times shares, plus the fee, all rounded up. Only
    /// prices that improve beyond the planned walk can cost a little more, by the fee on the shares that they add.
    /// </summary>
    public static Usdc Reservation(OrderCommand command, Market market)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(market);
        var atLimit = (market.Fees ?? FeeSchedule.Free).TakerFeeBudget(command.Limit, command.Quantity);
        return command.Spend is { } spend
            ? spend + FeeOf(spend, command.Limit, command.Quantity, market)
            : command.Limit.CostOf(command.Quantity) + atLimit;
    }

    // Shares times p(1 − p) at the average price bounds the sum over the levels of the walk.
    private static Usdc FeeOf(Usdc spend, Price limit, Quantity shares, Market market)
    {
        var fees = market.Fees ?? FeeSchedule.Free;
        if (shares.IsZero)
            return Usdc.Zero;
        var micros = Micros.Narrow((Int128)spend.ToMicros * Micros.PerUnit / shares.ToMicros);
        var average = Price.FromMicros(Math.Clamp(micros, 0, limit.ToMicros));
        return Usdc.Max(fees.TakerFeeBudget(average, shares), fees.TakerFeeBudget(limit, shares));
    }

    /// <summary>Most whole cents up to <paramref name="spend"/> that are free together with their fee.</summary>
    private static Usdc Fund(Price limit, Quantity shares, Usdc spend, Usdc available, Market market)
    {
        while (spend > Usdc.Zero && spend + FeeOf(spend, limit, shares, market) is var needed && needed > available)
            spend = FloorToCent(spend - Usdc.Max(needed - available, OneCent));
        return Usdc.Max(spend, Usdc.Zero);
    }

    private static Usdc FloorToCent(Usdc dollars) =>
        Usdc.FromMicros(dollars.ToMicros - (dollars.ToMicros % OneCent.ToMicros));

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
            Tick = market.TickSize,
            IsNegRisk = market.IsNegRisk,
            Salt = DerivedId.Salt("salt", state.AccountId.Value, position.Id.Value, nth),
            TimestampMs = at,
        };
    }
}
