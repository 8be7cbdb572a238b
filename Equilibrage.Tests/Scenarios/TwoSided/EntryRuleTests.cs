using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support.Trading;

namespace Equilibrage.Tests.Scenarios.TwoSided;

/// <summary>The golden rows of entering: legs, timer, ratio, slots, pause and what an operator may skip.</summary>
[Trait("Tier", "Scenarios")]
public sealed class EntryRuleTests
{
    [Fact]
    public void Entry_EvenMarket_SpendsTheSameOnBothLegs()
    {
        var position = new EngineBench().EnterEven();

        Assert.Equal(PositionState.Active, position.State);
        Assert.Equal((50m, 50m), (position.Yes.Cost.ToDecimal(), position.No.Cost.ToDecimal()));
        Assert.Equal((100m, 100m), (position.Yes.Held.ToDecimal(), position.No.Held.ToDecimal()));
    }

    [Fact]
    public void Entry_WithFees_SpendPlusFeesFitTheAllocation()
    {
        var position = new EngineBench(rateMicros: 50_000).EnterEven();

        var spent = (position.Yes.Cost + position.No.Cost + position.Fees).ToDecimal();
        Assert.InRange(spent, 99.9m, 100m);
        Assert.Equal(0.5m, position.Yes.EntryPrice);
    }

    [Theory]
    [InlineData(94.99, false)]
    [InlineData(95, true)]
    public void Leg_PartlyBought_CountsAsEnteredFromNinetyFivePercent(double shares, bool isEntered)
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter(100);

        bench.Answer((decimal)shares);

