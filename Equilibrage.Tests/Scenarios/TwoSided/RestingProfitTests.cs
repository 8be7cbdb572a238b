using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Scenarios.TwoSided;

/// <summary>Take-profits that rest in the book as sales.</summary>
[Trait("Tier", "Scenarios")]
public sealed class RestingProfitTests
{
    [Fact]
    public void Active_BothTakeProfits_RestAtTheirPrices()
    {
        var bench = Held();

        Assert.Equal(2, bench.Unanswered.Count);
        Assert.All(bench.Unanswered, order =>
        {
            Assert.Equal((OrderType.Gtc, Side.Sell), (order.Command.Type, order.Command.Side));
            Assert.Equal((0.75m, 100m), (order.Command.Limit.ToDecimal(), order.Command.Quantity.ToDecimal()));
        });
    }

    [Fact]
    public void PurchaseNotFinal_NothingRestsYet()
    {
        var bench = new EngineBench(Settings());
        bench.QuoteEven();
        bench.Enter(100);
        bench.Answer();
        bench.Answer();
        bench.Monitor();

        Assert.Equal(PositionState.Active, bench.Position.State);
        Assert.Empty(bench.Unanswered);
    }

    [Fact]
    public void OneFillsWhole_OtherIsWithdrawnAndItsLegHeld()
    {
        var bench = Held();
        var (yes, no) = (bench.Accept(), bench.Accept());

        bench.Execute(yes, 100);
        Assert.Equal(no, Assert.Single(bench.Cancels));
        Assert.Equal(PositionState.Liquidating, bench.Position.State);
        bench.Cancel();

        var position = bench.Position;
        Assert.Equal((PositionState.HoldingWinner, ExitReason.TakeProfit), (position.State, position.Yes.ExitReason));
        Assert.Equal(100m, position.Yes.SoldAsMaker.ToDecimal());
        Assert.Equal(Outcome.Yes, position.LiquidatedSide);
        Assert.Empty(bench.Unanswered);
    }

    [Fact]
    public void OneFillsInPart_OtherIsWithdrawnAndTheRestStays()
    {
        var bench = Held();
        var (yes, no) = (bench.Accept(), bench.Accept());

        bench.Execute(yes, 30);

        Assert.Equal(no, Assert.Single(bench.Cancels));
        bench.Cancel();
        Assert.Equal(PositionState.Active, bench.Position.State);
        bench.Monitor();
        Assert.Empty(bench.Unanswered);
        bench.Execute(yes, 70);
        Assert.Equal(PositionState.HoldingWinner, bench.Position.State);
    }

    [Fact]
    public void LegFalls_BothAreCanceledBeforeItIsSold()
    {
        var bench = Held();
        bench.Accept();
        bench.Accept();

        bench.Quote(Outcome.No, 0.34m, 0.35m);
        bench.Quote(Outcome.No, 0.34m, 0.35m);
        Assert.Equal(2, bench.Cancels.Count);
        Assert.Empty(bench.Unanswered);
        bench.Cancel();
        Assert.Empty(bench.Unanswered);
        bench.Cancel();

        var sale = Assert.Single(bench.Unanswered).Command;
        Assert.Equal((Outcome.No, OrderType.Fak, 100m), (sale.Outcome, sale.Type, sale.Quantity.ToDecimal()));
    }

    [Fact]
    public void LegFalls_WhileItsTakeProfitWasPartlyExecuted_SellsOnlyTheRest()
    {
        var bench = Held();
        var (yes, _) = (bench.Accept(), bench.Accept());
        bench.Execute(yes, 30);
        bench.Cancel();

        bench.Quote(Outcome.Yes, 0.34m, 0.35m);
        bench.Quote(Outcome.Yes, 0.34m, 0.35m);
        bench.Cancel();

        Assert.Equal(70m, Assert.Single(bench.Unanswered).Command.Quantity.ToDecimal());
    }

    [Fact]
    public void OperatorCloses_CancelsFirst()
    {
        var bench = Held();
        bench.Accept();
        bench.Accept();

        bench.Close();

        Assert.Null(bench.Refusal);
        Assert.Equal(2, bench.Cancels.Count);
        bench.Cancel();
        bench.Cancel();
        Assert.Equal(2, bench.Unanswered.Count);
    }

    [Fact]
    public void BothFillBeforeTheCancel_BothAreTakeProfits()
    {
        var bench = Held();
        var (yes, no) = (bench.Accept(), bench.Accept());
        bench.Execute(yes, 100);

        bench.Execute(no, 100);
        bench.Cancel();

        var position = bench.Position;
        Assert.Equal(PositionState.Closed, position.State);
        Assert.Equal((ExitReason.TakeProfit, ExitReason.TakeProfit), (position.Yes.ExitReason, position.No.ExitReason));
        Assert.Equal(1050m, bench.State.Ledger.Cash.ToDecimal());
    }

    private static EngineBench Held()
    {
        var bench = new EngineBench(Settings());
        bench.EnterEven();
        bench.Monitor();
        return bench;
    }

    private static Core.State.TradingSettings Settings() => new()
    {
        Exit = new() { TakeProfitYesPercent = 50, TakeProfitNoPercent = 50 },
        Execution = new() { RestingTakeProfit = true },
    };
}
