using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;

namespace Equilibrage.Sandbox.Server.Orders;

/// <summary>The venue's words for each reason to refuse an order.</summary>
internal static class RefusalText
{
    /// <summary>A FOK order that could not be filled whole.</summary>
    public const string FokMiss = "order couldn't be fully filled. FOK orders are fully filled or killed.";

    /// <summary>A FAK order that found nothing to match with.</summary>
    public const string FakMiss =
        "no orders found to match with FAK order. FAK orders are partially filled or killed if no match is found.";

    /// <summary>The text of a refusal.</summary>
    public static string Of(OrderRefusal refusal, CheckedOrder order)
    {
        var id = order.Request.Id;
        return refusal.Kind switch
        {
            RefusalKind.UnknownMarket => "Invalid token id",
            RefusalKind.MarketClosed => "the market is not yet ready to process new orders",
            RefusalKind.Duplicate => $"order {id} is invalid. Duplicated. It has been received before.",
            RefusalKind.CanceledBefore => "order canceled in the CTF exchange contract",
            RefusalKind.OffGrid => $"order {id} is invalid. Price ({order.Request.Limit}) breaks minimum tick size "
                + $"rule: {order.Market.TickSize}",
            RefusalKind.Amounts => $"invalid amounts, {refusal.Message}",
            RefusalKind.BelowMinimum => $"order {id} is invalid. Size ({order.Request.Quantity}) lower than the "
                + $"minimum: {order.Market.MinimumOrderSize}",
            RefusalKind.MarketableBelowMinimum =>
                $"invalid amount for a marketable BUY order (${Dollars(order)}), min size: 1",
            RefusalKind.Expiration => "invalid expiration",
            RefusalKind.Balance => Balance(refusal.Figures!),
            RefusalKind.PostOnlyCross => "invalid post-only order: order crosses book",
            RefusalKind.SelfTrade => $"order {id} crosses the book",
            RefusalKind.FokMiss => FokMiss,
            RefusalKind.FakMiss => FakMiss,
            _ => "Invalid order payload",
        };
    }

    private static Usdc Dollars(CheckedOrder order) =>
        order.Request.Spend ?? order.Request.Limit.CostOf(order.Request.Quantity);

    private static string Balance(BalanceFigures figures)
    {
        const string Short = "not enough balance / allowance: the balance is not enough -> balance: ";
        return figures is { Active: 0, Matched: 0 }
            ? FormattableString.Invariant($"{Short}{figures.Balance}, order amount: {figures.Order}")
            : FormattableString.Invariant($"{Short}{figures.Balance}, sum of active orders: {figures.Active}, ")
                + FormattableString.Invariant($"sum of matched orders: {figures.Matched}, ")
                + FormattableString.Invariant($"order amount (inc. fees): {figures.Order}");
    }
}
