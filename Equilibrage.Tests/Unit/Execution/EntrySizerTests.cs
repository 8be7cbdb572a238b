using Equilibrage.Core.Books;
using Equilibrage.Core.Execution;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using FsCheck;
using FsCheck.Fluent;

namespace Equilibrage.Tests.Unit.Execution;

[Trait("Tier", "Unit")]
public sealed class EntrySizerTests
{
    private static readonly Price Cap = Price.FromDecimal(0.65m);

    private static readonly Arbitrary<(int Cents, int Size)[]> AnyAsks =
        (from cents in Gen.Choose(1, 99) from size in Gen.Choose(1, 300_000_000) select (cents, size))
        .ArrayOf().ToArbitrary();

    [Fact]
    public void Affordable_AnyAsksAndBudget_FitsWithItsFeesAndKeepsTheCap() => Prop.ForAll(
        AnyAsks, Gen.Choose(0, 500_000_000).ToArbitrary(), Gen.Choose(0, 70_000).ToArbitrary(), (asks, dollars, rate) =>
        {
            var (ladder, fees) = (Ladder(asks), new FeeSchedule(rate, false));
            var (shares, worst) = EntrySizer.Affordable(ladder.Levels, Usdc.FromMicros(dollars), Cap, fees);
            var (left, spent) = (shares, 0L);
            foreach (var level in ladder.Levels)
            {
                var take = Quantity.Min(left, level.Quantity.FloorTo(EntrySizer.Lot));
                spent += (level.Price.CostOf(take) + fees.TakerFee(level.Price, take)).ToMicros;
                left -= take;
            }

            return spent <= dollars && worst <= Cap && shares == shares.FloorTo(EntrySizer.Lot);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Affordable_ExactBudget_LeavesNothing()
    {
        var ladder = Ladder([(50, 200_000_000)]);

        var (shares, _) = EntrySizer.Affordable(ladder.Levels, Usdc.FromDecimal(50), Cap, FeeSchedule.Free);

        Assert.Equal(100m, shares.ToDecimal());
    }

    [Fact]
    public void LargestWithin_HugeBudget_IsBoundedByTheLevel()
    {
        var level = new Level(Price.FromMicros(100), Quantity.FromDecimal(20_000_000));

        var shares = EntrySizer.LargestWithin(level, Usdc.FromMicros(long.MaxValue), new(70_000, false));

        Assert.Equal(20_000_000m, shares.ToDecimal());
    }

    private static Ladder Ladder((int Cents, int Size)[] asks)
    {
        var ladder = new Ladder(BookSide.Ask);
        foreach (var (cents, size) in asks)
            ladder.Set(Price.FromMicros(cents * 10_000L), Quantity.FromMicros(size));
        return ladder;
    }
}
