using Equilibrage.Core.Accounting;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using FsCheck;
using FsCheck.Fluent;

namespace Equilibrage.Tests.Unit.Accounting;

[Trait("Tier", "Unit")]
public sealed class LedgerTests
{
    private static readonly PositionId Position = new("p");

    [Fact]
    public void Apply_UnbalancedEntry_IsRefused()
    {
        var entry = Entries.Deposit("1", Usdc.FromDecimal(1)) with
        {
            Postings = [new(LedgerAccount.Cash, Asset.Usdc, 1)],
        };

        Assert.Throws<InvalidOperationException>(() => new Ledger().Apply(entry));
    }

    [Fact]
    public void Buy_PendingThenPosted_CountsFromTheMatchOn()
    {
        var ledger = Funded();

        ledger.Apply(Entries.Buy(Fill(Side.Buy, 100, 50, 1.25m), Position));
        Assert.Equal((948.75m, 100m, -51.25m), (ledger.Cash.ToDecimal(), Held(ledger), ledger.Unsettled.ToDecimal()));
        Assert.True(ledger.Post(new("t")));

        Assert.Equal((948.75m, 0m), (ledger.Cash.ToDecimal(), ledger.Unsettled.ToDecimal()));
        Assert.Equal(1.25m, ledger.Fees.ToDecimal());
        Assert.False(ledger.Post(new("t")));
    }

    [Fact]
    public void Void_OfAPendingTrade_TakesEverythingBack()
    {
        var ledger = Funded();
        ledger.Apply(Entries.Buy(Fill(Side.Buy, 100, 50, 1.25m), Position));

        ledger.Void(new("t"));

        Assert.Equal((1000m, 0m, 0m), (ledger.Cash.ToDecimal(), Held(ledger), ledger.Fees.ToDecimal()));
        Assert.Empty(ledger.Pending);
    }

    [Fact]
    public void Sell_RealisesProceedsMinusCostMinusFees()
    {
        var ledger = Funded();
        ledger.Apply(Entries.Buy(Fill(Side.Buy, 100, 50, 1), Position));

        var sale = Fill(Side.Sell, 100, 35, 1) with { TradeId = new("u") };
        ledger.Apply(Entries.Sell(sale, Position, Usdc.FromDecimal(50)));

        Assert.Equal((-17m, 983m), (ledger.RealizedPnl.ToDecimal(), ledger.Cash.ToDecimal()));
        Assert.Equal(Usdc.Zero, ledger.Inventory);
    }

    [Fact]
    public void Sell_OfSharesNotHeld_IsRefused() => Assert.Throws<InvalidOperationException>(
        () => Funded().Apply(Entries.Sell(Fill(Side.Sell, 1, 1, 0), Position, Usdc.Zero)));

    [Fact]
    public void Reservation_StaysInCashAndLeavesAvailable()
    {
        var ledger = Funded();

        ledger.Apply(Entries.Reserve(new("o"), Position, Usdc.FromDecimal(60)));

        Assert.Equal((1000m, 940m), (ledger.Cash.ToDecimal(), ledger.Available.ToDecimal()));
        Assert.Equal(60m, ledger.Reserved.ToDecimal());
    }

    [Fact]
    public void Leg_SoldInAnyParts_LosesNoBasis() => Prop.ForAll(
        Gen.Choose(1, 40_000_000).ArrayOf().ToArbitrary(), Gen.Choose(1, 60_000_000).ToArbitrary(), (parts, cost) =>
        {
            var total = parts.Sum(part => (long)part);
            if (total == 0)
                return true;
            var leg = Empty().Apply(Fill(Side.Buy, total / 1_000_000m, cost / 1_000_000m, 0));
            var basis = Usdc.Zero;
            foreach (var part in parts)
            {
                var sold = Quantity.FromMicros(part);
                basis += leg.BasisOf(sold);
                leg = leg.Apply(Fill(Side.Sell, part / 1_000_000m, 0, 0));
            }

            return basis.ToMicros == cost && leg.Basis == Usdc.Zero && leg.Held.IsZero;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Leg_SaleTakenBack_IsAsBefore()
    {
        var bought = Empty().Apply(Fill(Side.Buy, 3, 1, 0.1m));
        var sale = Fill(Side.Sell, 1, 0.2m, 0.01m);
        var basis = bought.BasisOf(sale.Quantity);

        var back = bought.Apply(sale).TakeBack(sale, -basis);

        Assert.Equal(bought, back);
    }

    [Fact]
    public void Leg_EntryPrice_IsSpendOverSharesWithoutFee()
    {
        var leg = Empty().Apply(Fill(Side.Buy, 50, 25, 1)).Apply(Fill(Side.Buy, 50, 26, 1));

        Assert.Equal((0.51m, 2m, 46m), (leg.EntryPrice, leg.Fees.ToDecimal(), leg.Unspent.ToDecimal()));
    }

    [Fact]
    public void Leg_SettledWithDust_KeepsItsReason()
    {
        var leg = Empty().Apply(Fill(Side.Buy, 0.005m, 0.0025m, 0)) with { ExitReason = ExitReason.Divergence };

        Assert.Equal(ExitReason.Divergence, leg.Settle(Usdc.Zero).ExitReason);
    }

    private static Ledger Funded()
    {
        var ledger = new Ledger();
        ledger.Apply(Entries.Deposit("capital", Usdc.FromDecimal(1000)));
        return ledger;
    }

    private static decimal Held(Ledger ledger) => ledger.Holdings(new("1")).ToDecimal();

    private static Leg Empty() => new()
    {
        Outcome = Core.Markets.Outcome.Yes,
        TokenId = new("1"),
        Budget = Usdc.FromDecimal(99),
        Planned = Quantity.FromDecimal(100),
    };

    private static Fill Fill(Side side, decimal shares, decimal dollars, decimal fee) => new()
    {
        TradeId = new("t"),
        VenueOrderId = new("v"),
        TokenId = new("1"),
        Side = side,
        Price = Price.FromDecimal(0.5m),
        Quantity = Quantity.FromDecimal(shares),
        Notional = Usdc.FromDecimal(dollars),
        Fee = Usdc.FromDecimal(fee),
        Liquidity = Liquidity.Taker,
        ExecutedAt = DateTimeOffset.UnixEpoch,
    };
}
