using System.Globalization;
using System.Text.Json;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Orders;

[Trait("Tier", "Unit")]
public sealed class OrderAmountsTests
{
    [Fact]
    public void Limit_GoldenRows_AgreeToTheMicro()
    {
        foreach (var row in Golden.Vectors("rounding", "limit"))
        {
            var amounts = OrderAmounts.Limit(
                SideOf(row), PriceOf(row), Quantity.FromDecimal(Decimal(row, "size")), TickOf(row));

            Assert.Equal(new OrderAmounts(row.Number("makerAmount"), row.Number("takerAmount")), amounts);
        }
    }

    [Fact]
    public void Market_GoldenRows_AgreeToTheMicro()
    {
        foreach (var row in Golden.Vectors("rounding", "market"))
        {
            var amount = Decimal(row, "amount");
            var amounts = SideOf(row) == Side.Buy
                ? OrderAmounts.MarketBuy(Usdc.FromDecimal(amount), PriceOf(row), TickOf(row))
                : OrderAmounts.MarketSell(Quantity.FromDecimal(amount), PriceOf(row), TickOf(row));

            Assert.Equal(new OrderAmounts(row.Number("makerAmount"), row.Number("takerAmount")), amounts);
            Assert.Equal(row.GetProperty("exact").Number("takerAmountDown"), amounts.Taker);
        }
    }

    [Fact]
    public void IsValidPrice_GoldenRows_Agree()
    {
        foreach (var row in Golden.Vectors("book-and-price", "priceValidity"))
        {
            Assert.Equal(
                row.GetProperty("valid").GetBoolean(), OrderAmounts.IsValidPrice(PriceOf(row), TickOf(row)));
            Assert.Equal(Decimal(row, "rounded"), OrderAmounts.RoundPrice(PriceOf(row), TickOf(row)).ToDecimal());
        }
    }

    // Rounded up, 10 dollars at 0.52 would ask for 19.2308 shares, a price below the limit: an ask at 0.52 would not
    // cross.
    [Fact]
    public void MarketBuy_AnyAmount_NeverAsksForLessThanTheLimit()
    {
        var random = new Random(5);
        foreach (var tick in new long[] { 100_000, 10_000, 5_000, 2_500, 1_000, 100 }.Select(TickSize.FromMicros))
            for (var round = 0; round < 2_000; round++)
            {
                var limit = Price.FromMicros(tick.ToMicros * random.NextInt64(1, Micros.PerUnit / tick.ToMicros));
                var spend = Usdc.FromMicros(random.NextInt64(1_000_000, 1_000_000_000_000));
                var amounts = OrderAmounts.MarketBuy(spend, limit, tick);

                Assert.True(amounts.Maker <= spend.ToMicros && amounts.Maker % 10_000 == 0);
                Assert.True((Int128)amounts.Maker * Micros.PerUnit >= (Int128)limit.ToMicros * amounts.Taker);
                Assert.Equal(0, amounts.WithFourDecimalTaker().Taker % 100);
            }
    }

    [Theory]
    [InlineData(0.52, 10, 5_200_000, 10_000_000)]
    [InlineData(0.525, 10, 5_300_000, 10_000_000)]
    [InlineData(0.52, 10.019, 5_205_200, 10_010_000)]
    public void Limit_OffGridInput_IsRounded(double price, double size, long maker, long taker) =>
        Assert.Equal(
            new OrderAmounts(maker, taker),
            OrderAmounts.Limit(
                Side.Buy, Price.FromDecimal((decimal)price), Quantity.FromDecimal((decimal)size), TickSize.Cent));

    [Fact]
    public void PriceOf_Amounts_IsWhatTheServerComputes()
    {
        Assert.Equal(Price.FromMicros(520_001), new OrderAmounts(10_000_000, 19_230_700).PriceOf(Side.Buy));
        Assert.Equal(Price.FromMicros(520_000), new OrderAmounts(10_000_000, 5_200_000).PriceOf(Side.Sell));
    }

    [Fact]
    public void MarketBuy_PriceBelowTheGrid_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            OrderAmounts.MarketBuy(Usdc.FromDecimal(1), Price.FromDecimal(0.009m), TickSize.Cent));

    private static Side SideOf(JsonElement row) => row.Text("side") == "BUY" ? Side.Buy : Side.Sell;

    private static Price PriceOf(JsonElement row) => Price.FromDecimal(Decimal(row, "price"));

    private static TickSize TickOf(JsonElement row) => TickSize.FromMicros(
        Micros.FromDecimal(decimal.Parse(row.Text("tick"), CultureInfo.InvariantCulture)));

    private static decimal Decimal(JsonElement row, string name) => row.GetProperty(name).GetDecimal();
}
