using Equilibrage.Core.Accounting;
using Equilibrage.Core.Engine;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Scenarios.Engine;

/// <summary>Our books beside the venue's record, with everything that may lie between them.</summary>
[Trait("Tier", "Scenarios")]
public sealed class ReconciliationTests
{
    private static readonly TokenId Foreign = new("77");

    [Fact]
    public void TradeElsewhere_InTheActivity_IsExternalAndStopsNothing()
    {
        var bench = new EngineBench();
        Compare(bench, 1_000, []);

        Compare(bench, 996, [Item("t1", ActivityKind.Trade, -4m, (Foreign, 10))], (Foreign, 10));
        Compare(bench, 996, [Item("t1", ActivityKind.Trade, -4m, (Foreign, 10))], (Foreign, 10));

        Assert.Equal(10_000_000, bench.State.Ledger.External(Foreign));
        Assert.Equal((996m, 996m, 0m), (
            bench.State.Ledger.Cash.ToDecimal(), bench.State.Ledger.Capital.ToDecimal(),
            bench.State.Ledger.RealizedPnl.ToDecimal()));
        Assert.Single(bench.Journal, record => record.Output is EngineOutput.ExternalBooked);
        Assert.True(bench.State.IsReconciled);
        Assert.Empty(bench.State.Incidents);
    }

    [Fact]
    public void Activity_ToldAgainAfterARestart_IsBookedOnce()
    {
        var bench = new EngineBench();
        Compare(bench, 1_000, []);
        var items = new[] { Item("t1", ActivityKind.Trade, -4m, (Foreign, 10)), Item("r", ActivityKind.Reward, 2) };
        Compare(bench, 998, items, (Foreign, 10));
        bench.Restart();
        bench.Pass(900);

        Compare(bench, 998, items, (Foreign, 10));

        Assert.Equal(998m, bench.State.Ledger.Cash.ToDecimal());
        Assert.Empty(bench.State.Suspected);
    }

    [Fact]
    public void Transfers_MoveCapitalAndNotProfit_IncomeIsNeither()
    {
        var bench = new EngineBench();
        Compare(bench, 1_000, []);

        Compare(bench, 1_261.5m,
        [
            Item("d", ActivityKind.Deposit, 300), Item("w", ActivityKind.Withdrawal, -50),
            Item("r", ActivityKind.Reward, 7), Item("b", ActivityKind.Rebate, 4), Item("y", ActivityKind.Yield, 0.5m),
        ]);

        var ledger = bench.State.Ledger;
        Assert.Equal((1_250m, 11.5m, 0m), (
            ledger.Capital.ToDecimal(), ledger.Income.ToDecimal(), ledger.RealizedPnl.ToDecimal()));
        Assert.Equal(ledger.Cash, ledger.Capital + ledger.Income);
        Assert.True(bench.State.IsReconciled);
    }

    [Fact]
    public void Wallet_OfAnAccountThatNeverTraded_IsWhatItOpensWith()
    {
        var bench = new EngineBench();

        Compare(bench, 321.5m, [], (Foreign, 5));

        Assert.Equal(321.5m, bench.State.Ledger.Capital.ToDecimal());
        Assert.Equal(5_000_000, bench.State.Ledger.External(Foreign));
        Assert.True(bench.State.IsReconciled);
    }

    [Fact]
    public void Difference_SeenOnce_StopsEntriesAndIsNoIncidentYet()
    {
        var bench = new EngineBench();
        bench.QuoteEven();

        Compare(bench, 999, null);
        bench.Enter();

        Assert.Equal(DenyReason.Reconciling, bench.Refusal);
        Assert.Empty(bench.State.Incidents);
        Compare(bench, 1_000, null);
        Assert.True(bench.State.IsReconciled);
    }

    [Fact]
    public void CashDifference_SeenAgain_StopsEveryMarketUntilItIsGone()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        Stand(bench, 990);

        bench.Enter();
        var incident = Assert.Single(bench.State.Incidents.Values);

