using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest.Clob;

namespace Equilibrage.Adapters.Polymarket.Mapping;

/// <summary>
/// Our executions in the exchange's trades. As a taker: one fill under the trade's id, its dollars and fee added up
/// over the makers that were met. As a maker: our own entries, under the trade's id, or, where a trade holds several of
/// ours, under the id with the entry's place after a slash.
/// </summary>
internal static class TradeFills
{
    /// <summary>The account's executions in a trade.</summary>
    /// <param name="trade">The trade.</param>
    /// <param name="wallet">The account's wallet, any case.</param>
    /// <param name="fees">The fees of the trade's market.</param>
    public static IReadOnlyList<Fill> Of(ClobTrade trade, string wallet, FeeSchedule fees)
    {
        if (IsTaker(trade, wallet))
            return [Taker(trade, fees)];
        var own = (trade.MakerOrders ?? []).Index()
            .Where(maker => IsOwn(maker.Item, wallet))
            .ToList();
        return own.Count == 1
            ? [Maker(trade, own[0].Item, new(trade.Id))]
            : [.. own.Select(maker => Maker(trade, maker.Item, new($"{trade.Id}/{maker.Index}")))];
    }

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

    private static Fill Taker(ClobTrade trade, FeeSchedule fees)
    {
        Int128 dollars = 0;
        var (fee, shares) = (Usdc.Zero, 0L);
        foreach (var maker in trade.MakerOrders ?? [])
        {
            // A maker of the other token minted or merged with us: its price is ours turned round.
            var price = maker.AssetId == trade.AssetId ? maker.Price : maker.Price.Complement;
            dollars += (Int128)price.ToMicros * maker.MatchedAmount.ToMicros;
            fee += fees.TakerFee(price, maker.MatchedAmount);
            shares = checked(shares + maker.MatchedAmount.ToMicros);
        }

        if (shares == 0)
        {
            // Without makers only the summary is left, which is exact for a match at one price.
            shares = trade.Size.ToMicros;
            dollars = (Int128)trade.Price.ToMicros * shares;
            fee = fees.TakerFee(trade.Price, trade.Size);
        }

        var notional = Micros.Narrow(trade.Side == Side.Buy
            ? Micros.CeilDiv(dollars, Micros.PerUnit)
            : Micros.FloorDiv(dollars, Micros.PerUnit));
        return new()
        {
            TradeId = new(trade.Id),
            VenueOrderId = new(trade.TakerOrderId),
            TokenId = new(trade.AssetId),
            Side = trade.Side,
            Price = shares == 0 ? trade.Price : Price.FromMicros(Micros.Narrow(dollars / shares)),
            Quantity = Quantity.FromMicros(shares),
            Notional = Usdc.FromMicros(notional),
            Fee = fee,
            Liquidity = Liquidity.Taker,
            ExecutedAt = trade.MatchedAt ?? DateTimeOffset.UnixEpoch,
        };
    }

    private static Fill Maker(ClobTrade trade, MakerOrder maker, TradeId id)
    {
        // Where the side is not said: a maker of the taker's own token was on the other side, one of the other token
        // on the same.
        var side = maker.Side ?? (maker.AssetId == trade.AssetId == (trade.Side == Side.Buy) ? Side.Sell : Side.Buy);
        return new()
        {
            TradeId = id,
            VenueOrderId = new(maker.OrderId),
            TokenId = new(maker.AssetId),
            Side = side,
            Price = maker.Price,
            Quantity = maker.MatchedAmount,
            Notional = side == Side.Buy
                ? maker.Price.CostOf(maker.MatchedAmount)
                : maker.Price.ProceedsOf(maker.MatchedAmount),
            Fee = Usdc.Zero,
            Liquidity = Liquidity.Maker,
            ExecutedAt = trade.MatchedAt ?? DateTimeOffset.UnixEpoch,
        };
    }
}
