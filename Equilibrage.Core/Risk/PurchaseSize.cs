using Equilibrage.Core.Execution;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Risk;

/// <summary>Fits a single purchase into the layers of risk, by what it may cost at most.</summary>
internal static class PurchaseSize
{
    private static readonly Usdc OneCent = Usdc.FromMicros(10_000);

    /// <summary>The purchase, or a smaller one; refused when less than the venue's smallest order is left.</summary>
    public static Verdict<OrderCommand> Fit(EngineState state, OrderCommand command)
    {
        // Nothing is bought of a market that is not known: what it costs is not known either.
        if (state.Catalog.Find(command.MarketId) is not { } market)
            return new(null, new(DenyReason.UnknownMarket));
        var wish = OrderPlanner.Reservation(command, market);
        var layers = Layers(state, wish, command.PositionId, command.StrategyId, market);
        var smallest = EntryLayers.Smallest(layers);
        var fitting = smallest.Name == "wish" ? command : Shrink(command, market, smallest.Size);
        var denial = fitting is null
            ? new Denial(DenyReason.RiskLimit, $"{smallest.Name} leaves {smallest.Size} dollars ({smallest.Detail})")
            : null;
        return new(fitting is null ? null : new(fitting), denial) { Layers = layers };
    }

    /// <summary>The split, or a smaller one; refused when nothing is left. A pair costs one dollar.</summary>
    public static Verdict<Intent.MovePairs> Fit(EngineState state, Intent.MovePairs intent)
    {
        if (state.Catalog.Find(intent.Position.MarketId) is not { } market)
            return new(null, new(DenyReason.UnknownMarket));
        var (wish, owner) = (Usdc.FromMicros(intent.Pairs.ToMicros), intent.Position);
        var layers = Layers(state, wish, owner.Id, owner.StrategyId, market);
        var smallest = EntryLayers.Smallest(layers);
        var pairs = Quantity.FromMicros(Math.Max(0, smallest.Size.ToMicros)).FloorTo(EntrySizer.Lot);
        if (smallest.Name == "wish")
            return new(new(intent), null) { Layers = layers };
        return pairs.IsZero
            ? new(null, new(
                DenyReason.RiskLimit, $"{smallest.Name} leaves {smallest.Size} dollars ({smallest.Detail})"))
            : new(new(intent with { Pairs = pairs }), null) { Layers = layers };
    }

    private static IReadOnlyList<SizeLayer> Layers(
        EngineState state, Usdc wish, PositionId id, StrategyId strategy, Market market)
    {
        var limits = state.Settings.Limits;
        var used = Exposure.AtRisk(state, market, strategy);
        var position = state.Positions.TryGetValue(id, out var owner) ? Exposure.Of(state, owner) : Usdc.Zero;
        return
        [
            new("wish", wish, "what it may cost at most"),
            new("order", limits.MaxOrder, "the most for one order"),
            Room("position", Usdc.Min(limits.PositionExposure, RiskLimits.HardPosition), position),
            Room("market", limits.MarketExposure, used.Market),
            Room("group", limits.GroupExposure, used.Group),
            Room("global", limits.GlobalExposure, used.Global),
            Room("strategy", Usdc.Min(limits.StrategyExposure, RiskLimits.HardExposure), used.Strategy),
        ];
    }

    private static SizeLayer Room(string name, Usdc limit, Usdc used) =>
        new(name, limit - used, $"{used} of {limit} at risk");

    /// <summary>The same purchase for so many dollars at most; null when that is less than may be sent.</summary>
    private static OrderCommand? Shrink(OrderCommand command, Market market, Usdc most)
    {
        var whole = OrderPlanner.Reservation(command, market);
        if (most <= Usdc.Zero || whole <= Usdc.Zero)
            return null;
        var shares = Quantity.FromMicros(Micros.Narrow(
            (Int128)command.Quantity.ToMicros * most.ToMicros / whole.ToMicros)).FloorTo(EntrySizer.Lot);
        var smaller = command with { Quantity = shares };
        if (command.Spend is { } spend)
        {
            var part = spend.Share(most.ToMicros, whole.ToMicros);
            smaller = smaller with { Spend = Usdc.FromMicros(part.ToMicros - (part.ToMicros % OneCent.ToMicros)) };
        }

        // Fees are rounded up, so that the first guess may cost a little too much.
        while (!smaller.Quantity.IsZero && OrderPlanner.Reservation(smaller, market) > most)
        {
            smaller = smaller with
            {
                Quantity = smaller.Quantity - EntrySizer.Lot,
                Spend = smaller.Spend is { } dollars ? dollars - OneCent : null,
            };
        }

        var isLargeEnough = smaller.Spend is { } left
            ? left >= EntrySizer.MinimumTake && !smaller.Quantity.IsZero
            : smaller.Quantity >= market.MinimumOrderSize;
        return isLargeEnough ? smaller : null;
    }
}
