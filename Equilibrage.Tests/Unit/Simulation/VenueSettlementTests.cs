using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using static Equilibrage.Tests.Support.PracticeWorld;

namespace Equilibrage.Tests.Unit.Simulation;

/// <summary>What happens after the match, on the chain, and to the price grid.</summary>
[Trait("Tier", "Unit")]
public sealed class VenueSettlementTests
{
    private readonly SimulatedVenue venue = new([Listing(0), Listing(1)], Options(step: 1));
    private readonly Market market;

    public VenueSettlementTests()
    {
        market = venue.Markets()[0];
        venue.OpenAccount(Alice, Usdc.FromDecimal(1_000));
    }

    [Fact]
    public void Trade_Settles_WhenItIsMinedItMovesBalancesAndIsConfirmedLater()
    {
        var trade = Buy(50);
        var statuses = new List<(TradeStatus Status, int Second, bool HasHash)>();
        for (var second = 1; second <= 66; second++)
        {
            foreach (var changed in venue.Advance(Start.AddSeconds(second)).OfType<VenueEvent.TradeChanged>())
                statuses.Add((changed.Trade.Status, second, changed.Trade.TransactionHash is not null));
            var isMoved = statuses.Count > 0;
            Assert.Equal(isMoved, venue.Account(Alice)!.Tokens.ContainsKey(market.TokenYes));
            Assert.Equal(isMoved, venue.Figures(Alice, null).Matched == 0);
        }

        Assert.Null(trade.TransactionHash);
        Assert.Equal([TradeStatus.Mined, TradeStatus.Confirmed], statuses.Select(status => status.Status));
        Assert.InRange(statuses[0].Second, 2, 5);
        Assert.InRange(statuses[1].Second - statuses[0].Second, 10, 60);
        Assert.All(statuses, status => Assert.True(status.HasHash));
        Assert.Equal(
            Usdc.FromDecimal(1_000) - trade.Taker.Notional - trade.Taker.Fee, venue.Account(Alice)!.Cash);
        Assert.True(venue.Settlements([trade.Id])[trade.Id]);
    }

    [Fact]
    public void Shares_ThatAreMatchedAndNotMined_CannotBeSold()
    {
        Buy(50);
        var early = Sell(10, 1);
        venue.Advance(Start.AddSeconds(10));
        var late = Sell(10, 2);

        Assert.Equal(OrderStatus.Rejected, early.Status);
        Assert.Equal(OrderStatus.Filled, late.Status);
    }

    [Theory]
    [InlineData(SettlementFate.Retried, TradeStatus.Mined, TradeStatus.Confirmed)]
    [InlineData(SettlementFate.Failing, TradeStatus.Failed)]
    public void Settlement_WhoseFateWasOrdered_TakesThatWay(SettlementFate fate, params TradeStatus[] afterwards)
    {
        venue.OrderFates(fate, 1);
        var trade = Buy(50);
        Buy(10, 9);
        var own = venue.Advance(Start.AddSeconds(120)).OfType<VenueEvent.TradeChanged>()
            .Where(changed => changed.Trade.Id == trade.Id).Select(changed => changed.Trade.Status);

        Assert.Equal([TradeStatus.Retrying, .. afterwards], own);
        Assert.Equal(2, venue.TradesOf(Alice).Count(each => each.IsFinal));
        Assert.Null(venue.Audit());
    }

    [Fact]
    public void SplitAndMerge_MoveBetweenDollarsAndSetsExactly()
    {
        Assert.Null(venue.Split(Alice, market.Id, Quantity.FromDecimal(123.456789m)));
        Assert.Equal(876.543211m, venue.Account(Alice)!.Cash.ToDecimal());
        Assert.Null(venue.Audit());
        Assert.Equal(RefusalKind.Balance, venue.Merge(Alice, market.Id, Quantity.FromDecimal(124))!.Kind);
        Assert.Null(venue.Merge(Alice, market.Id, Quantity.FromDecimal(23.456789m)));

        Assert.Equal(900m, venue.Account(Alice)!.Cash.ToDecimal());
        Assert.All(venue.Account(Alice)!.Tokens.Values, held => Assert.Equal(100m, held.ToDecimal()));
        Assert.Equal(
            [ChainActionKind.Split, ChainActionKind.Merge], venue.ActionsOf(Alice).Select(action => action.Kind));
        Assert.Equal(RefusalKind.Balance, venue.Split(Alice, market.Id, Quantity.FromDecimal(901))!.Kind);
        Assert.Null(venue.Audit());
    }

