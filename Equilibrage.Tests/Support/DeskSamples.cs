using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;

namespace Equilibrage.Tests.Support;

/// <summary>Plausible views for tests of pages; each is whole, and a test changes what it is about.</summary>
public static class DeskSamples
{
    /// <summary>The market clock of every sample.</summary>
    public static readonly DateTimeOffset Now = new(2026, 3, 14, 9, 26, 53, TimeSpan.Zero);

    /// <summary>A market whose outcomes have names of their own.</summary>
    public static Market Market(
        int number, string question = "Will the ferry sail on time?", int hoursToEnd = 60) => new()
    {
        Id = new($"0x{number:x64}"),
        Question = question,
        Slug = $"market-{number}",
        Category = "weather",
        TokenYes = new($"{number}1"),
        TokenNo = new($"{number}2"),
        NameYes = "Sails",
        NameNo = "Stays",
        TickSize = TickSize.Cent,
        MinimumOrderSize = Quantity.FromDecimal(5),
        Fees = FeeSchedule.Free,
        ExpectedEnd = Now.AddHours(hoursToEnd),
    };

    /// <summary>A scored market.</summary>
    public static OpportunityView Opportunity(
        Market market, int score = 7, Refusal? refusal = null, Denial? verdict = null)
    {
        ArgumentNullException.ThrowIfNull(market);
        return new(
            market,
            new()
            {
                MarketId = market.Id,
                At = Now,
                DecisiveTime = market.DecisiveTime,
                Score = score,
                RawMicros = score * 1_000_000L,
                Liquidity = Factor(FactorKind.Liquidity, 1_240_000_000, 10_000, score),
                Volatility = Factor(FactorKind.Volatility, 14_000, null, score - 1),
                Whale = Factor(FactorKind.Whale, 5_200_000_000, 44_000_000_000, score),
                News = new() { Kind = FactorKind.News },
                Refusal = refusal,
                ExpectedCostMicros = 21_300,
            },
            verdict);
    }

    /// <summary>A scan of these.</summary>
    public static ScanView Scan(params OpportunityView[] items) => new(
        new(Now, Now), items, items.Count(item => item.Opportunity.IsEligible),
        items.Where(item => item.Opportunity.Refusal is not null)
            .GroupBy(item => item.Opportunity.Refusal!.Value.Reason)
            .ToDictionary(group => group.Key, group => group.Count()));

    /// <summary>An active position with both legs held.</summary>
    public static PositionView Position(int number, Market market)
    {
        ArgumentNullException.ThrowIfNull(market);
        return new()
        {
            Id = new($"00000000-0000-0000-0000-{number:d12}"),
            MarketId = market.Id,
            MarketName = market.Question,
            StrategyId = new("equilibrage"),
            Status = PositionStatus.Active,
            State = PositionState.Active,
            EntryTime = Now.AddHours(-9),
            EntryPriceYes = 0.48m,
            EntryPriceNo = 0.53m,
            CapitalYes = Usdc.FromDecimal(50),
            CapitalNo = Usdc.FromDecimal(50),
            SharesYes = Quantity.FromDecimal(104.16m),
            SharesNo = Quantity.FromDecimal(94.33m),
            CurrentPriceYes = Price.FromDecimal(0.44m),
            CurrentPriceNo = Price.FromDecimal(0.55m),
            Pnl = Usdc.FromDecimal(-2.29m),
            Fees = Usdc.FromDecimal(0.42m),
            Capital = Usdc.FromDecimal(100),
            Score = 7,
            IsManual = false,
            ExpectedEnd = market.ExpectedEnd,
            Rules = new(),
            Legs =
            [
                Leg(market, Outcome.Yes, 104.16m, 0.48m, 0.44m),
                Leg(market, Outcome.No, 94.33m, 0.53m, 0.55m),
            ],
        };
    }

    /// <summary>The same position after its second leg was sold and its market resolved.</summary>
    public static PositionView Closed(int number, Market market, decimal pnl, DateTimeOffset closedAt) =>
        Position(number, market) with
        {
            Status = PositionStatus.Closed,
            State = PositionState.Closed,
            CloseTime = closedAt,
            EntryTime = closedAt.AddHours(-30),
            LiquidatedSide = Outcome.No,
            ExitReason = ExitReason.Resolution,
            Pnl = Usdc.FromDecimal(pnl),
        };

    /// <summary>Money that adds up.</summary>
    public static OverviewView Overview(int activePositions = 1) => new()
    {
        Mode = "sandbox",
        Sequence = 4_812,
        MarketTime = Now,
        RecordedAt = Now,
        Equity = Usdc.FromDecimal(1_012.34m),
        Cash = Usdc.FromDecimal(914.63m),
        Holdings = Usdc.FromDecimal(97.71m),
        Reserved = Usdc.Zero,
        Unsettled = Usdc.Zero,
        Redeemable = Usdc.Zero,
        Allocated = Usdc.FromDecimal(100),
        Available = Usdc.FromDecimal(914.63m),
        RealizedPnl = Usdc.FromDecimal(14.63m),
        UnrealizedPnl = Usdc.FromDecimal(-2.29m),
        Fees = Usdc.FromDecimal(3.91m),
        Capital = Usdc.FromDecimal(1_000),
        ActivePositions = activePositions,
        MaxPositions = 3,
        Legs = [],
    };

    private static LegView Leg(Market market, Outcome outcome, decimal shares, decimal entry, decimal price) => new()
    {
        Outcome = outcome,
        Name = market.Name(outcome),
        TokenId = market.Token(outcome),
        Bought = Quantity.FromDecimal(shares),
        Sold = Quantity.Zero,
        Held = Quantity.FromDecimal(shares),
        Cost = Usdc.FromDecimal(50),
        Proceeds = Usdc.Zero,
        Payout = Usdc.Zero,
        Fees = Usdc.FromDecimal(0.21m),
        EntryPrice = entry,
        CurrentPrice = Price.FromDecimal(price),
        Stale = false,
        TriggerPrice = entry * 0.7m,
        DistancePercent = Math.Round((price - (entry * 0.7m)) / price * 100, 2),
        Pnl = Usdc.FromDecimal(-1),
    };

    private static Factor Factor(FactorKind kind, long first, long? second, int value) => new()
    {
        Kind = kind,
        InputMicros = first,
        SecondInputMicros = second,
        ValueMicros = value * 1_000_000L,
        WeightMicros = 333_333,
        ContributionMicros = value * 333_333L,
    };
}
