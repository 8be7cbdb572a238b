using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Polymarket.Rest.Clob;
using WireStatus = Equilibrage.Polymarket.Rest.Clob.TradeStatus;

namespace Equilibrage.Sandbox.Server.Orders;

/// <summary>The venue's orders and trades in the protocol's words.</summary>
internal static class OrderWords
{
    private const int AddressLength = 42;

    /// <summary>An order as the reads show it.</summary>
    public static OpenOrder Order(VenueOrderView order, Market market) => new()
    {
        Id = order.Id.Value,
        Status = Status(order),
        Owner = order.Request.Owner,
        MakerAddress = order.AccountId.Value,
        Market = market.Id.Value,
        AssetId = order.Request.TokenId.Value,
        Side = order.Request.Side,
        OriginalSize = order.Request.Quantity,
        SizeMatched = order.Matched,
        Price = order.Request.Limit,
        AssociateTrades = [.. order.Trades.Select(trade => trade.Value)],
        Outcome = market.Name(order.Request.Outcome),
        CreatedAt = order.PlacedAt,
        Expiration = order.Request.ExpiresAt,
        OrderType = TypeText(order.Request.Type),
    };

    /// <summary>A trade as one of its users sees it.</summary>
    /// <param name="trade">The trade.</param>
    /// <param name="market">Its market.</param>
    /// <param name="isMine">Tells the user's accounts.</param>
    /// <param name="key">The user's API key.</param>
    public static ClobTrade Trade(VenueTrade trade, Market market, Func<AccountId, bool> isMine, string key)
    {
        var taker = trade.Taker;
        var isTaker = taker.AccountId is { } account && isMine(account);
        var mine = isTaker ? taker : trade.Makers.First(maker => maker.AccountId is { } owner && isMine(owner));
        return new()
        {
            Id = trade.Id.Value,
            TakerOrderId = taker.OrderId.Value,
            Market = market.Id.Value,
            AssetId = taker.TokenId.Value,
            Side = taker.Side,
            Size = taker.Quantity,
            Price = taker.Price,
            Status = Status(trade.Status),
            MatchTime = trade.MatchedAt,
            MatchTimeNano = trade.MatchedAt,
            LastUpdate = trade.UpdatedAt,
            Outcome = market.Name(taker.Outcome),
            Owner = key,
            MakerAddress = mine.AccountId!.Value.Value,
            TransactionHash = trade.TransactionHash ?? "",
            TraderSide = isTaker ? "TAKER" : "MAKER",
            MakerOrders = [.. trade.Makers.Select(maker => Maker(maker, market))],
        };
    }

    /// <summary>The wallet of a trade's side; the crowd's wallets are invented from their orders.</summary>
    public static string AddressOf(TradeSide side) => side.AccountId?.Value
        ?? DerivedId.Hex("practice-crowd", side.OrderId.Value)[..AddressLength];

    /// <summary>The owner of a trade's side; the crowd's are invented.</summary>
    public static string OwnerOf(TradeSide side) => side.Owner is { Length: > 0 } owner
        ? owner
        : DerivedId.Uuid("practice-crowd", side.OrderId.Value);

    /// <summary>The protocol's word for an order's type.</summary>
    public static string TypeText(OrderType type) => type switch
    {
        OrderType.Gtc => "GTC",
        OrderType.Gtd => "GTD",
        OrderType.Fok => "FOK",
        _ => "FAK",
    };

    /// <summary>The protocol's status of an order.</summary>
    public static OpenOrderStatus Status(VenueOrderView order) => order.Status switch
    {
        OrderStatus.Filled => OpenOrderStatus.Matched,
        OrderStatus.Expired or OrderStatus.Canceled when order.IsEndedByResolution =>
            OpenOrderStatus.CanceledMarketResolved,
        OrderStatus.Expired or OrderStatus.Canceled => OpenOrderStatus.Canceled,
        OrderStatus.Rejected => OpenOrderStatus.Invalid,
        _ => OpenOrderStatus.Live,
    };

    private static WireStatus Status(Core.Simulation.TradeStatus status) => status switch
    {
        Core.Simulation.TradeStatus.Matched => WireStatus.Matched,
        Core.Simulation.TradeStatus.Mined => WireStatus.Mined,
        Core.Simulation.TradeStatus.Confirmed => WireStatus.Confirmed,
        Core.Simulation.TradeStatus.Retrying => WireStatus.Retrying,
        _ => WireStatus.Failed,
    };

    private static Polymarket.Rest.Clob.MakerOrder Maker(TradeSide maker, Market market) => new()
    {
        OrderId = maker.OrderId.Value,
        Owner = OwnerOf(maker),
        MakerAddress = AddressOf(maker),
        MatchedAmount = maker.Quantity,
        Price = maker.Price,
        AssetId = maker.TokenId.Value,
        Outcome = market.Name(maker.Outcome),
        Side = maker.Side,
    };
}
