using Equilibrage.Core.Books;
using Equilibrage.Core.Execution;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Unit.Execution;

[Trait("Tier", "Unit")]
public sealed class PairChoiceTests
{
    private static readonly FeeSchedule Politics = new(50_000, false);

    [Fact]
    public void Entering_AsksOfADollarWithFees_SplitSavesTheFees()
    {
        var choice = Enter(100, 0.50m, 100, 0.50m, Politics);

        Assert.True(choice.UsesChain);
        Assert.Equal((102.5m, 100m, 2.5m), (Dollars(choice.Books), Dollars(choice.Chain), Dollars(choice.Saving)));
        Assert.Equal("both asks cost 102.5, a split costs 100: split 100 pairs, 2.5 better", choice.Why());
    }

    [Fact]
    public void Entering_OperationDearerThanItsSaving_UsesTheBooks()
    {
        var choice = Enter(100, 0.50m, 100, 0.50m, Politics, chainCost: 3);

        Assert.False(choice.UsesChain);
        Assert.Equal((102.5m, 103m, 0.5m), (Dollars(choice.Books), Dollars(choice.Chain), Dollars(choice.Saving)));
    }

    [Fact]
    public void Entering_UnequalLegs_SplitsTheSmallerAndCountsTheRest()
    {
        var choice = Enter(83.33m, 0.60m, 119.04m, 0.42m, FeeSchedule.Free);

        Assert.Equal(83.33m, choice.Pairs.ToDecimal());
        Assert.Equal(83.33m * 0.60m + (119.04m * 0.42m), Dollars(choice.Books));
        Assert.Equal(83.33m + (35.71m * 0.42m), Dollars(choice.Chain));
        Assert.True(choice.UsesChain);
    }

    [Fact]
    public void Entering_BooksTooThin_OnlyTheSplitCanBeHad()
    {
        var book = Book(0.49m, 0.50m, size: 20);

        var choice = PairChoice.Entering((book, Shares(100)), (book, Shares(100)), Politics, Usdc.Zero);

        Assert.Null(choice.Books);
        Assert.True(choice.UsesChain);
        Assert.Contains("cannot be had", choice.Why(), StringComparison.Ordinal);
    }

    [Fact]
    public void Entering_LessThanOnePair_IsNotWorthAnOperation() =>
        Assert.False(Enter(0.99m, 0.60m, 50, 0.60m, Politics).UsesChain);

    [Fact]
    public void Leaving_BidsBelowADollar_MergesWhatIsFinalAndSellsTheRest()
    {
        var book = Book(0.49m, 0.50m);

        var whole = PairChoice.Leaving(
            (book, Shares(100)), (book, Shares(120)), Shares(100), FeeSchedule.Free, Usdc.Zero);
        var part = PairChoice.Leaving(
            (book, Shares(100)), (book, Shares(120)), Shares(30), FeeSchedule.Free, Usdc.Zero);

        Assert.Equal((107.8m, 109.8m), (Dollars(whole.Books), Dollars(whole.Chain)));
        Assert.Equal((30m, 108.4m), (part.Pairs.ToDecimal(), Dollars(part.Chain)));
    }

    [Fact]
    public void Leaving_BidsAboveADollar_SellsBoth()
    {
        var choice = PairChoice.Leaving(
            (Book(0.52m, 0.53m), Shares(100)), (Book(0.51m, 0.52m), Shares(100)), Shares(100), FeeSchedule.Free,
            Usdc.Zero);

        Assert.False(choice.UsesChain);
    }

    [Theory]
    [InlineData(0.60, 0.42, 0.588235)]
    [InlineData(0.50, 0.50, 0.5)]
    [InlineData(0.99, 0.01, 0.99)]
    public void Part_OfTwoPrices_IsInProportion(double yes, double no, double part) => Assert.Equal(
        (decimal)part, PairChoice.PartOf(Price.FromDecimal((decimal)yes), Price.FromDecimal((decimal)no)).ToDecimal());

    [Fact]
    public void Part_WithoutAPrice_IsOneHalf() =>
        Assert.Equal(0.5m, PairChoice.PartOf(null, Price.FromDecimal(0.4m)).ToDecimal());

    private static PairChoice Enter(
        decimal yes, decimal askYes, decimal no, decimal askNo, FeeSchedule fees, decimal chainCost = 0) =>
        PairChoice.Entering(
            (Book(askYes - 0.01m, askYes), Shares(yes)), (Book(askNo - 0.01m, askNo), Shares(no)), fees,
            Usdc.FromDecimal(chainCost));

    private static Book Book(decimal bid, decimal ask, decimal size = 10_000) =>
        BookBuilder.Book(new("1"), [(bid, size)], [(ask, size)]);

    private static Quantity Shares(decimal shares) => Quantity.FromDecimal(shares);

    private static decimal? Dollars(Usdc? dollars) => dollars?.ToDecimal();
}
