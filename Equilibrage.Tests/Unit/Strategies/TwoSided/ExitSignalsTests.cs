using Equilibrage.Core.Accounting;
using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Core.Strategies.TwoSided;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Unit.Strategies.TwoSided;

/// <summary>The exit rules as pure functions, on legs of 100 shares bought at 0.50.</summary>
[Trait("Tier", "Unit")]
public sealed class ExitSignalsTests
{
    private static readonly DateTimeOffset At = MarketBuilder.Start;
    private static readonly Market Market = MarketBuilder.Market();

    [Theory]
    [InlineData(30, 0, 0.35, ExitReason.Divergence)]
    [InlineData(30, 20, 0.40, ExitReason.StopLoss)]
    [InlineData(30, 30, 0.35, ExitReason.StopLoss)]
    [InlineData(30, 50, 0.35, ExitReason.Divergence)]
    [InlineData(0, 50, 0.25, ExitReason.StopLoss)]
    [InlineData(100, 0, 0.00, ExitReason.Divergence)]
    public void FallingTrigger_TwoRules_IsTheNearerOne(int divergence, int stopLoss, double price, ExitReason reason)
    {
        var rules = new ExitRules { DivergencePercent = divergence, StopLossYesPercent = stopLoss };

        Assert.Equal(((decimal)price, reason), ExitSignals.FallingTrigger(Leg(Outcome.Yes), rules));
    }

    [Fact]
    public void FallingTrigger_BothRulesOff_IsNone() =>
        Assert.Null(ExitSignals.FallingTrigger(Leg(Outcome.Yes), new() { DivergencePercent = 0 }));

    [Fact]
    public void FallingTrigger_StopLossOfTheOtherOutcome_DoesNotCount()
    {
        var rules = new ExitRules { StopLossYesPercent = 5 };

        Assert.Equal(ExitReason.Divergence, ExitSignals.FallingTrigger(Leg(Outcome.No), rules)?.Reason);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(20, 0.60)]
    [InlineData(100, 1.00)]
    public void RisingTrigger_Percent_IsMeasuredFromTheEntryPrice(int percent, double? price)
    {
        var rules = new ExitRules { TakeProfitNoPercent = percent };

        Assert.Equal((decimal?)price, ExitSignals.RisingTrigger(Leg(Outcome.No), rules));
    }

    [Fact]
    public void Triggers_NothingBought_AreNone()
    {
        var leg = Leg(Outcome.Yes) with { Bought = Quantity.Zero, Cost = Usdc.Zero };

        Assert.Null(ExitSignals.FallingTrigger(leg, new()));
        Assert.Null(ExitSignals.RisingTrigger(leg, new() { TakeProfitYesPercent = 20 }));
    }

    [Theory]
    [InlineData(5, 0.40)]
    [InlineData(10, 0.40)]
    [InlineData(100, 0.346)]
    public void SellablePrice_TwoLevels_IsTheAverageOverAllThatIsHeld(int held, double price)
    {
        var leg = Leg(Outcome.No) with { Bought = Quantity.FromDecimal(held) };
        var book = Quoted(Outcome.No, (0.40m, 10), (0.34m, 500));

        Assert.Equal((decimal)price, ExitSignals.SellablePrice(leg, book));
    }

    [Fact]
    public void SellablePrice_NothingHeldOrNoUsableBook_IsNone()
    {
        var leg = Leg(Outcome.No);
        var lost = Quoted(Outcome.No, (0.40m, 500));
        lost.Distrust(BookTrust.Untrusted);

        Assert.Null(ExitSignals.SellablePrice(leg with { Sold = leg.Bought }, Quoted(Outcome.No, (0.40m, 500))));
        Assert.Null(ExitSignals.SellablePrice(leg, lost));
        Assert.Null(ExitSignals.SellablePrice(leg, new Book(leg.TokenId)));
    }

    [Theory]
    [InlineData(0.36, 0.36, null, null)]
    [InlineData(0.50, 0.35, Outcome.No, ExitReason.Divergence)]
    [InlineData(0.34, 0.33, Outcome.No, ExitReason.Divergence)]
    [InlineData(0.33, 0.34, Outcome.Yes, ExitReason.Divergence)]
    [InlineData(0.60, 0.40, Outcome.Yes, ExitReason.TakeProfit)]
    [InlineData(0.65, 0.35, Outcome.No, ExitReason.Divergence)]
    public void Evaluate_BothBids_ExitsTheLegThatTheRulesName(
        double yes, double no, Outcome? outcome, ExitReason? reason)
    {
        var position = Held(new() { TakeProfitYesPercent = 20 });

        var exit = ExitSignals.Evaluate(
            position, Quoted(Outcome.Yes, ((decimal)yes, 500)), Quoted(Outcome.No, ((decimal)no, 500)));

        Assert.Equal((outcome, reason), (exit?.Outcome, exit?.Reason));
    }

    [Fact]
    public void Evaluate_FallenLeg_ShowsBidSellablePriceAndThreshold()
    {
        var position = Held(new());

        var exit = ExitSignals.Evaluate(
            position, Quoted(Outcome.Yes, (0.60m, 500)), Quoted(Outcome.No, (0.40m, 10), (0.34m, 500)));

        Assert.Equal(
            new EngineOutput.ExitBegun(
                position.Id, Outcome.No, ExitReason.Divergence, Price.FromDecimal(0.40m), 0.346m, 0.50m, 0.35m),
            exit);
    }

    private static Position Held(ExitRules rules) => new()
    {
        Id = new("position"),
        AccountId = new("account"),
        StrategyId = new("equilibrage"),
        MarketId = Market.Id,
        State = PositionState.Active,
        Capital = Usdc.FromDecimal(100),
        Rules = rules,
        Yes = Leg(Outcome.Yes),
        No = Leg(Outcome.No),
        FirstLeg = Outcome.Yes,
        OpenedAt = At,
        EntryDeadline = At.AddSeconds(15),
    };

    private static Leg Leg(Outcome outcome) => new()
    {
        Outcome = outcome,
        TokenId = Market.Token(outcome),
        Budget = Usdc.FromDecimal(50),
        Planned = Quantity.FromDecimal(100),
        Bought = Quantity.FromDecimal(100),
        Cost = Usdc.FromDecimal(50),
        Basis = Usdc.FromDecimal(50),
    };

    private static Book Quoted(Outcome outcome, params (decimal Price, decimal Size)[] bids) =>
        BookBuilder.Book(Market.Token(outcome), bids, [(0.90m, 100)]);
}
