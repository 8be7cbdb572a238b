using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Adapters.Polymarket.Mapping;

/// <summary>A resting order's part of a match.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="IsOwn">True when it is the account's.</param>
/// <param name="Token">Its token; null where that is not said and it is the taker's.</param>
/// <param name="Side">Its direction; null where that is not said.</param>
/// <param name="Price">Its own price.</param>
/// <param name="Shares">Shares matched.</param>
internal sealed record MatchedMaker(
    VenueOrderId OrderId, bool IsOwn, TokenId? Token, Side? Side, Price Price, Quantity Shares);

/// <summary>
/// A match, whichever way it was told. As a taker the account has one execution under the trade's id, its dollars and
/// fee added up over the makers that were met. As a maker it has one for each of its entries, under the trade's id, or,
/// where a trade holds several, under the id with the entry's place after a slash.
/// </summary>
internal sealed record MatchedTrade
{
    /// <summary>The trade.</summary>
    public required TradeId Id { get; init; }

    /// <summary>The order that arrived.</summary>
    public required VenueOrderId TakerOrderId { get; init; }

    /// <summary>Its token.</summary>
    public required TokenId Token { get; init; }

    /// <summary>Its direction.</summary>
    public required Side Side { get; init; }

    /// <summary>The summary's price, exact for a match at one price.</summary>
    public required Price Price { get; init; }

    /// <summary>The summary's shares.</summary>
    public required Quantity Size { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset MatchedAt { get; init; }

    /// <summary>Whom it met, in the order in which it did.</summary>
    public required IReadOnlyList<MatchedMaker> Makers { get; init; }

    /// <summary>The account's executions.</summary>
    /// <param name="isTaker">True when the account's order arrived.</param>
    /// <param name="fees">Fees of the market; null when nobody knows them: then they count as none.</param>
    public IReadOnlyList<Fill> Fills(bool isTaker, FeeSchedule? fees)
    {
        if (isTaker)
            return [TakerFill(fees)];
        var own = Makers.Index().Where(maker => maker.Item.IsOwn).ToList();
        return own.Count == 1
            ? [MakerFill(own[0].Item, Id)]
            : [.. own.Select(maker => MakerFill(maker.Item, new($"{Id}/{maker.Index}")))];
    }

    private Fill TakerFill(FeeSchedule? fees)
    {
        Int128 dollars = 0;
        var (fee, shares) = (Usdc.Zero, 0L);
        foreach (var maker in Makers)
        {
            // A maker of the other token minted or merged with us: its price is ours turned round.
            var price = IsOfTaker(maker) ? maker.Price : maker.Price.Complement;
            dollars += (Int128)price.ToMicros * maker.Shares.ToMicros;
            fee += fees?.TakerFee(price, maker.Shares) ?? Usdc.Zero;
            shares = checked(shares + maker.Shares.ToMicros);
        }

        if (shares == 0)
        {
            // Without makers only the summary is left, which is exact for a match at one price.
            shares = Size.ToMicros;
            dollars = (Int128)Price.ToMicros * shares;
            fee = fees?.TakerFee(Price, Size) ?? Usdc.Zero;
        }

        return new()
        {
            TradeId = Id,
            VenueOrderId = TakerOrderId,
            TokenId = Token,
            Side = Side,
            Price = shares == 0 ? Price : Price.FromMicros(Micros.Narrow(dollars / shares)),
            Quantity = Quantity.FromMicros(shares),
            Notional = Usdc.FromMicros(Micros.Narrow(Side == Side.Buy
                ? Micros.CeilDiv(dollars, Micros.PerUnit)
                : Micros.FloorDiv(dollars, Micros.PerUnit))),
            Fee = fee,
            Liquidity = Liquidity.Taker,
            ExecutedAt = MatchedAt,
        };
    }

    private Fill MakerFill(MatchedMaker maker, TradeId id)
    {
        // Where the side is not said: a maker of the taker's own token was on the other side, one of the other token
        // on the same.
        var side = maker.Side ?? (IsOfTaker(maker) == (Side == Side.Buy) ? Side.Sell : Side.Buy);
        return new()
        {
            TradeId = id,
            VenueOrderId = maker.OrderId,
            TokenId = maker.Token ?? Token,
            Side = side,
            Price = maker.Price,
            Quantity = maker.Shares,
            Notional = side == Side.Buy ? maker.Price.CostOf(maker.Shares) : maker.Price.ProceedsOf(maker.Shares),
            Fee = Usdc.Zero,
            Liquidity = Liquidity.Maker,
            ExecutedAt = MatchedAt,
        };
    }

    private bool IsOfTaker(MatchedMaker maker) => maker.Token is null || maker.Token == Token;
}
