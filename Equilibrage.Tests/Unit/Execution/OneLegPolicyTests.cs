using Equilibrage.Core.Accounting;
using Equilibrage.Core.Books;
using Equilibrage.Core.Execution;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Unit.Execution;

[Trait("Tier", "Unit")]
public sealed class OneLegPolicyTests
{
    [Theory]
    // Bid of the held leg, ask of the missing one; cost of a pair, losses of both ways, and the choice.
    [InlineData(0.49, 0.52, 1.02, 2, 1, true)]
    [InlineData(0.49, 0.60, 1.10, 10, 1, false)]
    [InlineData(0.40, 0.60, 1.10, 10, 10, true)]
    [InlineData(0.39, 0.60, 1.10, 10, 11, true)]
    public void Decide_WithoutFees_ComparesBothLosses(
        double bid, double ask, double pair, double chase, double unwind, bool isChase)
    {
        var choice = Decide(bid, ask);

        Assert.Equal((decimal)pair, choice.PairCost);
        Assert.Equal((decimal)chase, choice.ChaseLoss!.Value.ToDecimal());
        Assert.Equal((decimal)unwind, choice.UnwindLoss.ToDecimal());
        Assert.Equal(isChase, choice.IsChase);
    }

    [Fact]
    public void Decide_FeesOnAMirroredBook_AreTheSameOnBothWays()
    {
        var choice = Decide(0.40, 0.60, rateMicros: 50_000);

        Assert.Equal(choice.UnwindLoss, choice.ChaseLoss);
        Assert.True(choice.IsChase);
    }

    [Theory]
    [InlineData(0.49, 0.52, 0, 0.53)]
    [InlineData(0.40, 0.60, 0, 0.60)]
    // 0.517 and its fee of 0.012486 stay within the 0.53 that the pair leaves; one tick more does not.
    [InlineData(0.49, 0.51, 50_000, 0.517)]
    public void Limit_IsTheHighestPriceAtWhichOneOfBothRulesHolds(
        double bid, double ask, long rateMicros, double limit)
    {
        var choice = Decide(bid, ask, rateMicros);

        Assert.Equal((decimal)limit, choice.LimitNo.ToDecimal());
        Assert.Equal(Price.Zero, choice.LimitYes);
    }

    [Fact]
    public void Decide_NothingOffered_Unwinds()
    {
        var choice = OneLegPolicy.Decide(
            Held(), Book(0.49m, 0.50m), BookBuilder.Book(new("12"), [(0.49m, 100)], []), MarketBuilder.Market(), true);

        Assert.False(choice.IsChase);
        Assert.Null(choice.PairCost);
        Assert.Equal(1m, choice.UnwindLoss.ToDecimal());
    }

    [Fact]
    public void Decide_NothingMayBeBought_UnwindsWithBothNumbers()
    {
        var choice = OneLegPolicy.Decide(
            Held(), Book(0.49m, 0.50m), Book(0.50m, 0.51m), MarketBuilder.Market(), mayBuy: false);

        Assert.False(choice.IsChase);
        Assert.NotNull(choice.ChaseLoss);
        Assert.Contains("nothing may be bought", choice.Why, StringComparison.Ordinal);
    }

    private static OneLegChoice Decide(double bid, double ask, long rateMicros = 0) => OneLegPolicy.Decide(
        Held(), Book((decimal)bid, (decimal)bid + 0.01m), Book((decimal)ask - 0.01m, (decimal)ask),
        MarketBuilder.Market(rateMicros: rateMicros), mayBuy: true);

    private static Book Book(decimal bid, decimal ask) =>
        BookBuilder.Book(new("1"), [(bid, 10_000)], [(ask, 10_000)]);

    // 100 shares of the first leg at 0.50; as many of the second are wanted.
    private static Position Held()
    {
        var market = MarketBuilder.Market();
        Leg Leg(Outcome outcome) => new()
        {
            Outcome = outcome, TokenId = market.Token(outcome), Budget = Usdc.FromDecimal(100),
            Planned = Quantity.FromDecimal(100), PlannedPrice = Price.FromDecimal(0.5m),
        };
        return new()
        {
            Id = new("p"), AccountId = EngineBench.Account, StrategyId = new("equilibrage"), MarketId = market.Id,
            State = PositionState.EnteringLeg2, Capital = Usdc.FromDecimal(200), Rules = new(),
            Yes = Leg(Outcome.Yes) with
            {
                Bought = Quantity.FromDecimal(100), Cost = Usdc.FromDecimal(50), Basis = Usdc.FromDecimal(50),
            },
            No = Leg(Outcome.No), FirstLeg = Outcome.Yes, OpenedAt = MarketBuilder.Start,
            EntryDeadline = MarketBuilder.Start,
        };
    }
}
