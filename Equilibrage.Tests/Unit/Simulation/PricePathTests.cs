using Equilibrage.Core.Simulation;

namespace Equilibrage.Tests.Unit.Simulation;

[Trait("Tier", "Unit")]
public sealed class PricePathTests
{
    private const long Hour = 3600;

    [Theory]
    [InlineData(0.1, 0)]
    [InlineData(0.5, 0)]
    [InlineData(0.5, 0.03)]
    [InlineData(0.85, 0.03)]
    public void Path_OverManyMarkets_IsAMartingaleThatEndsAsItsPriceSaid(double value, double voidChance)
    {
        const int Markets = 20_000;
        var sums = new double[4];
        for (var i = 0; i < Markets; i++)
        {
            var isVoid = Noise.Unit(Noise.Bits(9, (ulong)i)) < voidChance;
            var path = Path(i, value, voidChance, isVoid);
            sums[0] += path.At(10 * Hour);
            sums[1] += path.At(60 * Hour);
            sums[2] += path.At(72 * Hour - 60);
            sums[3] += path.Payout;
        }

        // Four standard errors of the payout, the widest of the four.
        var bound = 4 * Math.Sqrt(value * (1 - value) / Markets);
        Assert.All(sums, sum => Assert.InRange(sum / Markets, value - bound, value + bound));
    }

    [Fact]
    public void Path_GivenItsPresentPrice_ResolvesYesThatOften()
    {
        var buckets = new (int Count, double Price, double Paid)[10];
        for (var i = 0; i < 20_000; i++)
        {
            var path = Path(i, 0.5, 0, false);
            var price = path.At(40 * Hour);
            ref var bucket = ref buckets[Math.Min(9, (int)(price * 10))];
            bucket = (bucket.Count + 1, bucket.Price + price, bucket.Paid + path.Payout);
        }

        foreach (var (count, price, paid) in buckets)
        {
            Assert.True(count > 200);
            Assert.InRange((paid - price) / count, -0.04, 0.04);
        }
    }

    [Fact]
    public void Path_AskedInAnyOrder_AnswersTheSame()
    {
        var seconds = Enumerable.Range(-24, 97).Select(hour => (hour * Hour) + 17).ToArray();
        var forward = Path(1, 0.4, 0.03, false);
        var backward = Path(1, 0.4, 0.03, false);
        var inOrder = seconds.Select(forward.At).ToArray();
        var inReverse = seconds.Reverse().Select(backward.At).Reverse().ToArray();
        Assert.Equal(inOrder, inReverse);
    }

    [Fact]
    public void Path_AtItsStart_HasTheListingsPrice() => Assert.Equal(0.37, Path(3, 0.37, 0.03, false).At(0), 6);

    [Fact]
    public void Path_BeforeItsStart_HasMovingHistory()
    {
        var path = Path(5, 0.5, 0, false);
        var middles = Enumerable.Range(-24, 25).Select(hour => path.At(hour * Hour)).ToArray();
        Assert.Equal(25, middles.Distinct().Count());
        Assert.All(middles, middle => Assert.InRange(middle, 0.001, 0.999));
    }

    [Fact]
    public void Path_OfHalfHalfEnd_PaysOneHalf() => Assert.Equal(0.5, Path(2, 0.8, 0.03, true).At(72 * Hour));

    [Fact]
    public void Path_VarianceOverTime_GrowsAsBrownianMotionDoes()
    {
        var squares = new double[3];
        for (ulong i = 0; i < 20_000; i++)
        {
            var path = new BrownianPath(Noise.Bits(77, i), 12);
            squares[0] += path.At(1024) * path.At(1024);
            squares[1] += Math.Pow(path.At(3072) - path.At(1000), 2);
            squares[2] += (path.At(2048) - path.At(1024)) * (path.At(1024) - path.At(7));
        }

        Assert.InRange(squares[0] / 20_000, 0.24, 0.26);
        Assert.InRange(squares[1] / 20_000, 0.49, 0.52);
        Assert.InRange(squares[2] / 20_000, -0.01, 0.01);
    }

    private static PricePath Path(int market, double value, double voidChance, bool isVoid) => new(new(
        Noise.Key(7, $"market {market}"), 0, 72 * Hour, 72 * Hour, 1, value, voidChance, isVoid, (int)(25 * Hour)));
}
