using System.Text.Json;
using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation.Paper;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Simulation;

[Trait("Tier", "Unit")]
public sealed class PaperVenueTests
{
    private static readonly Market Market = PracticeWorld.Listing(1).Market with { Fees = new(50_000, false) };
    private readonly PaperVenue venue = new();
    private readonly List<PaperFact> facts = [];
    private long salt;

    public PaperVenueTests()
    {
        venue.List([Market]);
        facts.Add(venue.Open(Usdc.FromDecimal(1_000)));
    }

    [Fact]
    public void Submit_WithoutABook_IsRefused()
    {
        var (answer, said, _) = venue.Submit(Order(Side.Buy, 0.5m, 10));

        Assert.Equal(OrderStatus.Rejected, answer.Status);
        Assert.Contains("no current live book", answer.Reason, StringComparison.Ordinal);
        Assert.Empty(said);
    }

    [Fact]
    public void Submit_PurchaseThatWalksTwoLevels_PaysEachLevelAndItsFee()
    {
        Show(bids: [(0.48m, 100)], asks: [(0.50m, 20), (0.52m, 100)]);

        var answer = Take(Order(Side.Buy, 0.52m, 30));

        Assert.Equal(OrderStatus.Filled, answer.Status);
        Assert.Equal([0.50m, 0.52m], answer.Fills.Select(fill => fill.Price.ToDecimal()));
        Assert.Equal([20m, 10m], answer.Fills.Select(fill => fill.Quantity.ToDecimal()));
        // 20 × 0.05 × 0.25 and 10 × 0.05 × 0.2496.
        Assert.Equal([0.25m, 0.1248m], answer.Fills.Select(fill => fill.Fee.ToDecimal()));
        Assert.Equal(1_000m - 10m - 5.2m - 0.3748m, venue.Account.Cash.ToDecimal());
    }

    [Fact]
    public void Submit_PurchaseByDollars_BuysWholeLotsUpToThem()
    {
        Show(bids: [(0.48m, 100)], asks: [(0.50m, 20), (0.53m, 100)]);

        var answer = Take(Order(Side.Buy, 0.53m, 30) with { Spend = 15.99m });

        // 10 dollars at 0.50, then 5.99 / 0.53 = 11.30 shares.
        Assert.Equal([20m, 11.30m], answer.Fills.Select(fill => fill.Quantity.ToDecimal()));
        Assert.Equal(OrderStatus.Filled, answer.Status);
    }

    [Fact]
    public void Submit_Twice_TakesALevelOnlyOnceUntilItsSizeChanges()
    {
        Show(bids: [(0.48m, 100)], asks: [(0.50m, 20)]);
        Take(Order(Side.Buy, 0.50m, 15));
        Assert.Equal(5m, Take(Order(Side.Buy, 0.50m, 15)).Fills.Single().Quantity.ToDecimal());

        Show(bids: [(0.48m, 100)], asks: [(0.50m, 20)]);
        Assert.Empty(Take(Order(Side.Buy, 0.50m, 15)).Fills);

        Change(BookSide.Ask, 0.50m, 21);
        Assert.Equal(15m, Take(Order(Side.Buy, 0.50m, 15)).Fills.Single().Quantity.ToDecimal());
    }

    [Fact]
    public void Submit_Taken_ShowsOnTheOtherTokenToo()
    {
        Show(bids: [(0.48m, 100)], asks: [(0.50m, 20)]);
        var (_, _, reports) = venue.Submit(Order(Side.Buy, 0.50m, 15));

        var deltas = Assert.IsType<FeedEvent.Changed>(reports[0]).Deltas;
        Assert.Equal(
            [new(Market.TokenYes, BookSide.Ask, Price.FromDecimal(0.50m), Quantity.FromDecimal(5)),
                new BookDelta(Market.TokenNo, BookSide.Bid, Price.FromDecimal(0.50m), Quantity.FromDecimal(5))],
            deltas);
        Assert.IsType<FeedEvent.Settled>(reports[1]);
    }

