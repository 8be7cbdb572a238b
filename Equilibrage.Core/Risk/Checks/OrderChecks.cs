using System.Globalization;
using Equilibrage.Core.Execution;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Risk.Checks;

/// <summary>The checks of a single order. Each answers null when it has no objection.</summary>
internal static class OrderChecks
{
    public static Denial? Served(EngineState state) => state.Restriction is { } why
        ? new(DenyReason.NotTradable, $"the venue does not serve this place or account: {why}")
        : null;

    public static Denial? Armed(EngineState state, Side side) => state.Permission switch
    {
        OrderPermission.Everything => null,
        OrderPermission.ExitsOnly when side == Side.Sell => null,
        OrderPermission.ExitsOnly => new(DenyReason.NotArmed, "only exits go on until it is armed again"),
        _ => new(DenyReason.NotArmed),
    };

    /// <summary>What a halt blocks: everything that adds to what is at risk.</summary>
    public static Denial? NotHalted(EngineState state) => state.Halt is { } halt
        ? new(DenyReason.Halted, halt.Reason)
        : null;

    /// <summary>Neither the breaker of the market nor that of all markets is open.</summary>
    public static Denial? BreakersClosed(EngineState state, MarketId market) =>
        Blocked(state, state.GlobalBreaker, "all markets") ?? Blocked(state, state.BreakerOf(market), "the market");

    public static Denial? OneInFlight(EngineState state, OrderCommand command) =>
        state.WorkingOrders(command.PositionId).Any(order => order.Command.TokenId == command.TokenId)
            ? new(DenyReason.OrderInFlight)
            : null;

    /// <summary>A sale never exceeds the lot that the position owns, nor what the wallet holds.</summary>
    public static Denial? Owned(EngineState state, OrderCommand command)
    {
        if (command.Side != Side.Sell)
            return null;
        var lot = state.Positions.TryGetValue(command.PositionId, out var position)
            ? position.Leg(command.Outcome).Held
            : Quantity.Zero;
        // A resting sale of ours has promised its shares; a second one would not find them.
        var promised = state.Orders.Values
            .Where(order => order.IsWorking && order.Command.TokenId == command.TokenId
                && order.Command.Side == Side.Sell)
            .Sum(order => Math.Max(0, order.Command.Quantity.ToMicros - order.Filled.ToMicros));
        var free = Math.Max(0, state.Ledger.Holdings(command.TokenId).ToMicros - promised);
        var owned = Quantity.Min(lot, Quantity.FromMicros(free));
        return command.Quantity > owned
            ? new(DenyReason.UnownedToken, $"{command.Quantity} shares to sell, {owned} owned")
            : null;
    }

    public static Denial? Funded(EngineState state, OrderCommand command)
    {
        if (command.Side != Side.Buy)
            return null;
        var cost = state.Catalog.Find(command.MarketId) is { } market
            ? OrderPlanner.Reservation(command, market)
            : command.Limit.CostOf(command.Quantity);
        return cost > state.Ledger.Available
            ? new(DenyReason.NoCapital, $"{cost} dollars are wanted, {state.Ledger.Available} are free")
            : null;
    }

    /// <summary>Our own orders never meet: neither on one token nor, mirrored, on the two tokens of a market.</summary>
    public static Denial? NoSelfCross(EngineState state, OrderCommand command)
    {
        foreach (var order in state.Orders.Values)
        {
            var other = order.Command;
            if (!order.IsWorking || other.MarketId != command.MarketId || other.PositionId == command.PositionId)
                continue;
            var isSameToken = other.TokenId == command.TokenId;
            var meets = isSameToken == (other.Side != command.Side);
            var theirs = isSameToken ? other.Limit : other.Limit.Complement;
            var crosses = command.Side == Side.Buy ? command.Limit >= theirs : command.Limit <= theirs;
            if (meets && crosses)
                return new(DenyReason.SelfCross, $"order {other.ClientOrderId} works at {other.Limit}");
        }

        return null;
    }

    private static Denial? Blocked(EngineState state, Breaker breaker, string where)
    {
        if (!breaker.Blocks(state.Now.RecordedAt))
            return null;
        var left = (breaker.Until!.Value - state.Now.RecordedAt).TotalSeconds;
        return new(DenyReason.BreakerOpen, breaker.Trial is null
            ? string.Create(CultureInfo.InvariantCulture, $"{where}, for another {left:0} s, after {breaker.OpenedBy}")
            : $"{where}: its one trial is under way");
    }
}
