using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Polymarket.Socket;
using Equilibrage.Sandbox.Server.Orders;

namespace Equilibrage.Sandbox.Server.Channels;

/// <summary>The venue's orders and trades in the user channel's words.</summary>
internal static class UserFrameForms
{
    /// <summary>An order's event.</summary>
    public static UserMessage.OrderChanged Order(
        VenueOrderView order, OrderEventKind kind, DateTimeOffset at, Market market) =>
        new(at.ToUnixTimeMilliseconds())
        {
            Kind = kind,
            Id = order.Id,
            Owner = order.Request.Owner,
            MakerAddress = order.AccountId.Value,
            Market = market.Id,
            Token = order.Request.TokenId,
            Side = order.Request.Side,
            Price = order.Request.Limit,
            OriginalSize = order.Request.Quantity,
            // A miss leaves the field empty, as on the venue.
            SizeMatched = order.Refusal is RefusalKind.FokMiss or RefusalKind.FakMiss ? null : order.Matched,
            Trades = order.Trades,
            Outcome = market.Name(order.Request.Outcome),
            CreatedAtMs = order.PlacedAt.ToUnixTimeMilliseconds(),
            ExpirationSeconds = order.Request.ExpiresAt?.ToUnixTimeSeconds() ?? 0,
            OrderType = OrderWords.TypeText(order.Request.Type),
            Status = StatusOf(order, kind),
        };

    /// <summary>A trade's event for one of its users.</summary>
    public static UserMessage.TradeChanged Trade(
        VenueTrade trade, AccountId account, DateTimeOffset at, Market market)
    {
        var isTaker = trade.Taker.AccountId == account;
        var mine = isTaker ? trade.Taker : trade.Makers.First(maker => maker.AccountId == account);
        return new(at.ToUnixTimeMilliseconds())
        {
            Id = trade.Id,
            TakerOrderId = trade.Taker.OrderId,
            Market = market.Id,
            Token = trade.Taker.TokenId,
            Side = trade.Taker.Side,
            Size = trade.Taker.Quantity,
            Price = trade.Taker.Price,
            State = StateOf(trade.Status),
            MatchTimeMs = trade.MatchedAt.ToUnixTimeMilliseconds(),
            LastUpdateMs = trade.UpdatedAt.ToUnixTimeMilliseconds(),
            Outcome = market.Name(trade.Taker.Outcome),
            Owner = mine.Owner,
            TradeOwner = mine.Owner,
            MakerAddress = account.Value,
            TransactionHash = trade.TransactionHash ?? "",
            IsTaker = isTaker,
            Makers = [.. trade.Makers.Select(maker => new MakerFill
            {
                OrderId = maker.OrderId,
                Owner = OrderWords.OwnerOf(maker),
                MakerAddress = OrderWords.AddressOf(maker),
                Matched = maker.Quantity,
                Price = maker.Price,
                Token = maker.TokenId,
                Side = maker.Side,
                Outcome = market.Name(maker.Outcome),
            })],
        };
    }

    private static string StatusOf(VenueOrderView order, OrderEventKind kind) => order switch
    {
        { Refusal: RefusalKind.FokMiss } => $"CANCELED_{RefusalText.FokMiss}",
        { Refusal: RefusalKind.FakMiss } => $"CANCELED_{RefusalText.FakMiss}",
        { IsEndedByResolution: true } => "CANCELED_MARKET_RESOLVED",
        { Refusal: not null } => "INVALID",
        { Status: OrderStatus.Delayed } => "DELAYED",
        { Status: OrderStatus.Filled } => "MATCHED",
        _ when kind == OrderEventKind.Cancellation => "CANCELED",
        _ => "LIVE",
    };

    private static TradeState StateOf(TradeStatus status) => status switch
    {
        TradeStatus.Matched => TradeState.Matched,
        TradeStatus.Mined => TradeState.Mined,
        TradeStatus.Confirmed => TradeState.Confirmed,
        TradeStatus.Retrying => TradeState.Retrying,
        _ => TradeState.Failed,
    };
}
