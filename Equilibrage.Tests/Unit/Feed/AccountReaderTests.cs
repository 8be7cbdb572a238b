using Equilibrage.Adapters.Polymarket;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Polymarket.Socket;

namespace Equilibrage.Tests.Unit.Feed;

[Trait("Tier", "Unit")]
public sealed class AccountReaderTests
{
    private const string Key = "11111111-aaaa-bbbb-cccc-000000000001";
    private static readonly FeeSchedule Fees = new(50_000, IsAssumed: false);

    private readonly AccountReader reader = new(
        new(new(Key, "secret", "phrase"), "0xAbC"), new(TimeProvider.System, isVenueTime: true));

    [Fact]
    public void Maker_AgainstTheOtherTokensTaker_HasItsOwnSideTokenAndPrice()
    {
        var filled = Assert.IsType<FeedEvent.Filled>(Assert.Single(reader.Read(Trade(TradeState.Matched), Fees)));

        Assert.Equal(
            (new TradeId("t1"), new VenueOrderId("0xm0"), new TokenId("NO"), Side.Buy, 0.40m, 100m, 40m, 0m),
            (filled.Fill.TradeId, filled.Fill.VenueOrderId, filled.Fill.TokenId, filled.Fill.Side,
                filled.Fill.Price.ToDecimal(), filled.Fill.Quantity.ToDecimal(), filled.Fill.Notional.ToDecimal(),
                filled.Fill.Fee.ToDecimal()));
        Assert.Equal(Liquidity.Maker, filled.Fill.Liquidity);
    }

    [Fact]
    public void Trade_SentForEachChangeOfItsState_IsFilledAndSettledOnce()
    {
        TradeState[] states =
        [
            TradeState.Matched, TradeState.Matched, TradeState.Mined, TradeState.Retrying, TradeState.Mined,
            TradeState.Confirmed, TradeState.Confirmed, TradeState.Mined,
        ];

        var events = states.SelectMany(state => reader.Read(Trade(state), Fees)).ToList();

        Assert.Collection(
            events,
            first => Assert.IsType<FeedEvent.Filled>(first),
            last => Assert.True(Assert.IsType<FeedEvent.Settled>(last).IsConfirmed));
    }

    [Fact]
    public void Trade_FirstHeardOfWhenItFailed_IsNoFill()
    {
        var settled = Assert.IsType<FeedEvent.Settled>(Assert.Single(reader.Read(Trade(TradeState.Failed), Fees)));

        Assert.False(settled.IsConfirmed);
        Assert.Empty(reader.Read(Trade(TradeState.Matched), Fees));
    }

    [Fact]
    public void Trade_WithSeveralMakersOfOurs_HasOneFillEachNamedByItsPlace()
    {
        var trade = Trade(TradeState.Matched) with { Makers = [Maker(0, Key), Maker(1, "other"), Maker(2, Key)] };

        var ids = reader.Read(trade, Fees).OfType<FeedEvent.Filled>().Select(filled => filled.Fill.TradeId.Value);

        Assert.Equal(["t1/0", "t1/2"], ids);
    }

    [Fact]
    public void Taker_OverMakersOfBothTokens_PaysEachAtItsOwnPriceWithTheFeesOfEach()
    {
        var own = Trade(TradeState.Matched) with
        {
            TradeOwner = Key,
            Makers =
            [
                Maker(0, "a"),
                Maker(1, "b") with { Token = new("YES"), Side = Side.Sell, Price = Price.FromDecimal(0.55m) },
            ],
            Size = Quantity.FromDecimal(200),
        };

        var fill = Assert.IsType<FeedEvent.Filled>(Assert.Single(reader.Read(own, Fees))).Fill;

        Assert.Equal((115m, Liquidity.Taker, new TradeId("t1")),
            (fill.Notional.ToDecimal(), fill.Liquidity, fill.TradeId));
        Assert.Equal(
            Fees.TakerFee(Price.FromDecimal(0.60m), Quantity.FromDecimal(100))
                + Fees.TakerFee(Price.FromDecimal(0.55m), Quantity.FromDecimal(100)),
            fill.Fee);
    }

    [Fact]
    public void Taker_OfAMarketWithoutKnownFees_IsCounted()
    {
        reader.Read(Trade(TradeState.Matched) with { TradeOwner = Key }, null);

        Assert.Equal(1, reader.UnknownFees);
    }

    [Fact]
    public void Trade_OfOthers_IsNothing() =>
        Assert.Empty(reader.Read(Trade(TradeState.Matched) with { Makers = [Maker(0, "other")] }, Fees));

    [Fact]
    public void Status_OfAnOrderWhoseSizeIsKnown_IsFilledWithItsLastShares()
    {
        reader.Read(Order(OrderEventKind.Placement, "LIVE"), null);

        var first = Assert.IsType<FeedEvent.Filled>(Assert.Single(reader.Read(Trade(TradeState.Matched), Fees)));
        var second = Assert.IsType<FeedEvent.Filled>(
            Assert.Single(reader.Read(Trade(TradeState.Matched) with { Id = new("t2") }, Fees)));

        Assert.Equal((OrderStatus.PartiallyFilled, OrderStatus.Filled), (first.Status, second.Status));
    }

    [Theory]
    [InlineData("INVALID", OrderStatus.Canceled)]
    [InlineData("CANCELED_order couldn't be fully filled.", OrderStatus.Canceled)]
    [InlineData("CANCELED_MARKET_RESOLVED", OrderStatus.Expired)]
    public void Cancellation_IsToldOnceWithItsReason(string status, OrderStatus expected)
    {
        var cancellation = Order(OrderEventKind.Cancellation, status);

        var ended = Assert.IsType<FeedEvent.OrderEnded>(Assert.Single(reader.Read(cancellation, null)));

        Assert.Equal((expected, status), (ended.Status, ended.Reason));
        Assert.Empty(reader.Read(cancellation, null));
        Assert.Empty(reader.Read(cancellation with { Owner = "somebody", Id = new("0xother") }, null));
    }

    private static UserMessage.OrderChanged Order(OrderEventKind kind, string status) => new(2_000_000_000_000)
    {
        Kind = kind,
        Id = new("0xm0"),
        Owner = Key,
        Market = new("0xabc"),
        Token = new("NO"),
        Side = Side.Buy,
        Price = Price.FromDecimal(0.40m),
        OriginalSize = Quantity.FromDecimal(200),
        Status = status,
    };

    private static MakerFill Maker(int number, string owner) => new()
    {
        OrderId = new($"0xm{number}"),
        Owner = owner,
        Matched = Quantity.FromDecimal(100),
        Price = Price.FromDecimal(0.40m),
        Token = new("NO"),
        Side = Side.Buy,
    };

    private static UserMessage.TradeChanged Trade(TradeState state) => new(2_000_000_000_000)
    {
        Id = new("t1"),
        TakerOrderId = new("0xtaker"),
        Market = new("0xabc"),
        Token = new("YES"),
        Side = Side.Buy,
        Size = Quantity.FromDecimal(100),
        Price = Price.FromDecimal(0.60m),
        State = state,
        MatchTimeMs = 1_999_999_999_000,
        Owner = Key,
        TradeOwner = "somebody",
        Makers = [Maker(0, Key)],
    };
}
