using Equilibrage.Core.Books;
using Equilibrage.Core.Execution;
using Equilibrage.Core.Primitives;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Unit.Execution;

[Trait("Tier", "Unit")]
public sealed class SlicesTests
{
    [Theory]
    [InlineData(100, 120, 25, 5, 30)]
    [InlineData(20, 120, 25, 5, 20)]
    [InlineData(100, 120, 0, 5, 100)]
    [InlineData(100, 80, 100, 5, 80)]
    // A quarter of the depth is below the smallest order: that much is taken.
    [InlineData(100, 12, 25, 5, 5)]
    // What would be left could not be ordered by itself.
    [InlineData(33, 120, 25, 5, 33)]
    // Nothing is there.
    [InlineData(100, 0, 25, 5, 0)]
    // 24.999 shares: off the grid.
    [InlineData(100, 99.996, 25, 5, 24.99)]
    public void Next_OfADepth_TakesItsShare(
        double wanted, double depth, double percent, double smallest, double expected) => Assert.Equal(
        (decimal)expected,
        Slices.Next(Shares(wanted), Shares(depth), (decimal)percent, Shares(smallest)).ToDecimal());

    [Theory]
    [InlineData(0.50, 2)]
    [InlineData(0.33, 3.04)]
    [InlineData(0.01, 100)]
    public void OneDollar_AtAPrice_IsRoundedUpToTheGrid(double price, double shares) => Assert.Equal(
        (decimal)shares, Slices.OneDollarAt(Price.FromDecimal((decimal)price)).ToDecimal());

    [Theory]
    [InlineData(Side.Buy, 0.50, 400, 10_000, 0.52)]
    [InlineData(Side.Buy, 0.50, 50, 10_000, 0.51)]
    [InlineData(Side.Buy, 0.50, 50, 1_000, 0.503)]
    [InlineData(Side.Buy, 0.98, 400, 10_000, 0.99)]
    [InlineData(Side.Sell, 0.50, 400, 10_000, 0.48)]
    [InlineData(Side.Sell, 0.50, 50, 10_000, 0.49)]
    [InlineData(Side.Sell, 0.02, 9_999, 10_000, 0.01)]
    [InlineData(Side.Buy, 0.50, 0, 10_000, 0.99)]
    [InlineData(Side.Sell, 0.50, 0, 10_000, 0.01)]
    public void Bound_AroundAPlannedPrice_IsRoundedOutwardToTheGrid(
        Side side, double planned, int bps, long tick, double limit) => Assert.Equal(
        (decimal)limit,
        SlippageBound.Limit(side, Price.FromDecimal((decimal)planned), bps, TickSize.FromMicros(tick)).ToDecimal());

    [Fact]
    public void Depth_WithinALimit_CountsItsLevelsOnly()
    {
        var book = BookBuilder.Book(
            new("1"), [(0.49m, 10), (0.48m, 20), (0.40m, 500)], [(0.50m, 5), (0.51m, 7), (0.60m, 900)]);

        Assert.Equal(12m, SlippageBound.Depth(book, Side.Buy, Price.FromDecimal(0.52m)).ToDecimal());
        Assert.Equal(30m, SlippageBound.Depth(book, Side.Sell, Price.FromDecimal(0.48m)).ToDecimal());
    }

    [Fact]
    public void Bid_OwnOrdersInTheBook_AreNotCompetedWith()
    {
        var (tick, cap) = (TickSize.Cent, Price.FromDecimal(0.65m));
        var own = new Level(Price.FromDecimal(0.48m), Shares(100));
        var book = BookBuilder.Book(new("1"), [(0.46m, 50), (0.48m, 100)], [(0.50m, 40), (0.53m, 10)]);
        // Our bid of 0.50 for the other token shows here as the ask of 0.50.
        var other = new Level(Price.FromDecimal(0.50m), Shares(40));

        Assert.Equal(0.48m, Bid(book, null, null, 0, cap, tick));
        Assert.Equal(0.49m, Bid(book, null, null, 3, cap, tick));
        Assert.Equal(0.47m, Bid(book, own, null, 1, cap, tick));
        Assert.Equal(0.49m, Bid(book, null, other, 9, cap, tick));
        Assert.Equal(0.45m, Bid(book, null, null, 0, Price.FromDecimal(0.455m), tick));
        Assert.Null(Bid(BookBuilder.Book(new("1"), [(0.46m, 50)], []), null, null, 0, cap, tick));
    }

    private static decimal? Bid(Book book, Level? own, Level? mirror, int inside, Price cap, TickSize tick) =>
        MakerQuote.Bid(book, own, mirror, inside, cap, tick)?.ToDecimal();

    private static Quantity Shares(double shares) => Quantity.FromDecimal((decimal)shares);
}
