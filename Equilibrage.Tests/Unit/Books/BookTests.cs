using Equilibrage.Core.Books;
using Equilibrage.Core.Primitives;
using Equilibrage.Tests.Support.Trading;
using FsCheck;
using FsCheck.Fluent;

namespace Equilibrage.Tests.Unit.Books;

[Trait("Tier", "Unit")]
public sealed class BookTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 11, 20, 0, 0, TimeSpan.Zero);
    private static readonly TokenId Token = new("1");

    private static readonly Arbitrary<(int Price, int Size)[]> AnyLevels =
        (from price in Gen.Choose(1, 99) from size in Gen.Choose(0, 5_000_000) select (price, size))
        .ArrayOf().ToArbitrary();

    [Fact]
    public void Snapshot_WorstFirst_ShowsTheBestFirst()
    {
        var book = Make(bids: [(0.30m, 1), (0.48m, 2)], asks: [(0.90m, 1), (0.52m, 3)]);

        Assert.Equal((0.48m, 0.52m), (book.BestBid?.ToDecimal(), book.BestAsk?.ToDecimal()));
        Assert.True(book.IsUsable);
    }

    [Fact]
    public void Delta_SetsTheTotalSize_AndZeroRemoves()
    {
        var book = Make(bids: [(0.48m, 2)], asks: [(0.52m, 3)]);

        Change(book, BookSide.Bid, 0.48m, 5);
        Change(book, BookSide.Ask, 0.52m, 0);

        Assert.Equal(5m, book.Bids.SizeAt(Price.FromDecimal(0.48m)).ToDecimal());
        Assert.Null(book.BestAsk);
    }

    [Fact]
    public void Delta_BeforeASnapshotOrAfterDistrust_IsIgnored()
    {
        var fresh = new Book(Token);
        var distrusted = Make(bids: [(0.48m, 2)], asks: [(0.52m, 3)]);
        distrusted.Distrust(BookTrust.Untrusted);

        Change(fresh, BookSide.Bid, 0.40m, 5);
        Change(distrusted, BookSide.Bid, 0.40m, 5);

        Assert.Null(fresh.BestBid);
        Assert.Equal(1, distrusted.Bids.Count);
        Assert.False(distrusted.IsUsable);
    }

    [Fact]
    public void Distrust_ToCurrent_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new Book(Token).Distrust(BookTrust.Current));

    [Theory]
    [InlineData(0.01, 0.99, true)]
    [InlineData(0.005, 0.995, true)]
    [InlineData(0.02, 0.99, false)]
    [InlineData(0.01, 0.98, false)]
    public void Ghost_OneToNinetyNineOrWider_IsNoQuote(double bid, double ask, bool isGhost)
    {
        var book = Make(bids: [((decimal)bid, 100)], asks: [((decimal)ask, 100)]);

        Assert.Equal((isGhost, !isGhost), (book.IsGhost, book.IsUsable));
    }

    [Fact]
    public void Sweep_Shares_WalksBestFirstAndNamesTheWorst()
    {
        var book = Make(bids: [(0.40m, 10), (0.34m, 500)], asks: []);

        var sweep = book.SweepShares(Side.Sell, Quantity.FromDecimal(100));

        Assert.Equal((34.6m, 0.34m, true), (sweep.Notional.ToDecimal(), sweep.Worst.ToDecimal(), sweep.IsComplete));
        Assert.Equal(0.346m, sweep.Average);
    }

    [Fact]
    public void Ladder_AnyChanges_EqualsASortedDictionary() => Prop.ForAll(AnyLevels, changes =>
    {
        var (book, model) = (Make([], []), new SortedDictionary<long, long>());
        foreach (var (cents, size) in changes)
        {
            var price = Price.FromMicros(cents * 10_000L);
            book.Apply(new BookDelta(Token, BookSide.Ask, price, Quantity.FromMicros(size)), At, At);
            if (size == 0)
                model.Remove(cents * 10_000L);
            else
                model[cents * 10_000L] = size;
        }

        return book.Asks.Levels.ToArray().Select(level => (level.Price.ToMicros, level.Quantity.ToMicros))
            .SequenceEqual(model.Select(level => (level.Key, level.Value)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Sweep_AnyBookAndAmount_EqualsTheNaiveWalk() => Prop.ForAll(
        AnyLevels, Gen.Choose(0, 20_000_000).ToArbitrary(), (levels, wanted) =>
        {
            var book = Make([], [.. levels.Select(level => (level.Price / 100m, level.Size / 1_000_000m))]);
            var sweep = book.SweepShares(Side.Buy, Quantity.FromMicros(wanted));
            var (left, exact) = ((long)wanted, 0m);
            foreach (var level in book.Asks.Levels)
            {
                var take = Math.Min(left, level.Quantity.ToMicros);
                exact += level.Price.ToDecimal() * take;
                left -= take;
            }

            return sweep.Filled.ToMicros == wanted - left
                && sweep.Notional.ToMicros == (long)decimal.Ceiling(exact)
                && sweep.IsComplete == (left == 0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void SweepDollars_AnyBook_NeverSpendsMoreThanGivenAndLeavesLessThanAShareUnit() => Prop.ForAll(
        AnyLevels, Gen.Choose(0, 20_000_000).ToArbitrary(), (levels, given) =>
        {
            var book = Make([], [.. levels.Select(level => (level.Price / 100m, level.Size / 1_000_000m))]);
            var sweep = book.SweepDollars(Side.Buy, Usdc.FromMicros(given));
            var spent = sweep.Notional.ToMicros;
            return spent <= given && (!sweep.IsComplete || spent >= given - 1)
                && sweep.Notional == book.SweepShares(Side.Buy, sweep.Filled).Notional;
        }).QuickCheckThrowOnFailure();

    private static Book Make((decimal Price, decimal Size)[] bids, (decimal Price, decimal Size)[] asks) =>
        BookBuilder.Book(Token, bids, asks);

    private static void Change(Book book, BookSide side, decimal price, decimal size) =>
        book.Apply(new BookDelta(Token, side, Price.FromDecimal(price), Quantity.FromDecimal(size)), At, At);
}
