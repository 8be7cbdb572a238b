using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using static Equilibrage.Tests.Support.PracticeWorld;

namespace Equilibrage.Tests.Unit.Simulation;

/// <summary>What the exchange takes, how it matches, and in which words and figures it refuses.</summary>
[Trait("Tier", "Unit")]
public sealed class VenueOrderTests
{
    private static readonly AccountId Carol = new("0x00000000000000000000000000000000000ca501");

    private readonly SimulatedVenue venue = new([Listing(0), Listing(1)], Options(step: 1));
    private readonly Market market;
    private int orders;

    public VenueOrderTests() => market = venue.Markets()[0];

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(333)]
    public void PurchaseInDollars_WithinTheBook_SpendsThemToLessThanAHundredthOfAShare(int dollars)
    {
        var placed = Place(Carol, Side.Buy, 0.99m, dollars / 0.99m, OrderType.Fak, dollars);

        var (taker, makers) = (placed.Trade!.Taker, placed.Trade.Makers);
        Assert.Equal(OrderStatus.Filled, placed.Order!.Status);
        Assert.Null(placed.Refusal);
        Assert.True(taker.Notional <= Usdc.FromDecimal(dollars));
        Assert.True(Usdc.FromDecimal(dollars) - taker.Notional < Usdc.FromDecimal(0.01m));
        // A better price than the limit gives more shares than the limit would have bought.
        Assert.True(taker.Quantity > placed.Order.Request.Quantity);
        Assert.Equal(taker.Quantity.ToMicros, makers.Sum(maker => maker.Quantity.ToMicros));
        Assert.All(makers, maker => Assert.Equal(0, maker.Quantity.ToMicros % 10_000));
        Assert.Equal(taker.Notional.ToMicros, makers.Sum(maker => OwnPrice(maker).CostOf(maker.Quantity).ToMicros));
        Assert.Equal(
            taker.Fee.ToMicros, makers.Sum(maker => market.Fees!.TakerFee(OwnPrice(maker), maker.Quantity).ToMicros));
    }

    [Fact]
    public void FokInDollars_ThatCannotBeSpent_MissesAndIsStillKnown()
    {
        venue.OpenAccount(Carol, Usdc.FromDecimal(10_000_000));
        var placed = Place(Carol, Side.Buy, Best() + 0.01m, 1_000_000, OrderType.Fok, 500_000);

        Assert.Equal(RefusalKind.FokMiss, placed.Refusal!.Kind);
        Assert.Null(placed.Trade);
        Assert.Equal(OrderStatus.Canceled, venue.Order(placed.Order!.Id)!.Status);
        Assert.Equal(RefusalKind.Duplicate, venue.Place(Carol, placed.Order.Request).Refusal!.Kind);
        Assert.Contains(venue.Drain(), happened => happened is VenueEvent.OrderCanceled);
    }

    [Fact]
    public void Fak_BelowTheBook_MissesAndBeyondIt_DropsTheRest()
    {
        venue.OpenAccount(Carol, Usdc.FromDecimal(10_000_000));
        var missed = Place(Carol, Side.Buy, Best() - 0.01m, 20, OrderType.Fak, 10);
        var partly = Place(Carol, Side.Buy, Best(), 200_000, OrderType.Fak, 100_000);

        Assert.Equal(RefusalKind.FakMiss, missed.Refusal!.Kind);
        Assert.Null(partly.Refusal);
        Assert.Equal(OrderStatus.Canceled, partly.Order!.Status);
        Assert.NotEqual(Quantity.Zero, partly.Order.Matched);
        Assert.Equal(2, venue.OrdersOf(Carol).Count());
        Assert.Empty(venue.OpenOrdersOf(Carol));
    }

    [Fact]
    public void Order_WithADate_IsRefusedWhenItIsNearAndLetGoAMinuteBeforeIt()
    {
        var near = Place(Carol, Side.Buy, 0.02m, 100, OrderType.Gtd, at: 179);
        var placed = Place(Carol, Side.Buy, 0.02m, 100, OrderType.Gtd, at: 180);
        venue.Advance(Start.AddSeconds(119));
        var before = venue.Order(placed.Order!.Id)!.Status;
        var happened = venue.Advance(Start.AddSeconds(120));

        Assert.Equal(RefusalKind.Expiration, near.Refusal!.Kind);
        Assert.Equal(OrderStatus.Accepted, before);
        Assert.Equal(OrderStatus.Expired, Assert.Single(happened.OfType<VenueEvent.OrderCanceled>()).Order.Status);
        Assert.Equal(0, venue.Figures(Carol, null).Active);
    }

    [Fact]
    public void Cancellations_TakeWhatIsAskedForAndNothingElse()
    {
        var other = venue.Markets()[1];
        var yes = Place(Carol, Side.Buy, 0.02m, 100, OrderType.Gtc).Order!.Id;
        var no = Place(Carol, Side.Buy, 0.02m, 100, OrderType.Gtc, outcome: Outcome.No).Order!.Id;
        var elsewhere = Place(Carol, Side.Buy, 0.02m, 100, OrderType.Gtc, of: other).Order!.Id;
        var foreign = Place(Bob, Side.Buy, 0.02m, 100, OrderType.Gtc).Order!.Id;

        Assert.Equal([no], venue.CancelAll(Carol, market.Id, market.TokenNo).Canceled);
        var single = venue.Cancel(Carol, [yes, no, foreign, new("0x00")]);
        Assert.Equal([yes], single.Canceled);
        Assert.Equal(
            new Dictionary<VenueOrderId, string>
            {
                [no] = "already canceled or matched",
                [foreign] = "order can't be found - already canceled or matched",
                [new("0x00")] = "order can't be found - already canceled or matched",
            },
            single.NotCanceled);
        Assert.Empty(venue.CancelAll(Carol, owner: "another key").Canceled);
        Assert.Equal([elsewhere], venue.CancelAll(Carol).Canceled);
        Assert.Equal([foreign], venue.OpenOrdersOf(Bob).Select(order => order.Id));
    }

    [Fact]
    public void Account_NeverSeenBefore_FindsThePracticeCapitalAndIsRefusedMoreWithItsFigures()
    {
        Place(Carol, Side.Buy, 0.02m, 1_000, OrderType.Gtc);
        Place(Carol, Side.Buy, 0.99m, 20, OrderType.Fak, 10);
        var trade = venue.TradesOf(Carol).Single();
        var refusal = Place(Carol, Side.Buy, 0.50m, 2_000, OrderType.Fak, 1_000).Refusal!;

        Assert.Equal(RefusalKind.Balance, refusal.Kind);
        Assert.Equal(
            new BalanceFigures(
                1_000_000_000, 20_000_000, (trade.Taker.Notional + trade.Taker.Fee).ToMicros,
                1_000_000_000 + market.Fees!.TakerFeeBudget(
                    Price.FromDecimal(0.50m), Quantity.FromDecimal(2_000)).ToMicros),
            refusal.Figures);
        Assert.Null(venue.Audit());
    }

    [Theory]
    [InlineData(0.555, 10, OrderType.Gtc, RefusalKind.OffGrid)]
    [InlineData(0.40, 4.99, OrderType.Gtc, RefusalKind.BelowMinimum)]
    [InlineData(0.40, 10.001, OrderType.Gtc, RefusalKind.Amounts)]
    [InlineData(0.40, 0, OrderType.Gtc, RefusalKind.Amounts)]
    [InlineData(0.10, 9, OrderType.Fak, RefusalKind.MarketableBelowMinimum)]
    [InlineData(0.40, 10, OrderType.Gtd, RefusalKind.Malformed)]
    public void Order_ThatBreaksARule_IsRefusedByIt(double limit, double shares, OrderType type, RefusalKind kind) =>
        Assert.Equal(kind, Place(Carol, Side.Buy, (decimal)limit, (decimal)shares, type).Refusal!.Kind);

    [Fact]
    public void Order_OfAnUnknownMarketOrAfterItsCancel_IsRefused()
    {
        var request = Request(Side.Buy, 0.40m, 10, OrderType.Gtc, null, null, Outcome.Yes, market);
        Assert.Equal(
            RefusalKind.UnknownMarket, venue.Place(Carol, request with { MarketId = new("0x00") }).Refusal!.Kind);
        venue.Cancel(Carol, [request.Id]);
        Assert.Equal(RefusalKind.CanceledBefore, venue.Place(Carol, request).Refusal!.Kind);
    }

    [Fact]
    public void Trade_WithSeveralMakersOfOneAccount_IsOneTradeWithAFillForEach()
    {
        var only = new SimulatedVenue([Listing(0, 0.5m, spread: 0.10m)], Options(step: 1));
        var wide = only.Markets()[0];
        foreach (var limit in new[] { 0.51m, 0.50m })
            only.Place(Alice, Request(Side.Buy, limit, 10, OrderType.Gtc, null, null, Outcome.Yes, wide));
        only.Drain();
        var trade = only.Place(
            Bob, Request(Side.Buy, 0.51m, 20, OrderType.Fak, 9.90m, null, Outcome.No, wide)).Trade!;

        Assert.Equal([0.51m, 0.50m], trade.Makers.Select(maker => maker.Price.ToDecimal()));
        // Minted: the maker pays 51 and 50 cents, the taker what is left to a dollar.
        Assert.Equal((49m * 10) + (50m * 10), trade.Taker.Notional.ToDecimal() * 100);
        Assert.Equal(
            [new($"{trade.Id}/0"), new TradeId($"{trade.Id}/1")], trade.FillsOf(Alice).Select(fill => fill.TradeId));
        Assert.Equal(trade.Id, Assert.Single(trade.FillsOf(Bob)).TradeId);
        Assert.Equal(
            [nameof(VenueEvent.OrderPlaced), nameof(VenueEvent.OrderUpdated), nameof(VenueEvent.OrderUpdated),
                nameof(VenueEvent.OrderUpdated), nameof(VenueEvent.TradeChanged), nameof(VenueEvent.Traded),
                nameof(VenueEvent.Traded)],
            only.Drain().Select(happened => happened.GetType().Name));
    }

    private decimal Best() => venue.Quotes()[0].AskYes!.Value.ToDecimal();

    private Price OwnPrice(TradeSide maker) =>
        maker.TokenId == market.TokenYes ? maker.Price : maker.Price.Complement;

    private Placement Place(
        AccountId account, Side side, decimal limit, decimal shares, OrderType type, decimal? dollars = null,
        int? at = null, Outcome outcome = Outcome.Yes, Market? of = null) =>
        venue.Place(account, Request(side, limit, shares, type, dollars, at, outcome, of ?? market));

    private VenueOrderRequest Request(
        Side side, decimal limit, decimal shares, OrderType type, decimal? dollars, int? at, Outcome outcome,
        Market of) => new()
    {
        Id = new($"0x{++orders:x64}"),
        MarketId = of.Id,
        TokenId = of.Token(outcome),
        Outcome = outcome,
        Side = side,
        Limit = Price.FromDecimal(limit),
        Quantity = Quantity.FromDecimal(decimal.Round(shares, 6)),
        Spend = dollars is { } spend ? Usdc.FromDecimal(spend) : null,
        Type = type,
        ExpiresAt = at is { } seconds ? Start.AddSeconds(seconds) : null,
        Owner = "key",
    };
}
