using Equilibrage.Core.Primitives;
using FsCheck;
using FsCheck.Fluent;

namespace Equilibrage.Tests.Unit.Primitives;

[Trait("Tier", "Unit")]
public sealed class TickSizeTests
{
    private static readonly long[] Grids = [100_000, 10_000, 5_000, 2_500, 1_000, 100];

    [Fact]
    public void FloorAndCeiling_OfAnyPrice_AreTheNearestOrderPrices() => Prop.ForAll(
        Gen.Choose(0, 1_000_000).ToArbitrary(), Gen.Elements(Grids).ToArbitrary(), (micros, grid) =>
        {
            var (tick, price) = (TickSize.FromMicros(grid), Price.FromMicros(micros));
            var (floor, ceiling) = (tick.Floor(price), tick.Ceiling(price));
            var isInside = micros >= grid && micros <= Micros.PerUnit - grid;
            return tick.IsOnGrid(floor) && tick.IsOnGrid(ceiling)
                && (!isInside || (floor <= price && price <= ceiling && ceiling.ToMicros - floor.ToMicros <= grid));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    [InlineData(505_000)]
    public void IsOnGrid_EndsAndHalfTicks_AreNot(long micros) =>
        Assert.False(TickSize.Cent.IsOnGrid(Price.FromMicros(micros)));

    [Fact]
    public void FromMicros_UnknownGrid_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TickSize.FromMicros(20_000));
}