        Assert.Equal((DenyReason.Incident, IncidentKind.Cash), (bench.Refusal!.Value, incident.Kind));
        Assert.Equal(new Difference(Asset.Usdc, 1_000_000_000, 990_000_000), incident.Difference);
        Assert.Contains("1000", incident.Detail, StringComparison.Ordinal);
        Assert.Contains("990", incident.Detail, StringComparison.Ordinal);
        Assert.Contains("withdrawal", incident.Detail, StringComparison.Ordinal);
        Compare(bench, 1_000, null);
        Assert.Empty(bench.State.Incidents);
        bench.Enter();
        Assert.Null(bench.Refusal);
    }

    [Fact]
    public void CashDifference_AcceptedByTheOperator_IsBookedAndGone()
    {
        var bench = new EngineBench();
        Stand(bench, 990);
        bench.Restart();
        var incident = Assert.Single(bench.State.Incidents.Values);

        bench.Command(id => new OperatorCommand.CloseIncident(id, incident.Id, true));
        Compare(bench, 990, null);

        Assert.Empty(bench.State.Incidents);
        Assert.True(bench.State.IsReconciled);
        Assert.Equal((990m, 0m), (bench.State.Ledger.Capital.ToDecimal(), bench.State.Ledger.RealizedPnl.ToDecimal()));
        bench.Command(id => new OperatorCommand.CloseIncident(id, incident.Id, true));
        Assert.Equal(DenyReason.UnknownIncident, bench.Refusal);
    }

    [Fact]
    public void SharesDifference_StopsItsMarketAlone()
    {
        var bench = new EngineBench();
        var other = MarketBuilder.Market(2);
        bench.Process(new EngineEvent.Catalogued(bench.Now, [bench.Market, other]));
        bench.EnterEven();
        bench.QuoteEven(other);
        Stand(bench, 900, Holdings(bench, 90));

        var incident = Assert.Single(bench.State.Incidents.Values);
        Assert.Equal((IncidentKind.Shares, bench.Market.Id), (incident.Kind, incident.MarketId));
        bench.Enter(market: other);
        Assert.Null(bench.Refusal);
    }

    [Fact]
    public void SharesThatAreGone_AcceptedByTheOperator_LeaveTheirLotAtCost()
    {
        var bench = new EngineBench();
        bench.EnterEven();
        Stand(bench, 900, Holdings(bench, 90));
        var incident = bench.State.Incidents.Values.Single();

        bench.Command(id => new OperatorCommand.CloseIncident(id, incident.Id, true));
        Compare(bench, 900, null, Holdings(bench, 90));

        Assert.Equal(90m, bench.Position.Yes.Held.ToDecimal());
        Assert.Equal(45m, bench.Position.Yes.Basis.ToDecimal());
        Assert.Equal(0m, bench.Position.Pnl(Price.FromDecimal(0.5m), Price.FromDecimal(0.5m)).ToDecimal());
        Assert.Equal(0, bench.State.Ledger.External(bench.Market.TokenYes));
        Assert.True(bench.State.IsReconciled);
        Assert.Empty(bench.State.Incidents);
    }

    [Fact]
    public void SharesOfAPosition_SoldElsewhere_AreAnIncidentUntilTheLotIsHandedOver()
    {
        var bench = new EngineBench();
        bench.EnterEven();
        var sale = Item(bench, "t9", ActivityKind.Trade, 45m, (bench.Market.TokenYes, -100));
        Compare(bench, 945, [sale], (bench.Market.TokenNo, 100));
        bench.Pass(6);
        Compare(bench, 945, [sale], (bench.Market.TokenNo, 100));

        var incident = Assert.Single(bench.State.Incidents.Values);
        Assert.Equal((IncidentKind.Borrowed, bench.Market.Id), (incident.Kind, incident.MarketId));
        bench.Command(id => new OperatorCommand.CloseIncident(id, incident.Id, true));
        Compare(bench, 945, [sale], (bench.Market.TokenNo, 100));

        Assert.Empty(bench.State.Incidents);
        Assert.True(bench.State.IsReconciled);
        Assert.Equal(Quantity.Zero, bench.Position.Yes.Held);
        Assert.Equal(0, bench.State.Ledger.External(bench.Market.TokenYes));
        Assert.Equal(0m, bench.Position.Yes.Pnl(null).ToDecimal());
    }

    [Fact]
    public void Trade_ThatTheVenueDoesNotCountYetOrAnyMore_IsNoDifference()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter();
        bench.Answer();

        Compare(bench, 1_000, null);
        bench.Pass(10);
        Compare(bench, 950, null, (bench.State.Positions.Values.Single().Leg(bench.Position.FirstLeg).TokenId, 100));

        Assert.Empty(bench.State.Incidents);
        Assert.Empty(bench.State.Suspected);
        Stand(bench, 700);
        Assert.Equal(IncidentKind.Cash, Assert.Single(bench.State.Incidents.Values).Kind);
    }

    [Fact]
    public void Winner_RedeemedByTheVenueItself_IsARedemption()
    {
        var bench = new EngineBench();
        var held = bench.EnterEven();
        bench.Resolve(1);

        Compare(
            bench, 1_000,
            [Item(bench, "gone", ActivityKind.Redeem, 100, (held.Yes.TokenId, -100), (held.No.TokenId, -100))]);
        bench.Redeem();

        Assert.Equal((1_000m, 0m), (bench.State.Ledger.Cash.ToDecimal(), bench.State.Ledger.Redeemable.ToDecimal()));
        Assert.Empty(bench.State.PendingRedemptions);
        Assert.Single(bench.Journal, record => record.Output is EngineOutput.RedemptionBooked);
        Compare(bench, 1_000, []);
        Assert.True(bench.State.IsReconciled);
        Assert.DoesNotContain(bench.Journal, record => record.Output is EngineOutput.IncidentRaised);
    }

    [Fact]
    public void Redemption_ToldByItsReceiptAndByTheActivity_IsBookedOnce()
    {
        var bench = new EngineBench();
        var held = bench.EnterEven();
        bench.Resolve(1);
        bench.Redeem();

        Compare(
            bench, 1_000,
            [Item(bench, "own", ActivityKind.Redeem, 100, (held.Yes.TokenId, -100), (held.No.TokenId, -100))]);

        Assert.DoesNotContain(bench.Journal, record => record.Output is EngineOutput.ExternalBooked);
        Assert.True(bench.State.IsReconciled);
    }

    [Fact]
    public void Redemption_WithoutATransaction_IsBookedOnceToo()
    {
        var bench = new EngineBench();
        var held = bench.EnterEven();
        bench.Resolve(1);
        var item = Item(bench, "gone", ActivityKind.Redeem, 100, (held.Yes.TokenId, -100), (held.No.TokenId, -100))
            with { TransactionHash = null };

        Compare(bench, 1_000, [item]);
        Compare(bench, 1_000, [item]);

        Assert.Equal(1_000m, bench.State.Ledger.Cash.ToDecimal());
        Assert.DoesNotContain(bench.Journal, record => record.Output is EngineOutput.ExternalBooked);
    }

    [Fact]
    public void Execution_ThatOnlyTheActivityShows_IsAskedFor()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter();
        var order = bench.Take();
        bench.Process(new EngineEvent.Answered(
            bench.Now, order.Command.ClientOrderId, new(OrderStatus.Canceled, [], "no match"), null));
        var fill = bench.Venue.Fill(order, 40, null, 0, bench.Now.MarketTime);

        Compare(bench, 980, [ActivityItem.Of(fill)], (fill.TokenId, 40));

        var asked = Assert.Single(bench.Turn.Requests.OfType<VenueRequest.LookUp>());
        Assert.Equal(order, asked.Order);
        Assert.Empty(bench.State.Suspected);
        bench.Process(new EngineEvent.LookedUp(
            bench.Now, order.Command.ClientOrderId, new(order.VenueOrderId, OrderStatus.Canceled, [fill], null)));
        Assert.Equal(40m, bench.Position.Leg(order.Command.Outcome).Bought.ToDecimal());
    }

    [Fact]
    public void Orders_ThatAreNotOurs_AreShownAndStopNothing()
    {
        var bench = new EngineBench();

        bench.Process(new EngineEvent.Compared(bench.Now, new(
            Usdc.FromDecimal(1_000), new Dictionary<TokenId, Quantity>(),
            [new(new("0xfeed"), OrderStatus.Accepted, [], null)])));

        Assert.Equal("0xfeed", Assert.Single(bench.State.ExternalOrders).VenueOrderId.Value);
        Assert.True(bench.State.IsReconciled);
    }

    [Fact]
    public void Trade_NotSettledForLong_StopsItsMarketUntilItIs()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter();
        bench.Answer();
        bench.Pass(60, 0.2);
        bench.Monitor();
        Assert.Empty(bench.State.Incidents);
        bench.Pass(60, 0.1);
        bench.Monitor();
        bench.Monitor();

        var incident = Assert.Single(bench.State.Incidents.Values);
        Assert.Equal((IncidentKind.Unsettled, bench.Market.Id), (incident.Kind, incident.MarketId));
        bench.Settle(true);
        bench.Monitor();
        Assert.Empty(bench.State.Incidents);
    }

    private static (TokenId Token, decimal Shares)[] Holdings(EngineBench bench, decimal yes) =>
        [(bench.Market.TokenYes, yes), (bench.Market.TokenNo, 100)];

    private static void Compare(
        EngineBench bench, decimal cash, ActivityItem[]? activity, params (TokenId Token, decimal Shares)[] held) =>
        bench.Process(new EngineEvent.Compared(
            bench.Now,
            new(
                Usdc.FromDecimal(cash),
                held.ToDictionary(own => own.Token, own => Quantity.FromDecimal(own.Shares)), []),
            activity is null ? null : new(activity, bench.Now.MarketTime)));

    /// <summary>A difference that stands for longer than any lag.</summary>
    private static void Stand(EngineBench bench, decimal cash, params (TokenId Token, decimal Shares)[] held)
    {
        Compare(bench, cash, null, held);
        bench.Pass(6);
        Compare(bench, cash, null, held);
    }

    private static ActivityItem Item(
        string id, ActivityKind kind, decimal cash, params (TokenId Token, decimal Shares)[] moved) => new(
            id, kind, MarketBuilder.Start.AddSeconds(1), Usdc.FromDecimal(cash),
            moved.ToDictionary(own => own.Token, own => (long)(own.Shares * Micros.PerUnit)), null, null, "0x01");

    private static ActivityItem Item(
        EngineBench bench, string id, ActivityKind kind, decimal cash,
        params (TokenId Token, decimal Shares)[] moved) =>
        Item(id, kind, cash, moved) with { At = bench.Now.MarketTime };
}
