using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Integration.Api;

/// <summary>Views as the engine makes them, small and with numbers that are easy to recognise.</summary>
internal static class Samples
{
    internal const string FirstId = "0a000000-0000-4000-8000-000000000001";

    internal static DateTimeOffset Noon { get; } = new(2026, 3, 11, 12, 0, 0, TimeSpan.Zero);

    internal static Stamp At(int minutes) => new(Noon.AddMinutes(minutes), Noon.AddSeconds(minutes));

    internal static string MarketIdOf(int number) => $"0x{number:x64}";

    internal static DeskView Running() => new()
    {
        Activity = EngineActivity.Running,
        Overview = Overview(),
        Positions = [Position()],
        Scan = Scan(Opportunity(1, 8), Opportunity(2, 7, DenyReason.ThinDepth), Opportunity(3, 4)),
    };

    internal static OverviewView Overview() => new()
    {
        Mode = "sandbox",
        Sequence = 42,
        MarketTime = Noon.AddMilliseconds(250),
        RecordedAt = Noon,
        Equity = Usdc.FromDecimal(1000.000001m),
        Cash = Usdc.FromDecimal(900),
        Holdings = Usdc.FromDecimal(100.000001m),
        Reserved = Usdc.FromDecimal(5),
        Unsettled = Usdc.FromDecimal(-3),
        Redeemable = Usdc.Zero,
        Allocated = Usdc.FromDecimal(105),
        Available = Usdc.FromDecimal(895),
        RealizedPnl = Usdc.FromDecimal(2),
        UnrealizedPnl = Usdc.FromDecimal(-1.999999m),
        Fees = Usdc.FromDecimal(0.5m),
        Capital = Usdc.FromDecimal(1000),
        ActivePositions = 1,
        MaxPositions = 3,
        Legs =
        [
            new(TokenOf(1, Outcome.Yes), Quantity.FromDecimal(100.5m), Price.FromDecimal(0.48m),
                Usdc.FromDecimal(48.24m), false),
        ],
    };

    internal static TokenId TokenOf(int market, Outcome outcome) =>
        new($"7150000000000000000000000000000000000000000000000000000000000000000000000{market:d3}{(int)outcome}");

    internal static PositionView Position(string id = FirstId, int market = 1) => new()
    {
        Id = new(id),
        MarketId = new(MarketIdOf(market)),
        MarketName = $"Will question {market} end well?",
        StrategyId = new("equilibrage"),
        Status = PositionStatus.Active,
        State = PositionState.Active,
        EntryTime = Noon,
        EntryPriceYes = 0.4975m,
        EntryPriceNo = 0.5m,
        CapitalYes = Usdc.FromDecimal(50),
        CapitalNo = Usdc.FromDecimal(49.9m),
        SharesYes = Quantity.FromDecimal(100.5m),
        SharesNo = Quantity.FromDecimal(99.8m),
        CurrentPriceYes = Price.FromDecimal(0.48m),
        Pnl = Usdc.FromDecimal(-2.1m),
        Fees = Usdc.FromDecimal(0.5m),
        Capital = Usdc.FromDecimal(100),
        Score = 7,
        IsManual = false,
        ExpectedEnd = Noon.AddDays(3),
        Rules = new(),
        Legs = [Leg(market, Outcome.Yes, "Up"), Leg(market, Outcome.No, "Down")],
    };

    internal static CommandOutcome Accepted(PositionState state) =>
        new(new(FirstId), Position() with { State = state }, null);

    internal static PositionView Closed(string id, string name = "Was it so?") => Position(id) with
    {
        MarketName = name,
        Status = PositionStatus.Closed,
        State = PositionState.Closed,
        CloseTime = Noon.AddDays(1),
        SharesYes = Quantity.Zero,
        SharesNo = Quantity.Zero,
        LiquidatedSide = Outcome.No,
        ExitReason = ExitReason.StopLoss,
        Resolution = new(new(MarketIdOf(1)), Price.One, ResolutionKind.Regular, Noon.AddDays(1)),
    };

    internal static FillView Fill(string trade) => new(
        new(trade), new(FirstId), Outcome.Yes, Side.Buy, Price.FromDecimal(0.5m), Quantity.FromDecimal(10),
        Usdc.FromDecimal(5), Usdc.FromDecimal(0.1m), null, Noon, EntryStatus.Pending);

    internal static ScanView Scan(params OpportunityView[] items) => new(
        At(0), items, items.Count(item => item.Opportunity.IsEligible),
        new Dictionary<DenyReason, int> { [DenyReason.ThinDepth] = 1 });

    internal static OpportunityView Opportunity(int market, int score, DenyReason? refusal = null)
    {
        var opportunity = new Opportunity
        {
            MarketId = new(MarketIdOf(market)),
            At = Noon,
            DecisiveTime = Noon.AddDays(2),
            Score = score,
            RawMicros = score * Micros.PerUnit,
            Liquidity = Factor(FactorKind.Liquidity, score),
            Volatility = Factor(FactorKind.Volatility, score),
            Whale = new() { Kind = FactorKind.Whale },
            News = new() { Kind = FactorKind.News },
            Refusal = refusal is { } reason
                ? new(reason, Outcome.Yes, 10 * Micros.PerUnit, 20 * Micros.PerUnit)
                : null,
            ExpectedCostMicros = 12_345,
        };
        return new(Market(market), opportunity, opportunity.Denial);
    }

    internal static Market Market(int market) => new()
    {
        Id = new(MarketIdOf(market)),
        Question = $"Will question {market} end well?",
        Slug = $"question-{market}",
        Category = "sports",
        TokenYes = TokenOf(market, Outcome.Yes),
        TokenNo = TokenOf(market, Outcome.No),
        NameYes = "Up",
        NameNo = "Down",
        TickSize = TickSize.Cent,
        MinimumOrderSize = Quantity.FromDecimal(5),
        ExpectedEnd = Noon.AddDays(3),
    };

    private static Factor Factor(FactorKind kind, int value) => new()
    {
        Kind = kind,
        InputMicros = 5000 * Micros.PerUnit,
        ValueMicros = value * Micros.PerUnit,
        WeightMicros = Micros.PerUnit / 2,
        ContributionMicros = value * Micros.PerUnit / 2,
    };

    private static LegView Leg(int market, Outcome outcome, string name) => new()
    {
        Outcome = outcome,
        Name = name,
        TokenId = TokenOf(market, outcome),
        Bought = Quantity.FromDecimal(100),
        Sold = Quantity.Zero,
        Held = Quantity.FromDecimal(100),
        Cost = Usdc.FromDecimal(50),
        Proceeds = Usdc.Zero,
        Payout = Usdc.Zero,
        Fees = Usdc.FromDecimal(0.25m),
        EntryPrice = 0.5m,
        TriggerPrice = 0.35m,
        DistancePercent = 27.083333333m,
        Stale = false,
        Pnl = Usdc.FromDecimal(-1),
    };
}
