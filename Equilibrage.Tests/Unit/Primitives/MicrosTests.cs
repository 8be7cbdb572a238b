using Equilibrage.Core.Primitives;
using FsCheck;
using FsCheck.Fluent;

namespace Equilibrage.Tests.Unit.Primitives;

[Trait("Tier", "Unit")]
public sealed class MicrosTests
{
    private static readonly Arbitrary<long> Any = Gen.Choose(int.MinValue, int.MaxValue)
        .SelectMany(high => Gen.Choose(int.MinValue, int.MaxValue).Select(low => ((long)high << 32) ^ (uint)low))
        .ToArbitrary();

    [Fact]
    public void Format_ThenParse_GivesTheSame() => Prop.ForAll(
        Any,
        micros => Micros.TryParse(Micros.Format(micros), out var back) && back == micros).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(long.MaxValue, "9223372036854.775807")]
    [InlineData(long.MinValue, "-9223372036854.775808")]
    [InlineData(0, "0")]
    [InlineData(1, "0.000001")]
    [InlineData(-12_000_000, "-12")]
    [InlineData(350_000, "0.35")]
    public void Format_AtTheEnds_IsShortestAndReadBack(long micros, string text)
    {
        Assert.Equal(text, Micros.Format(micros));
        Assert.True(Micros.TryParse(text, out var back));
        Assert.Equal(micros, back);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" 1")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData("0.0000001")]
    [InlineData("0.50000000000000000000000000000000001")]
    [InlineData("9223372036854.775808")]
    [InlineData("99999999999999999999")]
    [InlineData("NaN")]
    public void TryParse_NotAnExactAmount_Refuses(string text) => Assert.False(Micros.TryParse(text, out _));

    [Theory]
    [InlineData("0.5000000", 500_000)]
    [InlineData("-0.000001", -1)]
    public void TryParse_ZerosAndSigns_Reads(string text, long expected)
    {
        Assert.True(Micros.TryParse(text, out var micros));
        Assert.Equal(expected, micros);
    }

    [Fact]
    public void FromDecimal_TooLarge_IsOutOfRange() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Micros.FromDecimal(decimal.MaxValue));

    [Fact]
    public void Division_AnySigns_RoundsAsNamed() => Prop.ForAll(Any, Any, (dividend, raw) =>
    {
        var divisor = raw == 0 ? 1 : raw;
        var exact = (Int128)dividend;
        var (floor, ceil) = (Micros.FloorDiv(exact, divisor), Micros.CeilDiv(exact, divisor));
        var isFloor = divisor > 0 ? floor * divisor <= exact && (floor + 1) * divisor > exact
            : floor * divisor >= exact && (floor + 1) * divisor < exact;
        return isFloor && ceil - floor == (exact % divisor == 0 ? 0 : 1);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void CostAndProceeds_OfAnyLot_LieWithinOneMicroDollar() => Prop.ForAll(
        Gen.Choose(0, 1_000_000).ToArbitrary(), Gen.Choose(0, int.MaxValue).ToArbitrary(), (price, shares) =>
        {
            var (at, lot) = (Price.FromMicros(price), Quantity.FromMicros(shares));
            var difference = at.CostOf(lot) - at.ProceedsOf(lot);
            var isExact = (Int128)price * shares % Micros.PerUnit == 0;
            return difference.ToMicros == (isExact ? 0 : 1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cost_TwentyMillionSharesNearOne_IsExact()
    {
        var cost = Price.FromDecimal(0.999m).CostOf(Quantity.FromDecimal(20_000_000));

        Assert.Equal(19_980_000m, cost.ToDecimal());
    }

    [Fact]
    public void Narrow_BeyondSixtyFourBits_Throws() =>
        Assert.Throws<OverflowException>(() => Micros.Narrow((Int128)long.MaxValue + 1));

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    public void Price_OutsideZeroToOne_IsRefused(double value) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Price.FromDecimal((decimal)value));

    [Fact]
    public void Quantity_SubtractedBelowZero_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Quantity.FromDecimal(1) - Quantity.FromDecimal(2));

    [Fact]
    public void Share_OfALoss_RoundsDown() =>
        Assert.Equal(-4, Usdc.FromMicros(-10).Share(1, 3).ToMicros);
}
