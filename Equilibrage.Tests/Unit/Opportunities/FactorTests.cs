using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Primitives;
using Equilibrage.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Equilibrage.Tests.Unit.Opportunities;

[Trait("Tier", "Unit")]
public sealed class FactorTests
{
    private const long Point = 1_000_000;

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1_000, 0, 2.5)]
    [InlineData(2_000, 0, 5)]
    [InlineData(3_500, 0, 6.5)]
    [InlineData(5_000, 0, 8)]
    [InlineData(7_500, 0, 9)]
    [InlineData(10_000, 0, 10)]
    [InlineData(1_000_000, 0, 10)]
    [InlineData(10_000, 1, 9)]
    [InlineData(10_000, 2.5, 7.5)]
    [InlineData(2_000, 5, 0)]
    [InlineData(2_000, 90, 0)]
    public void Liquidity_DepthAndSpread_FollowTheCurve(long dollars, double cents, double points) =>
        Assert.Equal(
            (long)(points * Point), LiquidityFactor.Value(Usdc.FromDecimal(dollars), (long)(cents * 10_000)));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1.5, 5)]
    [InlineData(3, 10)]
    [InlineData(8, 10)]
    [InlineData(11.5, 7.5)]
    [InlineData(15, 5)]
    [InlineData(22.5, 2.5)]
    [InlineData(30, 0)]
    [InlineData(45, 0)]
    public void Volatility_Sigma_FollowsTheCurve(double cents, double points) =>
        Assert.Equal((long)(points * Point), VolatilityFactor.Value((long)(cents * 10_000)));

    [Theory]
    [InlineData(0, 1_000, 0)]
    [InlineData(300, 1_000, 3)]
    [InlineData(-300, 1_000, 3)]
    [InlineData(1_000, 1_000, 10)]
    [InlineData(5_000, 1_000, 10)]
    public void Whale_NetAgainstVolume_IsTenTimesTheShare(long net, long volume, double points) =>
        Assert.Equal((long)(points * Point), WhaleFactor.Value(Usdc.FromDecimal(net), Usdc.FromDecimal(volume)));

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 10)]
    [InlineData(1, 12, 7.5)]
    [InlineData(1, 24, 5)]
    [InlineData(3, 24, 7)]
    [InlineData(9, 24, 10)]
    [InlineData(5, 48, 0)]
    public void News_CountAndAge_FadeOverTwoDays(int count, int hours, double points) =>
        Assert.Equal((long)(points * Point), NewsFactor.Value(count, TimeSpan.FromHours(hours)));

    [Fact]
    public void Liquidity_NoQuote_HasNoData() => Assert.False(LiquidityFactor.Of(null).HasData);

    [Fact]
    public void Liquidity_TwoSpreads_TakesTheWider()
    {
        var factor = LiquidityFactor.Of(ScanSamples.Priced(0.50m, 0.51m, 0.46m, 0.50m));

        Assert.Equal(4m, factor.Value);
        Assert.Equal("$5,000 on the thinner side, spread 4 ¢", factor.Input);
    }

    [Fact]
    public void Whale_NoVolume_HasNoData()
    {
        var quiet = ScanSamples.Quote with { WhaleNet24h = Usdc.Zero, Volume24h = Usdc.Zero };

        Assert.False(WhaleFactor.Of(quiet).HasData);
        Assert.False(WhaleFactor.Of(ScanSamples.Quote with { Volume24h = Usdc.FromDecimal(5) }).HasData);
    }

    [Fact]
    public void News_NoProvider_HasNoData_ButNothingFoundIsZero()
    {
        Assert.Equal("no data", NewsFactor.Of(null, ScanSamples.Now).Input);
        Assert.Equal(0m, NewsFactor.Of(default(NewsSignal), ScanSamples.Now).Value);
    }

    [Fact]
    public void Values_AnyInput_StayWithinTenPoints() => Check.QuickThrowOnFailure(
        Prop.ForAll<int, int>((first, second) =>
        {
            long[] values =
            [
                LiquidityFactor.Value(Usdc.FromMicros(first * 10_000L), second),
                VolatilityFactor.Value(Math.Abs((long)first)),
                WhaleFactor.Value(Usdc.FromMicros(first), Usdc.FromMicros(Math.Abs((long)second) + 1)),
                NewsFactor.Value(first % 100, TimeSpan.FromMinutes(second % 10_000)),
            ];
            return values.All(value => value is >= 0 and <= 10 * Point);
        }));

    [Fact]
    public void Liquidity_MoreDepthOrLessSpread_NeverScoresLower() => Check.QuickThrowOnFailure(
        Prop.ForAll<uint, uint, uint>((depth, more, spread) =>
        {
            var (low, high) = (Usdc.FromMicros(depth * 10L), Usdc.FromMicros((depth + (long)more) * 10));
            var cents = spread % 1_000_000;
            return LiquidityFactor.Value(high, cents) >= LiquidityFactor.Value(low, cents)
                && LiquidityFactor.Value(low, cents / 2) >= LiquidityFactor.Value(low, cents);
        }));
}
