using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Risk;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Unit.Risk;

[Trait("Tier", "Unit")]
public sealed class OrderGateTests
{
    [Theory]
    [InlineData(OrderPermission.Everything, false, false)]
    [InlineData(OrderPermission.ExitsOnly, true, false)]
    [InlineData(OrderPermission.Nothing, true, true)]
    public void Order_ByWhatTheOperatorPermits_IsSentOrRefused(
        OrderPermission permission, bool refusesPurchase, bool refusesSale)
    {
        var bench = new EngineBench();
        bench.EnterEven();
        var bought = bench.State.Orders.Values.First().Command;
        var purchase = bought with { Quantity = Quantity.FromDecimal(1), Spend = null };

        bench.State.Permission = permission;

        Assert.Equal(refusesPurchase ? DenyReason.NotArmed : null, Refusal(bench, purchase));
        Assert.Equal(refusesSale ? DenyReason.NotArmed : null, Refusal(bench, bought with { Side = Side.Sell }));
    }

    [Fact]
    public void Order_WhileOneOfTheSameLegWorks_IsRefused()
    {
        var bench = Entering();

        Assert.Equal(DenyReason.OrderInFlight, Refusal(bench, Working(bench)));
    }

    [Fact]
    public void Sale_OfMoreThanTheLot_IsRefused()
    {
        var bench = new EngineBench();
        bench.EnterEven();
        var sale = bench.State.Orders.Values.First().Command with { Side = Side.Sell };

        Assert.Null(Refusal(bench, sale));
        Assert.Equal(
            DenyReason.UnownedToken, Refusal(bench, sale with { Quantity = Quantity.FromDecimal(100.01m) }));
    }

    [Fact]
    public void Purchase_FeePushesItOverFreeCash_IsRefused()
    {
        var bench = new EngineBench(rateMicros: 50_000);
        bench.EnterEven();
        var free = bench.State.Ledger.Available.ToDecimal();
        var order = bench.State.Orders.Values.First().Command with { Limit = Price.FromDecimal(0.5m) };
        var shares = Quantity.FromDecimal(decimal.Floor(free * 2));

        var spend = Usdc.FromDecimal(decimal.Floor(free));

        Assert.Equal(DenyReason.NoCapital, Refusal(bench, order with { Quantity = shares, Spend = null }));
        Assert.Equal(DenyReason.NoCapital, Refusal(bench, order with { Quantity = shares, Spend = spend }));
    }

    [Theory]
    [InlineData(Outcome.Yes, Side.Sell, 0.50, true)]
    [InlineData(Outcome.Yes, Side.Sell, 0.51, false)]
    [InlineData(Outcome.Yes, Side.Buy, 0.99, false)]
    [InlineData(Outcome.No, Side.Buy, 0.50, true)]
    [InlineData(Outcome.No, Side.Buy, 0.49, false)]
    public void Order_ThatWouldMeetOneOfAnotherPosition_IsRefused(
        Outcome outcome, Side side, double limit, bool isRefused)
    {
        var bench = Entering();
        var working = Working(bench);
        var first = working.Outcome;
        var order = working with
        {
            PositionId = new("another"),
            Outcome = outcome == Outcome.Yes ? first : first.Other(),
            TokenId = bench.Market.Token(outcome == Outcome.Yes ? first : first.Other()),
            Side = side,
            Limit = Price.FromDecimal((decimal)limit),
            Quantity = side == Side.Sell ? Quantity.Zero : Quantity.FromDecimal(5),
        };

        Assert.Equal(isRefused, Refusal(bench, order) == DenyReason.SelfCross);
    }

    private static EngineBench Entering()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter();
        return bench;
    }

    private static OrderCommand Working(EngineBench bench) => bench.Unanswered[0].Command;

    private static DenyReason? Refusal(EngineBench bench, OrderCommand order) =>
        RiskGate.Check(bench.State, order).Denial?.Reason;
}
