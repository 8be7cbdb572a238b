using Equilibrage.Sandbox.Server.Channels;

namespace Equilibrage.Tests.Unit.Server;

[Trait("Tier", "Unit")]
public sealed class CoinPricesTests
{
    private const long Noon = 1_773_230_400;

    [Fact]
    public void At_TheSameSeed_IsTheSame_AndAnotherSeedDiffers()
    {
        Assert.Equal(new CoinPrices(7).At("btcusd", Noon), new CoinPrices(7).At("btcusd", Noon));
        Assert.NotEqual(new CoinPrices(7).At("btcusd", Noon), new CoinPrices(8).At("btcusd", Noon));
    }

    [Fact]
    public void At_NeighbouringSeconds_MoveALittle_AlsoOverMidnight()
    {
        var prices = new CoinPrices(7);
        var midnight = Noon - (Noon % 86_400) + 86_400;
        for (var second = midnight - 600; second < midnight + 600; second++)
        {
            var step = prices.At("ethusd", second + 1) / prices.At("ethusd", second);
            Assert.InRange(step, 0.995m, 1.005m);
        }
    }

    [Fact]
    public void Average_OfAWindow_IsTheMeanOfItsSeconds()
    {
        var prices = new CoinPrices(7);
        var mean = (prices.At("solusd", Noon - 1) + prices.At("solusd", Noon)) / 2;

        Assert.Equal(Math.Round(mean, 8), prices.Average("solusd", Noon, 2));
    }

    [Theory]
    [InlineData("btcusdt", "btcusd")]
    [InlineData("btc/usd", "btcusd")]
    [InlineData("ETHUSD", "ethusd")]
    [InlineData("gold", null)]
    public void SymbolOf_OtherFeedsNames_AreUnderstood(string name, string? symbol) =>
        Assert.Equal(symbol, CoinPrices.SymbolOf(name));
}