    [Fact]
    public void Orders_WhoseCoverIsUsedOnTheChain_AreEndedByTheVenueNewestFirst()
    {
        var older = Order(market, Outcome.Yes, Side.Buy, 0.02m, 20_000, OrderType.Gtc, salt: 1);
        var newer = Order(market, Outcome.No, Side.Buy, 0.02m, 20_000, OrderType.Gtc, salt: 2);
        venue.Submit(Alice, older);
        venue.Submit(Alice, newer);
        venue.Split(Alice, market.Id, Quantity.FromDecimal(500));

        Assert.Equal(OrderStatus.Accepted, venue.Order(older.VenueOrderId)!.Status);
        var ended = venue.Order(newer.VenueOrderId)!;
        Assert.Equal((OrderStatus.Canceled, RefusalKind.Balance), (ended.Status, ended.Refusal));
        Assert.Null(venue.Audit());
    }

    [Fact]
    public void Market_PastTheLastCents_GetsAFinerGridAndKeepsWhatRests()
    {
        var end = new SimulatedVenue([Listing(0, 0.97m)], Options(step: 1));
        var near = end.Markets()[0];
        var resting = Order(near, Outcome.Yes, Side.Buy, 0.90m, 10, OrderType.Gtc, salt: 1);
        end.OpenAccount(Alice, Usdc.FromDecimal(1_000));
        end.SetWanted([near.TokenYes, near.TokenNo]);
        Assert.Equal(OrderStatus.Accepted, end.Submit(Alice, resting).Status);
        var fine = Order(near, Outcome.Yes, Side.Buy, 0.901m, 10, OrderType.Gtc, salt: 2);
        Assert.Equal(OrderStatus.Rejected, end.Submit(Alice, fine).Status);
        var changed = end.Advance(Start.AddSeconds(2)).OfType<VenueEvent.TickChanged>().ToList();

        var only = Assert.Single(changed);
        Assert.Equal((TickSize.Cent, TickSize.FromMicros(1_000)), (only.Before, only.Market.TickSize));
        Assert.Equal(only.Market.TickSize, end.Markets()[0].TickSize);
        Assert.Equal(OrderStatus.Accepted, end.Order(resting.VenueOrderId)!.Status);
        Assert.Equal(OrderStatus.Accepted, end.Submit(Alice, fine with { VenueOrderId = new("0x02") }).Status);
        Assert.Contains(
            end.Book(near.TokenYes)!.Book.Bids, level => level.Price == Price.FromDecimal(0.901m));
    }

    [Fact]
    public void Book_OfWantedTokens_PrintsTheCrowdsTradesInsideIt()
    {
        venue.SetWanted([market.TokenYes, market.TokenNo]);
        var happened = venue.Advance(Start.AddHours(6));
        var prints = happened.OfType<VenueEvent.Traded>().ToList();

        Assert.NotEmpty(prints);
        Assert.All(prints, print => Assert.Null(print.TradeId));
        Assert.Equal(2, prints.Select(print => print.TokenId).Distinct().Count());
        Assert.Equal(2, prints.Select(print => print.TakerSide).Distinct().Count());
        var versions = happened.OfType<VenueEvent.BookChanged>().Select(changed => changed.Version).ToList();
        Assert.Equal(versions.Order().Distinct(), versions);
        Assert.Equal(versions[^1], venue.Book(market.TokenYes)!.Version);
    }

    [Fact]
    public void Order_StillRestingAtTheEnd_IsEndedByTheResolution()
    {
        var resting = Order(market, Outcome.Yes, Side.Buy, 0.01m, 100, OrderType.Gtc, salt: 1);
        var hourly = new SimulatedVenue([Listing(0)], Options(step: 3_600));
        hourly.OpenAccount(Alice, Usdc.FromDecimal(1_000));
        hourly.Submit(Alice, resting);
        hourly.Advance(Start.AddDays(12));

        var order = hourly.Order(resting.VenueOrderId)!;
        Assert.True(order.IsEndedByResolution || order.Matched == order.Request.Quantity);
        Assert.Null(hourly.Audit());
    }

    private VenueTrade Buy(decimal dollars, long salt = 7)
    {
        var request = VenueOrderRequest.From(
            Order(market, Outcome.Yes, Side.Buy, 0.99m, dollars, OrderType.Fak, salt: salt));
        var trade = venue.Place(Alice, request with { Spend = Usdc.FromDecimal(dollars) }).Trade!;
        Assert.Contains(
            venue.Drain(), happened => happened is VenueEvent.TradeChanged changed && changed.Trade == trade);
        return trade;
    }

    private SubmitAnswer Sell(decimal shares, long salt) =>
        venue.Submit(Alice, Order(market, Outcome.Yes, Side.Sell, 0.01m, shares, salt: salt));
}
