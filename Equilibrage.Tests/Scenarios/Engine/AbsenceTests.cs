using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Scenarios.Engine;

/// <summary>Orders of which the venue shows no trace, and a venue that refuses for good.</summary>
[Trait("Tier", "Scenarios")]
public sealed class AbsenceTests
{
    [Fact]
    public void Order_WithoutATraceFor120Seconds_IsTakenAsAbsentAndFreesItsReservation()
    {
        var (bench, order) = Unanswered();
        Seek(bench, order);
        for (var waited = 10; waited < 120; waited += 10)
        {
            bench.Pass(10);
            Seek(bench, order);
            Assert.Equal(OrderStatus.Unknown, Status(bench, order));
            Assert.NotEqual(Usdc.Zero, bench.State.Ledger.Reserved);
        }

        bench.Pass(10);
        Seek(bench, order);

        Assert.Equal(OrderStatus.Rejected, Status(bench, order));
        Assert.Equal(Usdc.Zero, bench.State.Ledger.Reserved);
    }

    [Fact]
    public void Order_WhileBalancesDiffer_IsNeverAbsentAndTheTimeStartsAnew()
    {
        var (bench, order) = Unanswered();
        Seek(bench, order);
        bench.Pass(110);
        Seek(bench, order, cash: 950);
        bench.Pass(100);
        Seek(bench, order);
        bench.Pass(110);
        Seek(bench, order);
        Assert.Equal(OrderStatus.Unknown, Status(bench, order));

        bench.Pass(10);
        Seek(bench, order);
        Assert.Equal(OrderStatus.Rejected, Status(bench, order));
    }

    [Fact]
    public void Order_ThatTurnsUpWhileItIsSought_IsBooked()
    {
        var (bench, order) = Unanswered();
        Seek(bench, order);
        bench.Pass(60);
        var fill = bench.Venue.Fill(order, 100, null, 0, bench.Now.MarketTime);
        bench.Process(new EngineEvent.LookedUp(
            bench.Now, order.Command.ClientOrderId, new(order.VenueOrderId, OrderStatus.Filled, [fill], null)));
        bench.Pass(120);
        Seek(bench, order, cash: 1_000 - fill.Notional.ToDecimal());

        Assert.Equal(OrderStatus.Filled, Status(bench, order));
        Assert.Equal(100m, bench.Position.Leg(order.Command.Outcome).Bought.ToDecimal());
    }

    [Fact]
    public void Venue_ThatServesThisPlaceNotAtAll_IsAskedForNothingMoreAndTheOperatorIsToldOnce()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter();
        var order = bench.Take();
        bench.Process(new EngineEvent.Answered(
            bench.Now, order.Command.ClientOrderId, null,
            new(VenueErrorKind.Restricted, "trading restricted in your region")));
        bench.Pass(5);
        bench.QuoteEven();
        bench.Monitor();
        bench.Enter(market: MarketBuilder.Market());

        Assert.Equal(OrderStatus.Rejected, Status(bench, order));
        Assert.Empty(bench.Unanswered);
        Assert.Equal(DenyReason.NotTradable, bench.Refusal);
        var incident = Assert.Single(bench.Journal, record => record.Output is EngineOutput.IncidentRaised);
        Assert.Contains("region", ((EngineOutput.IncidentRaised)incident.Output).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Refusal_RepeatedInTheSameWords_IsOneIncident()
    {
        var bench = new EngineBench();
        for (var i = 0; i < 3; i++)
            bench.Process(new EngineEvent.Declined(bench.Now, "settlements", new(VenueErrorKind.Refused, "no")));
        bench.Process(new EngineEvent.Declined(bench.Now, "settlements", new(VenueErrorKind.Refused, "never")));

        Assert.Equal(2, bench.Journal.Count(record => record.Output is EngineOutput.IncidentRaised));
    }

    [Fact]
    public void Sale_RefusedByTheVenue_IsTriedAgainOnlyAfterAPause()
    {
        var bench = new EngineBench();
        bench.EnterEven();
        bench.Close(Outcome.Yes);
        bench.Reject("not enough balance");
        bench.QuoteEven();
        Assert.Empty(bench.Unanswered);
        bench.Pass(2);
        bench.QuoteEven();

        Assert.Equal(Side.Sell, Assert.Single(bench.Unanswered).Command.Side);
    }

    private static (EngineBench Bench, PreparedOrder Order) Unanswered()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter();
        var order = bench.Take();
        bench.Process(new EngineEvent.Answered(
            bench.Now, order.Command.ClientOrderId, null, new(VenueErrorKind.Unknown, "no answer")));
        return (bench, order);
    }

    private static void Seek(EngineBench bench, PreparedOrder order, decimal cash = 1_000) => bench.Process(
        new EngineEvent.Sought(
            bench.Now, order.Command.ClientOrderId,
            new(Usdc.FromDecimal(cash), new Dictionary<TokenId, Quantity>(), [])));

    private static OrderStatus Status(EngineBench bench, PreparedOrder order) =>
        bench.State.Orders[order.Command.ClientOrderId].Status;
}
