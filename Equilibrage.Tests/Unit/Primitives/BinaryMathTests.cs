using Equilibrage.Core.Primitives;

namespace Equilibrage.Tests.Unit.Primitives;

[Trait("Tier", "Unit")]
public sealed class BinaryMathTests
{
    [Theory]
    [InlineData(0.50, 0.07, 0.5175)]
    [InlineData(0.52, 0.07, 0.537472)]
    [InlineData(0.30, 0, 0.30)]
    public void AllInCost_IsPriceAndFee(double price, double rate, double cost) =>
        Assert.Equal((decimal)cost, BinaryMath.AllInCost((decimal)price, (decimal)rate));

    [Theory]
    [InlineData(0.60, 0.50, 0.20)]
    [InlineData(0.90, 0.80, 0.50)]
    [InlineData(0.40, 0.50, -0.20)]
    public void Kelly_OfAnAllInCost_Matches(double probability, double cost, double part) =>
        Assert.Equal((decimal)part, BinaryMath.Kelly((decimal)probability, (decimal)cost));

    [Theory]
    [InlineData(0.60, 0.50)]
    [InlineData(0.30, 0.17)]
    public void Kelly_IsExpectedValueOverOddsMinusOne(double probability, double cost)
    {
        var (p, c) = ((decimal)probability, (decimal)cost);

        Assert.Equal(BinaryMath.ExpectedValue(p, c) / ((1 / c) - 1), BinaryMath.Kelly(p, c), 12);
    }

    [Fact]
    public void WinRate_WithoutCost_SaysNothing()
    {
        Assert.True(BinaryMath.ExpectedValue(0.30m, 0.17m) > 0);
        Assert.True(BinaryMath.ExpectedValue(0.85m, 0.90m) < 0);
    }

    [Theory]
    [InlineData(17, 20, 0.640, 0.948)]
    [InlineData(14, 20, 0.481, 0.855)]
    [InlineData(35, 50, 0.562, 0.809)]
    public void Wilson_MeasuredRows_Match(int wins, int bets, double low, double high)
    {
        var interval = BinaryMath.Wilson(wins, bets);

        Assert.Equal((low, high), (Math.Round(interval.Low, 3), Math.Round(interval.High, 3)));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 2)]
    [InlineData(-1, 2)]
    public void Wilson_ImpossibleCounts_AreRefused(int wins, int bets) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BinaryMath.Wilson(wins, bets));
}