        var expected = isEntered ? PositionState.EnteringLeg2 : PositionState.EnteringLeg1;
        Assert.Equal(expected, bench.Position.State);
    }

    [Fact]
    public void Leg_PartlyBought_RestIsBoughtAtTheNextLook()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter(100);
        bench.Answer(60);

        bench.Monitor();

        Assert.Equal(40m, Assert.Single(bench.Unanswered).Command.Quantity.ToDecimal());
    }

    [Fact]
    public void OneLegTimer_SecondLegNotHad_UnwindsAndClosesAsEntryFailed()
    {
        var bench = new EngineBench(new() { Execution = new() { ChaseSeconds = 0 } });
        bench.QuoteEven();
        bench.Enter(100);
        bench.Answer();
        bench.Answer(0);
        bench.Pass(15);

        bench.Monitor();
        Assert.Equal(PositionState.Unwinding, bench.Position.State);
        bench.Answer();

        var position = bench.Position;
        Assert.Equal((PositionState.Closed, ExitReason.EntryFailed), (position.State, position.ExitReason));
        Assert.Null(position.LiquidatedSide);
        Assert.True(position.Legs.All(leg => leg.Held.IsZero));
    }

    [Fact]
    public void OneLegTimer_NothingHad_ClosesWithoutAnOrder()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter(100);
        bench.Answer(0);
        bench.Pass(15);

        bench.Monitor();

        Assert.Equal((PositionState.Closed, ExitReason.EntryFailed), (bench.Position.State, bench.Position.ExitReason));
        Assert.Empty(bench.Unanswered);
        Assert.Equal(1000m, bench.State.Ledger.Available.ToDecimal());
    }

    [Theory]
    [InlineData(1.0, Outcome.Yes)]
    [InlineData(0.0, Outcome.No)]
    public void Ratio_AllOnOneOutcome_EntersOneLeg(double ratio, Outcome only)
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter(100, (decimal)ratio);

        bench.Answer();

        Assert.Equal(PositionState.Active, bench.Position.State);
        Assert.Equal(200m, bench.Position.Leg(only).Held.ToDecimal());
        Assert.False(bench.Position.Leg(only.Other()).IsWanted);
        Assert.Empty(bench.Unanswered);
    }

    [Fact]
    public void OneLeggedPosition_LegSold_IsClosed()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Enter(100, 1);
        bench.Answer();
        bench.Quote(Outcome.Yes, 0.35m, 0.36m);
        bench.Quote(Outcome.Yes, 0.35m, 0.36m);

        bench.Answer();

        Assert.Equal((PositionState.Closed, ExitReason.Divergence), (bench.Position.State, bench.Position.ExitReason));
    }

    [Fact]
    public void FullAllocation_LaterAsksDearer_BothLegsAreFunded()
    {
        var bench = new EngineBench(new() { CapitalAllocationPercent = 100 }, rateMicros: 50_000);
        foreach (var outcome in Outcomes.Both)
            Deep(bench, outcome);
        bench.Enter(capital: null);

        bench.Answer(price: 0.505m);
        bench.Answer(price: 0.505m);

        Assert.Equal(PositionState.Active, bench.Position.State);
        Assert.True(bench.State.Ledger.Available >= Usdc.Zero);
    }

    [Fact]
    public void Asks_OfferHalfOfALeg_RefusesTheEntry()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Feed(new FeedEvent.Snapshot(bench.Now.MarketTime, new(
            bench.Market.TokenNo,
            [new(Price.FromDecimal(0.49m), Quantity.FromDecimal(10_000))],
            [new(Price.FromDecimal(0.50m), Quantity.FromDecimal(50))])));

        bench.Enter(100);

        Assert.Equal(DenyReason.ThinDepth, bench.Refusal);
    }

    [Fact]
    public void Scan_ScoreAtThreshold_EntersBestFirstAndOnePerScan()
    {
        var (first, second, third) = (MarketBuilder.Market(1), MarketBuilder.Market(2), MarketBuilder.Market(3));
        var bench = Listed(first, second, third);

        bench.Scan((first, 6), (second, 9), (third, 5));
        var opened = bench.State.Positions.Values.Select(position => position.MarketId).ToList();
        Drain(bench);
        bench.Scan((first, 6), (second, 9), (third, 5));

        Assert.Equal([second.Id], opened);
        Assert.Equal(
            [first.Id, second.Id],
            bench.State.Positions.Values.Select(position => position.MarketId).OrderBy(id => id == second.Id));
    }

    [Fact]
    public void Scan_AllSlotsUsed_EntersNothing()
    {
        var (first, second) = (MarketBuilder.Market(1), MarketBuilder.Market(2));
        var bench = Listed(new TradingSettings { MaxPositions = 1 }, first, second);
        var decisions = bench.Scan((first, 8), (second, 7)).Batch.Decisions;
        Drain(bench);

        bench.Scan((first, 8), (second, 7));

        Assert.Single(bench.State.Positions);
        Assert.Contains(decisions, made => made.Denial?.Reason == DenyReason.MaxPositions);
    }

    [Fact]
    public void ManualEntry_ScoreBelowThresholdAndPaused_IsEntered()
    {
        var bench = new EngineBench(new() { EntriesPaused = true, OpportunityThreshold = 10 });
        bench.QuoteEven();
        bench.Scan((bench.Market, 3));
        Assert.Empty(bench.State.Positions);

        bench.Enter(100);

        Assert.Null(bench.Refusal);
        Assert.True(bench.Position.IsManual);
    }

    [Fact]
    public void ManualEntry_NoFreeSlot_IsRefused()
    {
        var second = MarketBuilder.Market(2);
        var bench = Listed(new TradingSettings { MaxPositions = 1 }, MarketBuilder.Market(1), second);
        bench.Enter(100);

        bench.Enter(100, market: second);

        Assert.Equal(DenyReason.MaxPositions, bench.Refusal);
    }

    [Fact]
    public void ManualEntry_MarketHeld_IsRefused()
    {
        var bench = new EngineBench();
        bench.EnterEven();

        bench.Enter(100);

        Assert.Equal(DenyReason.AlreadyHeld, bench.Refusal);
    }

    [Fact]
    public void ReentryPause_MarketLeft_RefusesUntilItIsOver()
    {
        var market = MarketBuilder.Market(hours: 240);
        var bench = new EngineBench(market: market);
        bench.EnterEven();
        bench.Close();
        bench.Answer();
        bench.Answer();
        bench.Settle(true);
        bench.QuoteEven();

        bench.Pass(0, 23);
        bench.Enter(100);
        Assert.Equal(DenyReason.RecentlyHeld, bench.Refusal);
        bench.Pass(0, 1);
        bench.Enter(100);

        Assert.Null(bench.Refusal);
    }

    [Fact]
    public void Reconciling_AfterAStart_RefusesEntries()
    {
        var bench = new EngineBench();
        bench.QuoteEven();
        bench.Process(new EngineEvent.Compared(
            bench.Now, new(Usdc.FromDecimal(999), new Dictionary<TokenId, Quantity>(), [])));

        bench.Enter(100);

        Assert.Equal(DenyReason.Reconciling, bench.Refusal);
    }

    private static EngineBench Listed(params Market[] markets) => Listed(new(), markets);

    private static EngineBench Listed(TradingSettings settings, params Market[] markets)
    {
        var bench = new EngineBench(settings, market: markets[0]);
        bench.Process(new EngineEvent.Catalogued(bench.Now, markets));
        foreach (var market in markets)
            bench.QuoteEven(market);
        return bench;
    }

    private static void Drain(EngineBench bench)
    {
        while (bench.Unanswered.Count > 0)
            bench.Answer();
    }

    private static void Deep(EngineBench bench, Outcome outcome) => bench.Feed(new FeedEvent.Snapshot(
        bench.Now.MarketTime,
        new(
            bench.Market.Token(outcome),
            [new(Price.FromDecimal(0.49m), Quantity.FromDecimal(10_000))],
            [
                new(Price.FromDecimal(0.51m), Quantity.FromDecimal(10_000)),
                new(Price.FromDecimal(0.50m), Quantity.FromDecimal(480)),
            ])));
}
