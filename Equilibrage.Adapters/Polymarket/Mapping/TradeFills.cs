using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest.Clob;

namespace Equilibrage.Adapters.Polymarket.Mapping;

/// <summary>Our executions in the exchange's trades.</summary>
internal static class TradeFills
{
    /// <summary>The account's executions in a trade.</summary>
    /// <param name="trade">The trade.</param>
    /// <param name="wallet">The account's wallet, any case.</param>
    /// <param name="fees">The fees of the trade's market.</param>
    public static IReadOnlyList<Fill> Of(ClobTrade trade, string wallet, FeeSchedule fees) => new MatchedTrade
    {
        Id = new(trade.Id),
        TakerOrderId = new(trade.TakerOrderId),
        Token = new(trade.AssetId),
        Side = trade.Side,
        Price = trade.Price,
        Size = trade.Size,
        MatchedAt = trade.MatchedAt ?? DateTimeOffset.UnixEpoch,
        Makers =
        [
            .. (trade.MakerOrders ?? []).Select(maker => new MatchedMaker(
                new(maker.OrderId), IsOwn(maker, wallet), new(maker.AssetId), maker.Side, maker.Price,
                maker.MatchedAmount)),
        ],
    }.Fills(IsTaker(trade, wallet), fees);

    /// <summary>The tokens that the account moved in a trade.</summary>
    public static IEnumerable<TokenId> TokensOf(ClobTrade trade, string wallet) => IsTaker(trade, wallet)
        ? [new(trade.AssetId)]
        : (trade.MakerOrders ?? []).Where(maker => IsOwn(maker, wallet)).Select(maker => new TokenId(maker.AssetId));

    /// <summary>The trade that a fill belongs to.</summary>
    public static TradeId TradeOf(TradeId fill)
    {
        var slash = fill.Value.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? fill : new(fill.Value[..slash]);
    }

    /// <summary>True when the account's order arrived, rather than rested.</summary>
    public static bool IsTaker(ClobTrade trade, string wallet) => trade.TraderSide switch
    {
        { } side when side.Equals("TAKER", StringComparison.OrdinalIgnoreCase) => true,
        { } side when side.Equals("MAKER", StringComparison.OrdinalIgnoreCase) => false,
        _ => !(trade.MakerOrders ?? []).Any(maker => IsOwn(maker, wallet)),
    };

    private static bool IsOwn(MakerOrder maker, string wallet) =>
        string.Equals(maker.MakerAddress, wallet, StringComparison.OrdinalIgnoreCase);
}