    [Fact]
    public void Submit_FokThatCannotBeWhole_TakesNothing()
    {
        Show(bids: [(0.48m, 100)], asks: [(0.50m, 20)]);

        var answer = Take(Order(Side.Buy, 0.50m, 21, OrderType.Fok));

        Assert.Equal(OrderStatus.Canceled, answer.Status);
        Assert.Empty(answer.Fills);
        Assert.Equal(15m, Take(Order(Side.Buy, 0.50m, 15)).Fills.Single().Quantity.ToDecimal());
    }

    [Fact]
    public void Submit_MoreThanIsHeldOrAffordable_IsRefusedInFigures()
    {
        Show(bids: [(0.48m, 100)], asks: [(0.50m, 20)]);

        Assert.Contains(
            "0 shares are free, 5 are to be sold", venue.Submit(Order(Side.Sell, 0.48m, 5)).Answer.Reason,
            StringComparison.Ordinal);
        Assert.Contains(
            "$1000 is free", venue.Submit(Order(Side.Buy, 0.50m, 3_000)).Answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Submit_InAMarketWithoutFees_IsRefused()
    {
        venue.List([Market with { Fees = null }]);
        Show(bids: [(0.48m, 100)], asks: [(0.50m, 20)]);

        var (answer, _, _) = venue.Submit(Order(Side.Buy, 0.5m, 10));
        Assert.Contains("names no fees", answer.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Rest_IsExecutedOnlyWhenThePriceGoesThroughItsLimit()
    {
        Show(bids: [(0.48m, 100)], asks: [(0.50m, 20)]);
        var order = Order(Side.Buy, 0.49m, 10, OrderType.Gtc);
        Assert.Equal(OrderStatus.Accepted, Take(order).Status);

        Assert.DoesNotContain(Change(BookSide.Ask, 0.49m, 50), report => report is FeedEvent.Filled);
        var filled = Assert.Single(Change(BookSide.Ask, 0.48m, 4).OfType<FeedEvent.Filled>());
        Assert.Equal((4m, 0.49m, 0m), Figures(filled.Fill));
        Assert.Equal(OrderStatus.PartiallyFilled, filled.Status);
        filled = Assert.Single(Change(BookSide.Ask, 0.47m, 40).OfType<FeedEvent.Filled>());
        Assert.Equal((6m, 0.49m, 0m), Figures(filled.Fill));
        Assert.Equal(OrderStatus.Filled, filled.Status);

        static (decimal, decimal, decimal) Figures(Fill fill) =>
            (fill.Quantity.ToDecimal(), fill.Price.ToDecimal(), fill.Fee.ToDecimal());
    }

    [Fact]
    public void Rest_ReservesItsDollars_UntilCanceled()
    {
        Show(bids: [(0.48m, 100)], asks: [(0.50m, 20)]);
        var order = Order(Side.Buy, 0.49m, 1_900, OrderType.Gtc);
        Take(order);
        Assert.Equal(69m, venue.Account.FreeCash().ToDecimal());

        var (canceled, said) = venue.Cancel(order.Prepared.VenueOrderId);
        facts.AddRange(said);
        Assert.Equal(OrderStatus.Canceled, canceled!.Status);
        Assert.Equal(1_000m, venue.Account.FreeCash().ToDecimal());
    }

    [Fact]
    public void Redeem_PaysTheWinnerOnce()
    {
        Show(bids: [(0.48m, 100)], asks: [(0.50m, 20)]);
        Take(Order(Side.Buy, 0.50m, 20));
        var before = venue.Account.Cash;
        var end = new Resolution(Market.Id, Price.One, ResolutionKind.Regular, venue.MarketTime);

        var (first, said) = venue.Execute(ChainOperation.Redemption(Market.Id), Market, end);
        facts.AddRange(said);
        Assert.Equal(20m, first.Receipt!.Cash.ToDecimal());
        var (again, nothing) = venue.Execute(ChainOperation.Redemption(Market.Id), Market, end);
        Assert.Equal(20m, again.Receipt!.Cash.ToDecimal());
        Assert.Empty(nothing);
        Assert.Equal(20m, (venue.Account.Cash - before).ToDecimal());
    }

    [Fact]
    public void Facts_WrittenAndFoldedAgain_GiveTheSameAccount()
    {
        Show(bids: [(0.48m, 100)], asks: [(0.50m, 20), (0.51m, 100)]);
        Take(Order(Side.Buy, 0.51m, 40));
        Take(Order(Side.Sell, 0.48m, 10));
        Take(Order(Side.Buy, 0.30m, 50, OrderType.Gtc));
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
            Change((BookSide)random.Next(2), 0.05m + (0.01m * random.Next(90)), random.Next(60));

        var folded = new PaperVenue();
        folded.Restore(facts.Select(fact => JsonSerializer.Deserialize<PaperFact>(
            JsonSerializer.Serialize(fact, JournalJson.Options), JournalJson.Options)!));
        Assert.Equal(
            JsonSerializer.Serialize(venue.Account.View(), JournalJson.Options),
            JsonSerializer.Serialize(folded.Account.View(), JournalJson.Options));
    }

    private static TestOrder Order(Side side, decimal limit, decimal shares, OrderType type) =>
        new(side, limit, shares, type);

    private TestOrder Order(Side side, decimal limit, decimal shares) =>
        new(side, limit, shares, OrderType.Fak) { Salt = ++salt };

    private SubmitAnswer Take(TestOrder order)
    {
        var (answer, said, _) = venue.Submit(order);
        facts.AddRange(said);
        return answer;
    }

    private void Show((decimal Price, decimal Size)[] bids, (decimal Price, decimal Size)[] asks)
    {
        Hear(new FeedEvent.Snapshot(PracticeWorld.Start, new(Market.TokenYes, Levels(bids), Levels(asks))));
        var mirrored = new BookSnapshot(
            Market.TokenNo, [.. Levels(asks).Select(Mirror)], [.. Levels(bids).Select(Mirror)]);
        Hear(new FeedEvent.Snapshot(PracticeWorld.Start, mirrored));

        static Level[] Levels((decimal Price, decimal Size)[] levels) =>
            [.. levels.Select(level => new Level(Price.FromDecimal(level.Price), Quantity.FromDecimal(level.Size)))];
        static Level Mirror(Level level) => new(level.Price.Complement, level.Quantity);
    }

    private IReadOnlyList<FeedEvent> Change(BookSide side, decimal price, decimal size)
    {
        var (at, quantity) = (Price.FromDecimal(price), Quantity.FromDecimal(size));
        var other = side == BookSide.Ask ? BookSide.Bid : BookSide.Ask;
        return Hear(new FeedEvent.Changed(PracticeWorld.Start, Market.Id,
            [new(Market.TokenYes, side, at, quantity), new(Market.TokenNo, other, at.Complement, quantity)]));
    }

    private IReadOnlyList<FeedEvent> Hear(FeedEvent report)
    {
        var (reports, said) = venue.Absorb(report);
        facts.AddRange(said);
        return reports;
    }

    private sealed record TestOrder(Side Side, decimal Limit, decimal Shares, OrderType Type)
    {
        public decimal? Spend { get; init; }

        public long Salt { get; init; }

        public PreparedOrder Prepared
        {
            get
            {
                var order = PracticeWorld.Order(Market, Outcome.Yes, Side, Limit, Shares, Type, salt: Salt);
                return Spend is { } dollars
                    ? order with { Command = order.Command with { Spend = Usdc.FromDecimal(dollars) } }
                    : order;
            }
        }

        public static implicit operator PreparedOrder(TestOrder order) => order.Prepared;
    }
}
