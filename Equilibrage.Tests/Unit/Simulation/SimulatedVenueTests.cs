using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support;
using static Equilibrage.Tests.Support.PracticeWorld;

namespace Equilibrage.Tests.Unit.Simulation;

[Trait("Tier", "Unit")]
public sealed class SimulatedVenueTests
{
    private readonly SimulatedVenue venue = Venue();
    private readonly Market market;

    public SimulatedVenueTests() => market = venue.Markets()[0];

    [Fact]
    public void Fak_WithinTheBook_FillsAtTheMakersPriceAndPaysTheFee()
    {
        var best = Quote().AskYes!.Value;
        var answer = venue.Submit(Alice, Order(market, Outcome.Yes, Side.Buy, 0.99m, 10));
        Assert.Equal(OrderStatus.Filled, answer.Status);
        var fill = Assert.Single(answer.Fills);
        Assert.Equal(best, fill.Price);
        Assert.Equal(best.CostOf(fill.Quantity), fill.Notional);
        Assert.Equal(market.Fees!.TakerFee(best, fill.Quantity), fill.Fee);
        // Nothing has moved on the chain yet; what was promised is not free.
        Assert.Equal(Usdc.FromDecimal(1_000), venue.Account(Alice)!.Cash);
        Assert.Equal((fill.Notional + fill.Fee).ToMicros, venue.Figures(Alice, null).Matched);
        venue.Advance(Start.AddHours(1));
        Assert.Equal(Usdc.FromDecimal(1_000) - fill.Notional - fill.Fee, venue.Account(Alice)!.Cash);
        Assert.Equal(fill.Quantity, venue.Account(Alice)!.Tokens[market.TokenYes]);
        Assert.Equal(0, venue.Figures(Alice, null).Matched);
        Assert.Null(venue.Audit());
    }

