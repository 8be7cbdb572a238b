using Equilibrage.Core.Orders;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Risk.Checks;

/// <summary>The checks of a purchase. Each answers null when it has no objection; sales are under none.</summary>
internal static class PurchaseChecks
{
    public static Denial? Rate(EngineState state)
    {
        var (sent, most) = (state.RecentPurchases(), state.Settings.Limits.OrdersPerMinute);
        return sent >= most ? new(DenyReason.OrderRate, $"{sent} of {most} within a minute") : null;
    }

    public static Denial? OpenOrders(EngineState state, OrderCommand command)
    {
        var working = state.Orders.Values.Count(order => order.IsWorking && order.Command.MarketId == command.MarketId);
        var most = state.Settings.Limits.MarketOrders;
        return working >= most
            ? new(DenyReason.RiskLimit, $"{working} of {most} orders work in the market")
            : null;
    }

    public static Denial? PriceBand(EngineState state, OrderCommand command)
    {
        var limits = state.Settings.Limits;
        return command.Limit < limits.MinPrice || command.Limit > limits.MaxPrice
            ? new(DenyReason.PriceBand, $"{command.Limit} is outside {limits.MinPrice}-{limits.MaxPrice}")
            : null;
    }

    /// <summary>One that takes is held to the book; one that only rests cannot be worse than its limit.</summary>
    public static Denial? Slippage(EngineState state, OrderCommand command)
    {
        if (command.IsPostOnly || state.Book(command.TokenId).BestAsk is not { } best)
            return null;
        var worst = state.Settings.Limits.WorstPurchase(best);
        return command.Limit > worst
            ? new(DenyReason.Slippage,
                $"limit {command.Limit}, best ask {best}, {state.Settings.Limits.SlippageBps} bps are allowed")
            : null;
    }
}
