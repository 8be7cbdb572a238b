using Equilibrage.Core.Accounting;
using Equilibrage.Core.Books;
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
    /// The order that buys what is missing of a leg, or the next slice of it; null when the book does not offer it
    /// within the limits.
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
        var budget = Usdc.Min(Usdc.Min(leg.Unspent, state.Settings.Limits.MaxOrder), state.Ledger.Available);
        var cap = BuyCap(state, position, leg, market);
        if (book.BestAsk is { } best && state.Settings.Limits.WorstPurchase(best) is var worst && worst < cap)
            cap = worst;
        var (affordable, _) = EntrySizer.Affordable(book.Asks.Levels, budget, cap, market.Fees ?? FeeSchedule.Free);
        var shares = Slice(position, book, cap, Quantity.Min(affordable, OneLegPolicy.Missing(leg)), market);
        var sweep = book.SweepShares(Side.Buy, shares);
        var limit = market.TickSize.Ceiling(sweep.Worst);
        var spend = Fund(limit, shares, FloorToCent(sweep.Notional), state.Ledger.Available, market);
        if (spend < EntrySizer.MinimumTake)
            return null;
        shares = Quantity.Min(shares, book.SweepDollars(Side.Buy, spend).Filled.FloorTo(EntrySizer.Lot));
        return OrderCommands.Make(state, position, market, leg, Side.Buy, limit, shares) with { Spend = spend };
    }

    /// <summary>
    /// The order that sells what is held of a leg, or the next slice of it, at what the book pays; null without a
    /// usable bid.
    /// </summary>
    public static OrderCommand? Sell(EngineState state, Intent.SellLeg intent)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(intent);
        var position = state.Positions[intent.Position.Id];
        var leg = position.Leg(intent.Outcome);
        var book = state.Book(leg.TokenId);
        var wanted = Sellable(state, leg);
        var whole = book.SweepShares(Side.Sell, wanted);
        if (!book.IsUsable || whole.Filled.IsZero || state.Catalog.Find(position.MarketId) is not { } market)
            return null;
        // Whatever the trigger said, a sale goes on: it is measured against what all of it would bring now.
        var planned = Price.FromMicros((long)(whole.Average * Micros.PerUnit));
        var floor = SlippageBound.Limit(Side.Sell, planned, state.Settings.Limits.SlippageBps, market.TickSize);
        var shares = Slices.Next(
            wanted, SlippageBound.Depth(book, Side.Sell, floor), position.Execution.SliceDepthPercent,
            market.MinimumOrderSize);
        var sweep = book.SweepShares(Side.Sell, shares);
        return sweep.Filled.IsZero ? null : OrderCommands.Make(
            state, position, market, leg, Side.Sell, market.TickSize.Floor(sweep.Worst), shares);
    }

    /// <summary>
    /// Shares of a leg that an order may sell, on the lot grid: what the leg reports, at most what the wallet has that
    /// no working sale of ours has promised already.
    /// </summary>
    public static Quantity Sellable(EngineState state, Leg leg)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(leg);
        var promised = state.Orders.Values
            .Where(order => order.IsWorking && order.Command.TokenId == leg.TokenId && order.Command.Side == Side.Sell)
            .Sum(order => Math.Max(0, order.Command.Quantity.ToMicros - order.Filled.ToMicros));
        var free = Math.Max(0, state.Ledger.Holdings(leg.TokenId).ToMicros - promised);
        return Quantity.Min(leg.Held, Quantity.FromMicros(free)).FloorTo(EntrySizer.Lot);
    }

    // A chase is over in seconds: it takes what there is. Everything else is cut to a share of the depth.
    private static Quantity Slice(Position position, Book book, Price cap, Quantity wanted, Market market)
    {
        if (book.BestAsk is not { } best || best > cap)
            return Quantity.Zero;
        var percent = position.OneLeg is null ? position.Execution.SliceDepthPercent : 0m;
        var dollar = Slices.OneDollarAt(best);
        var smallest = dollar < market.MinimumOrderSize ? market.MinimumOrderSize : dollar;
        return Slices.Next(wanted, SlippageBound.Depth(book, Side.Buy, cap), percent, smallest);
    }

    /// <summary>
    /// What is set aside for a working purchase: its dollars, or limit times shares, plus the fee, all rounded up. Only
    /// prices that improve beyond the planned walk can cost a little more, by the fee on the shares that they add.
    /// </summary>
    public static Usdc Reservation(OrderCommand command, Market market)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(market);
        // What can only rest pays no fee.
        var atLimit = command.IsPostOnly
            ? Usdc.Zero
            : (market.Fees ?? FeeSchedule.Free).TakerFeeBudget(command.Limit, command.Quantity);
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

    /// <summary>
    /// The highest price for a purchase. The first leg keeps the price band, the second what the pair limit leaves;
    /// both stay within the slippage bound of the price that was planned with. A chase has limits of its own.
    /// </summary>
    internal static Price BuyCap(EngineState state, Position position, Leg leg, Market market)
    {
        if (position.OneLeg is { } episode)
            return episode.Limit(leg.Outcome);
        var other = position.Leg(leg.Outcome.Other());
        var cap = other.EntryPrice is { } paid
            ? Price.FromMicros((long)(Math.Clamp(position.Rules.MaxPairCost - paid, 0m, 0.99m) * Micros.PerUnit))
            : state.Settings.Eligibility.MaxAsk;
        if (leg.PlannedPrice is not { } planned)
            return cap;
        var bound = SlippageBound.Limit(Side.Buy, planned, state.Settings.Limits.SlippageBps, market.TickSize);
        return bound < cap ? bound : cap;
    }
}
