using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest.Clob;

namespace Equilibrage.Adapters.Polymarket.Mapping;

/// <summary>Where an order stands, judged by what was executed: the exchange calls parts "matched" as well.</summary>
internal static class PlacedStatus
{
    /// <summary>Differences up to a hundredth of a share come from cutting, not from missing executions.</summary>
    public const long DustMicros = 10_000;

    /// <summary>The status after an immediate match.</summary>
    public static OrderStatus Of(OrderCommand command, IReadOnlyList<Fill> fills)
    {
        if (IsComplete(command, fills))
            return OrderStatus.Filled;
        return command.Type is OrderType.Fak or OrderType.Fok
            ? OrderStatus.Canceled
            : fills.Count > 0 ? OrderStatus.PartiallyFilled : OrderStatus.Accepted;
    }

    /// <summary>The status of an order that the exchange shows.</summary>
    public static OrderStatus? Of(OpenOrder order, IReadOnlyList<Fill> fills) => order.Status switch
    {
        OpenOrderStatus.Live => fills.Count > 0 ? OrderStatus.PartiallyFilled : OrderStatus.Accepted,
        OpenOrderStatus.Matched => IsWhole(order) ? OrderStatus.Filled : OrderStatus.Canceled,
        OpenOrderStatus.Canceled => OrderStatus.Canceled,
        OpenOrderStatus.CanceledMarketResolved => OrderStatus.Expired,
        OpenOrderStatus.Invalid => fills.Count > 0 ? OrderStatus.Canceled : OrderStatus.Rejected,
        OpenOrderStatus.Delayed => OrderStatus.Delayed,
        OpenOrderStatus.Unmatched => OrderStatus.Accepted,
        _ => null,
    };

    /// <summary>The status of an order that the exchange shows no more, by the trades that it left.</summary>
    public static OrderStatus OfEnded(OrderCommand? command, IReadOnlyList<Fill> fills) =>
        command is null || IsComplete(command, fills) ? OrderStatus.Filled : OrderStatus.Canceled;

    private static bool IsWhole(OpenOrder order) =>
        (order.SizeMatched ?? Quantity.Zero).ToMicros >= order.OriginalSize.ToMicros - DustMicros;

    private static bool IsComplete(OrderCommand command, IReadOnlyList<Fill> fills)
    {
        if (command.Spend is not { } spend)
            return fills.Sum(fill => fill.Quantity.ToMicros) >= command.Quantity.ToMicros - DustMicros;
        // What is left buys no hundredth of a share.
        var left = spend.ToMicros - fills.Sum(fill => fill.Notional.ToMicros);
        return left <= command.Limit.CostOf(Quantity.FromMicros(DustMicros)).ToMicros;
    }
}
