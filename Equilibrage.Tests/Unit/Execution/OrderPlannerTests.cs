using System.Globalization;
using Equilibrage.Core.Books;
using Equilibrage.Core.Execution;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Unit.Execution;

[Trait("Tier", "Unit")]
public sealed class OrderPlannerTests
{
    [Theory]
    [InlineData("100", 0)]
    [InlineData("99.99", 50_000)]
    [InlineData("1000", 50_000)]
    [InlineData("37.37", 70_000)]
    public void Purchase_AnyCapital_SpendsWholeCentsThatFitTheBudgetWithTheirFee(string dollars, long rate)
    {
        var capital = decimal.Parse(dollars, CultureInfo.InvariantCulture);
        var settings = new TradingSettings
        {
            Execution = new() { SliceDepthPercent = 0 }, Limits = new() { SlippageBps = 500 },
        };
        var bench = new EngineBench(settings, rateMicros: rate);
        Quote(bench, Outcome.Yes, (0.47m, 60), (0.48m, 75.13m), (0.49m, 9_000));
        Quote(bench, Outcome.No, (0.51m, 11), (0.52m, 9_000));
        bench.Enter(capital);

        var order = bench.Unanswered.Single().Command;
        var leg = bench.Position.Leg(order.Outcome);

        Assert.NotNull(order.Spend);
        Assert.Equal(0, order.Spend.Value.ToMicros % 10_000);
        Assert.True(OrderPlanner.Reservation(order, bench.Market) <= leg.Budget);
        Assert.True(order.Spend.Value.ToDecimal() > leg.Budget.ToDecimal() * 0.94m);
        // What the spend buys at the walk's prices is what was planned, or less than a cent's worth under it.
        var bought = bench.State.Book(order.TokenId).SweepDollars(Side.Buy, order.Spend.Value).Filled;
        Assert.True(bought >= order.Quantity && bought - order.Quantity < Quantity.FromDecimal(0.03m));
        Assert.Equal((bench.Market.TickSize, false), (order.Tick, order.IsNegRisk));
    }

    [Fact]
    public void Purchase_FilledWithMoreThanPlanned_IsHeldWholeAndSoldOnTheShareGrid()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter();
        var planned = bench.Unanswered.Single().Command.Quantity;
        bench.Answer(shares: 104.177777m, price: 0.48m);
        bench.Answer();
        var leg = bench.Position.Legs.Single(leg => leg.Bought == Quantity.FromDecimal(104.177777m));
        bench.Close();

        Assert.True(leg.Held > planned);
        var sale = bench.Unanswered.Single(order => order.Command.Outcome == leg.Outcome).Command;
        Assert.Equal((104.17m, null), (sale.Quantity.ToDecimal(), sale.Spend));
        while (bench.Unanswered.Count > 0)
            bench.Answer();
        Assert.False(bench.Position.IsOpen);
        Assert.Equal(0.007777m, bench.Position.Leg(leg.Outcome).Held.ToDecimal());
    }

    [Fact]
    public void Book_ReportedStale_StopsDecisionsUntilASnapshotComes()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Feed(new FeedEvent.Stale(bench.Now.MarketTime, [bench.Market.TokenYes]));
        bench.Enter();

        Assert.Equal(DenyReason.StaleBook, bench.Refusal);
        Assert.Equal(BookTrust.Stale, bench.State.Book(bench.Market.TokenYes).Trust);
        bench.QuoteEven();
        bench.Enter();
        Assert.Null(bench.Refusal);
    }

    [Fact]
    public void Book_LostAndThenReportedStale_StaysUntrusted()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Feed(new FeedEvent.Lost(bench.Now.MarketTime, [bench.Market.TokenYes]));
        bench.Feed(new FeedEvent.Stale(bench.Now.MarketTime, [bench.Market.TokenYes]));

        Assert.Equal(BookTrust.Untrusted, bench.State.Book(bench.Market.TokenYes).Trust);
    }

    private static void Quote(EngineBench bench, Outcome outcome, params (decimal Price, decimal Size)[] asks) =>
        bench.Feed(new FeedEvent.Snapshot(bench.Now.MarketTime, new(
            bench.Market.Token(outcome),
            [new(Price.FromDecimal(asks[0].Price - 0.01m), Quantity.FromDecimal(10_000))],
            [.. asks.Select(ask => new Level(Price.FromDecimal(ask.Price), Quantity.FromDecimal(ask.Size)))])));
}
