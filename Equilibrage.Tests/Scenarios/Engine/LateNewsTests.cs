using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Scenarios.Engine;

/// <summary>What is heard of orders and trades when everything seemed to be over.</summary>
[Trait("Tier", "Scenarios")]
public sealed class LateNewsTests
{
    [Fact]
    public void Purchase_HeardOfAfterItsPositionWasClosed_IsBookedAndSoldAgain()
    {
        var (bench, order) = Missed();
        Assert.Empty(bench.State.Positions);

        var fill = bench.Venue.Fill(order, 40, null, 0, bench.Now.MarketTime);
        bench.Feed(new FeedEvent.Filled(bench.Now.MarketTime, fill, OrderStatus.PartiallyFilled));
        bench.QuoteEven();

        Assert.Equal(PositionState.Closing, bench.Position.State);
        Assert.Null(bench.Position.ClosedAt);
        Assert.Equal(OrderStatus.Canceled, bench.State.Orders[order.Command.ClientOrderId].Status);
        var sale = Assert.Single(bench.Unanswered).Command;
        Assert.Equal((Side.Sell, 40m), (sale.Side, sale.Quantity.ToDecimal()));
        bench.Answer();
        bench.Settle(true);
        Assert.Equal(PositionState.Closed, bench.Position.State);
    }

    [Fact]
    public void Order_OfAPositionClosedADayAgo_IsForgotten()
    {
        var (bench, order) = Missed();
        bench.Pass(1, 25);
        bench.Monitor();

        Assert.Null(bench.State.FindOrder(order.VenueOrderId));
    }

    [Fact]
    public void Sale_ThatFailsAfterThePositionWasClosed_IsSoldAgain()
    {
        var bench = new EngineBench();
        bench.EnterEven();
        bench.Close();
        bench.Answer();
        bench.Answer();
        Assert.Equal(PositionState.Closed, bench.Position.State);

        bench.Settle(false);
        bench.QuoteEven();

        Assert.Equal(PositionState.Closing, bench.Position.State);
        Assert.Equal(2, bench.Unanswered.Count);
        Assert.Equal(2, bench.State.Ghosts.Count);
    }

    [Fact]
    public void Purchase_ThatFailsWhileItsSharesAreSold_WaitsForTheSale()
    {
        var (bench, purchase, sale) = SoldUnsettled();

        Settle(bench, purchase, false);
        Assert.Equal(0m, bench.Position.Yes.Held.ToDecimal());
        Settle(bench, sale, false);

        Assert.Equal((0m, 0m), (bench.Position.Yes.Bought.ToDecimal(), bench.Position.Yes.Sold.ToDecimal()));
        Assert.Equal(950m, bench.State.Ledger.Cash.ToDecimal());
        Assert.Equal([sale, purchase], bench.State.Ghosts.Select(ghost => ghost.Fill.TradeId));
    }

    [Fact]
    public void Purchase_ThatFailsAfterItsSharesWereSold_TookSharesThatWereNotOurs()
    {
        var (bench, purchase, sale) = SoldUnsettled();

        Settle(bench, purchase, false);
        Settle(bench, sale, true);

        Assert.Equal(Quantity.Zero, bench.Position.Yes.Held);
        Assert.Equal(-100_000_000, bench.State.Ledger.External(bench.Market.TokenYes));
        Assert.Equal(999m, bench.State.Ledger.Cash.ToDecimal());
        var sums = bench.State.Ledger.Balances.GroupBy(balance => balance.Key.Asset);
        Assert.All(sums, asset => Assert.Equal(0, asset.Sum(balance => balance.Value)));
    }

    [Fact]
    public void Execution_HeardOfAfterItsMarketPaid_IsPaidInAnotherRound()
    {
        var bench = new EngineBench();
        var position = bench.EnterEven();
        var order = bench.State.Orders.Values.First(known => known.Command.Outcome == Outcome.Yes);
        bench.Resolve(1);
        var first = bench.State.RedemptionOf(bench.Market.Id).Id;
        bench.Redeem();
        var cash = bench.State.Ledger.Cash;

        var late = bench.Venue.Fill(order.Prepared, 10, 0.5m, 0, bench.Now.MarketTime);
        bench.Feed(new FeedEvent.Filled(bench.Now.MarketTime, late, OrderStatus.Filled));
        bench.Resolve(1);
        Assert.Empty(bench.State.PendingRedemptions);
        bench.Settle(true);

        Assert.Single(bench.Journal, record => record.Output is EngineOutput.MarketResolved);
        var second = bench.State.RedemptionOf(bench.Market.Id).Id;
        Assert.NotEqual(first, second);
        Assert.Contains(second, bench.State.PendingOperations.Select(operation => operation.Id));
        bench.Process(new EngineEvent.Executed(
            bench.Now, second,
            new(Usdc.FromDecimal(10), new Dictionary<TokenId, long> { [position.Yes.TokenId] = -10_000_000 }, "0x02"),
            null));
        Assert.Equal(cash + Usdc.FromDecimal(5), bench.State.Ledger.Cash);
        Assert.Equal(Usdc.Zero, bench.State.Ledger.Redeemable);
        Assert.Empty(bench.State.Ledger.AllHoldings());
        Assert.Empty(bench.State.PendingRedemptions);
    }

    [Fact]
    public void Settlements_OfOthers_NeverCrowdOutTheLatest()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter();
        for (var i = 0; i < 1_500; i++)
            Settle(bench, new($"other-{i}"), true);
        var answer = bench.AnswerTo(bench.Take());
        Settle(bench, answer.Answer!.Fills[0].TradeId, true);

        bench.Process(answer);

        Assert.Empty(bench.State.Ledger.Pending);
    }

    /// <summary>Both legs at one half; the first leg's shares are sold before their purchase is settled.</summary>
    private static (EngineBench Bench, TradeId Purchase, TradeId Sale) SoldUnsettled()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter();
        bench.Answer();
        bench.Answer();
        var trades = bench.State.Ledger.Pending.ToDictionary(
            entry => bench.State.FindFill(entry).Order!.Command.Outcome, entry => entry.TradeId!.Value);
        Settle(bench, trades[Outcome.No], true);
        bench.Close(Outcome.Yes);
        bench.Answer();
        var sale = bench.State.Ledger.Pending.Select(entry => entry.TradeId!.Value)
            .Single(trade => trade != trades[Outcome.Yes]);
        return (bench, trades[Outcome.Yes], sale);
    }

    /// <summary>An entry that was answered with nothing had, and closed.</summary>
    private static (EngineBench Bench, PreparedOrder Order) Missed()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter();
        var order = bench.Take();
        bench.Process(new EngineEvent.Answered(
            bench.Now, order.Command.ClientOrderId, new(OrderStatus.Canceled, [], "no match"), null));
        bench.Pass(60);
        bench.Monitor();
        bench.Monitor();
        return (bench, order);
    }

    private static void Settle(EngineBench bench, TradeId trade, bool isConfirmed) =>
        bench.Feed(new FeedEvent.Settled(bench.Now.MarketTime, trade, isConfirmed));
}