    [Fact]
    public void Fak_BeyondTheBook_DropsTheRest()
    {
        var best = Quote().AskYes!.Value.ToDecimal();
        var rich = Venue(capital: 10_000_000);
        var answer = rich.Submit(Alice, Order(market, Outcome.Yes, Side.Buy, best, 1_000_000));
        Assert.Equal(OrderStatus.Canceled, answer.Status);
        Assert.NotEmpty(answer.Fills);
        Assert.All(answer.Fills, fill => Assert.Equal(best, fill.Price.ToDecimal()));
        Assert.Contains("FAK", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Fok_NotWhole_FillsNothing()
    {
        var best = Quote().AskYes!.Value.ToDecimal();
        var rich = Venue(capital: 10_000_000);
        var answer = rich.Submit(Alice, Order(market, Outcome.Yes, Side.Buy, best, 1_000_000, OrderType.Fok));
        Assert.Equal(OrderStatus.Canceled, answer.Status);
        Assert.Empty(answer.Fills);
        Assert.Equal(Usdc.FromDecimal(10_000_000), rich.Account(Alice)!.Cash);
    }

    [Fact]
    public void PostOnly_ThatWouldTake_IsRefused()
    {
        var best = Quote().AskYes!.Value.ToDecimal();
        var order = Order(market, Outcome.Yes, Side.Buy, best, 10, OrderType.Gtc, isPostOnly: true);
        Assert.Equal(OrderStatus.Rejected, venue.Submit(Alice, order).Status);
        Assert.Null(venue.Find(order.VenueOrderId));
    }

    [Theory]
    [InlineData(Outcome.Yes, Side.Buy, Outcome.Yes, Side.Sell)]
    [InlineData(Outcome.Yes, Side.Buy, Outcome.No, Side.Buy)]
    [InlineData(Outcome.Yes, Side.Sell, Outcome.No, Side.Sell)]
    [InlineData(Outcome.No, Side.Buy, Outcome.No, Side.Sell)]
    public void TwoUsers_InsideTheSpread_TradeMintOrMergeAtTheMakersPrice(
        Outcome makerOutcome, Side makerSide, Outcome takerOutcome, Side takerSide)
    {
        var wide = new SimulatedVenue([Listing(0, 0.5m, spread: 0.10m)], Options());
        wide.OpenAccount(Alice, Usdc.FromDecimal(1_000));
        wide.OpenAccount(Bob, Usdc.FromDecimal(1_000));
        var only = wide.Markets()[0];
        foreach (var outcome in Outcomes.Both)
        {
            wide.Submit(Alice, Order(only, outcome, Side.Buy, 0.99m, 40, salt: 100 + (int)outcome));
            wide.Submit(Bob, Order(only, outcome, Side.Buy, 0.99m, 40, salt: 200 + (int)outcome));
        }

        wide.Advance(Start.AddSeconds(300));
        var rest = Order(only, makerOutcome, makerSide, 0.50m, 20, OrderType.Gtc, true, 3);
        Assert.Equal(OrderStatus.Accepted, wide.Submit(Alice, rest).Status);
        var limit = takerSide == Side.Buy ? 0.52m : 0.48m;
        var answer = wide.Submit(Bob, Order(only, takerOutcome, takerSide, limit, 20, salt: 4));
        Assert.Equal(OrderStatus.Filled, answer.Status);
        Assert.Equal(0.50m, Assert.Single(answer.Fills).Price.ToDecimal());
        var filled = Assert.Single(new AccountFeed(Alice).Read(wide.Drain()).OfType<FeedEvent.Filled>());
        Assert.Equal(Liquidity.Maker, filled.Fill.Liquidity);
        Assert.Equal(Usdc.Zero, filled.Fill.Fee);
        Assert.Equal(answer.Fills[0].TradeId, filled.Fill.TradeId);
        wide.Advance(Start.AddSeconds(600));
        Assert.Equal(OrderStatus.Filled, wide.Find(rest.VenueOrderId)!.Status);
        Assert.Equal(Held(makerSide), wide.Account(Alice)!.Tokens[only.Token(makerOutcome)]);
        Assert.Equal(Held(takerSide), wide.Account(Bob)!.Tokens[only.Token(takerOutcome)]);
        Assert.Null(wide.Audit());
    }

    [Fact]
    public void RestingOrders_AtOnePrice_FillInOrderOfArrival()
    {
        var wide = new SimulatedVenue([Listing(0, 0.5m, spread: 0.10m)], Options());
        wide.OpenAccount(Alice, Usdc.FromDecimal(1_000));
        wide.OpenAccount(Bob, Usdc.FromDecimal(1_000));
        var carol = new AccountId("sandbox:practice:carol");
        wide.OpenAccount(carol, Usdc.FromDecimal(1_000));
        var only = wide.Markets()[0];
        var first = Order(only, Outcome.Yes, Side.Buy, 0.50m, 10, OrderType.Gtc, true, 1);
        var second = Order(only, Outcome.Yes, Side.Buy, 0.50m, 10, OrderType.Gtc, true, 2);
        var better = Order(only, Outcome.Yes, Side.Buy, 0.51m, 10, OrderType.Gtc, true, 3);
        wide.Submit(Bob, first);
        wide.Submit(Alice, second);
        wide.Submit(Alice, better);
        wide.Submit(carol, Order(only, Outcome.No, Side.Buy, 0.50m, 25, salt: 4));
        Assert.Equal(OrderStatus.Filled, wide.Find(better.VenueOrderId)!.Status);
        Assert.Equal(OrderStatus.Filled, wide.Find(first.VenueOrderId)!.Status);
        Assert.Equal(OrderStatus.PartiallyFilled, wide.Find(second.VenueOrderId)!.Status);
        Assert.Null(wide.Audit());
    }

    [Fact]
    public void Refusals_SayWhatIsWrong()
    {
        Refused(Order(market, Outcome.Yes, Side.Buy, 0.555m, 10), "grid");
        Refused(Order(market, Outcome.Yes, Side.Buy, 0.40m, 4, OrderType.Gtc), "minimum of 5");
        Refused(Order(market, Outcome.Yes, Side.Buy, 0.10m, 9), "$1");
        Refused(Order(market, Outcome.Yes, Side.Sell, 0.40m, 10), "Not enough balance");
        Refused(Order(market, Outcome.Yes, Side.Buy, 0.99m, 1_011), "Not enough balance");
        Refused(Order(market, Outcome.Yes, Side.Buy, 0.99m, 10, OrderType.Gtd), "date");
        Refused(Order(market, Outcome.Yes, Side.Buy, 0.99m, 10, OrderType.Fak, isPostOnly: true), "Post-only");
        Refused(Order(market with { Id = new("0x00") }, Outcome.Yes, Side.Buy, 0.99m, 10), "No such market");
        var twice = Order(market, Outcome.Yes, Side.Buy, 0.99m, 10, salt: 9);
        Assert.Equal(OrderStatus.Filled, venue.Submit(Alice, twice).Status);
        Refused(twice, "Duplicated");
    }

    [Fact]
    public void Cancel_OfAnUnknownId_RefusesTheOrderThatComesLater()
    {
        var late = Order(market, Outcome.Yes, Side.Buy, 0.99m, 10);
        Assert.Equal(OrderStatus.Canceled, venue.Cancel(late.VenueOrderId).Status);
        Refused(late, "canceled before");
    }

    [Fact]
    public void RestingPurchase_ReservesCashUntilItIsCanceled()
    {
        var resting = Order(market, Outcome.Yes, Side.Buy, 0.01m, 90_000, OrderType.Gtc, salt: 1);
        Assert.Equal(OrderStatus.Accepted, venue.Submit(Alice, resting).Status);
        Assert.Equal(Usdc.FromDecimal(1_000), venue.Account(Alice)!.Cash);
        Refused(Order(market, Outcome.No, Side.Buy, 0.01m, 20_000, OrderType.Gtc, salt: 2), "Not enough balance");
        Assert.Equal(OrderStatus.Canceled, venue.Cancel(resting.VenueOrderId).Status);
        var answer = venue.Submit(Alice, Order(market, Outcome.No, Side.Buy, 0.01m, 20_000, OrderType.Gtc, salt: 3));
        Assert.Null(venue.Audit());
        Assert.Equal(OrderStatus.Accepted, answer.Status);
    }

    [Fact]
    public void Quotes_OfAWantedMarket_EqualItsBook()
    {
        venue.SetWanted([.. venue.Markets().SelectMany(each => new[] { each.TokenYes, each.TokenNo })]);
        var books = new Dictionary<TokenId, Book>();
        for (var hour = 0; hour <= 20; hour++)
        {
            BookKeeping.Apply(books, venue.Advance(Start.AddHours(hour)));
            foreach (var quote in venue.Quotes())
            {
                var each = venue.Listing(quote.MarketId)!.Market;
                Assert.Equal(quote.BidYes, books[each.TokenYes].BestBid);
                Assert.Equal(quote.AskYes, books[each.TokenYes].BestAsk);
                Assert.Equal(quote.BidNo, books[each.TokenNo].BestBid);
                Assert.Equal(quote.BidDepthYes, books[each.TokenYes].DepthShares(BookSide.Bid, 5));
                Assert.Equal(quote.BidDepthNo, books[each.TokenNo].DepthShares(BookSide.Bid, 5));
            }
        }
    }

    [Fact]
    public void Market_ThatHoldsTakers_DelaysTheMatch()
    {
        var slow = new SimulatedVenue([Listing(0) with { TakerDelayMs = 3_000 }], Options(step: 1));
        var only = slow.Markets()[0];
        slow.OpenAccount(Alice, Usdc.FromDecimal(1_000));
        var order = Order(only, Outcome.Yes, Side.Buy, 0.99m, 10);
        Assert.Equal(OrderStatus.Delayed, slow.Submit(Alice, order).Status);
        Assert.Equal(OrderStatus.Delayed, slow.Cancel(order.VenueOrderId).Status);
        var feed = new AccountFeed(Alice);
        Assert.Empty(feed.Read(slow.Advance(Start.AddSeconds(2))).OfType<FeedEvent.Filled>());
        var filled = Assert.Single(feed.Read(slow.Advance(Start.AddSeconds(3))).OfType<FeedEvent.Filled>());
        Assert.Equal(OrderStatus.Filled, filled.Status);
        Assert.Equal(OrderStatus.Filled, slow.Find(order.VenueOrderId)!.Status);
        Assert.Null(slow.Audit());
    }

    [Fact]
    public void Settlement_ThatFails_NeverMovedAnything()
    {
        var failing = new SimulatedVenue(Listings(3), Options() with { FailuresPerMillion = 1_000_000 });
        failing.OpenAccount(Alice, Usdc.FromDecimal(1_000));
        var order = Order(market, Outcome.Yes, Side.Buy, 0.99m, 10);
        var answer = failing.Submit(Alice, order);
        var happened = failing.Drain().Concat(failing.Advance(Start.AddHours(1))).ToList();
        var settled = Assert.Single(new AccountFeed(Alice).Read(happened).OfType<FeedEvent.Settled>());
        Assert.Equal((answer.Fills[0].TradeId, false), (settled.TradeId, settled.IsConfirmed));
        Assert.Equal(
            [TradeStatus.Matched, TradeStatus.Retrying, TradeStatus.Failed],
            happened.OfType<VenueEvent.TradeChanged>().Select(changed => changed.Trade.Status));
        Assert.Equal(Usdc.FromDecimal(1_000), failing.Account(Alice)!.Cash);
        Assert.Empty(failing.Account(Alice)!.Tokens);
        Assert.Empty(failing.Find(order.VenueOrderId)!.Fills);
        Assert.Null(failing.Audit());
    }

    [Fact]
    public void Resolution_ExpiresOrdersPaysOnceAndListsAnew()
    {
        var resting = Order(market, Outcome.No, Side.Buy, 0.01m, 10, OrderType.Gtc, salt: 2);
        venue.Submit(Alice, Order(market, Outcome.Yes, Side.Buy, 0.99m, 10, salt: 1));
        venue.Submit(Alice, Order(market, Outcome.No, Side.Buy, 0.99m, 10, salt: 3));
        venue.Submit(Alice, resting);
        Assert.Null(venue.Redeem(Alice, market.Id));
        var reports = new List<VenueEvent>();
        for (var day = 1; day < 12; day++)
            reports.AddRange(venue.Advance(Start.AddDays(day)));
        Assert.Single(reports.OfType<VenueEvent.Resolved>(), resolved => resolved.Resolution.MarketId == market.Id);
        Assert.NotEqual(OrderStatus.Accepted, venue.Find(resting.VenueOrderId)!.Status);
        var before = venue.Account(Alice)!.Cash;
        Assert.Equal(Usdc.FromDecimal(10), venue.Redeem(Alice, market.Id)!.Cash + LostToTheLoser(resting));
        Assert.True(venue.Account(Alice)!.Cash > before);
        Assert.Equal(Usdc.Zero, venue.Redeem(Alice, market.Id)!.Cash);
        Assert.DoesNotContain(venue.Markets(), each => each.Id == market.Id);
        Assert.Contains(venue.Markets(), each => each.Question.Contains("(round ", StringComparison.Ordinal));
        Assert.Null(venue.Audit());
    }

    private static Quantity Held(Side side) => Quantity.FromDecimal(side == Side.Buy ? 60 : 20);

    // A purchase at a cent that the crowd sold into before the end changes what is redeemed; nothing was sold here.
    private Usdc LostToTheLoser(PreparedOrder resting)
    {
        var filled = venue.Find(resting.VenueOrderId)!.Fills.Sum(fill => fill.Quantity.ToMicros);
        return Usdc.FromMicros(filled == 0 ? 0 : -filled);
    }

    private Core.Observations.MarketQuote Quote() => venue.Quotes()[0];

    private void Refused(PreparedOrder order, string reason)
    {
        var answer = venue.Submit(Alice, order);
        Assert.Equal(OrderStatus.Rejected, answer.Status);
        Assert.Contains(reason, answer.Reason, StringComparison.Ordinal);
    }
}
