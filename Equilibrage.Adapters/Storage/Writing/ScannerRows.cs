using Equilibrage.Adapters.Storage.Rows;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Orders;
using Equilibrage.Core.State;

namespace Equilibrage.Adapters.Storage.Writing;

/// <summary>Rows of decisions, opportunities and scans.</summary>
internal static class ScannerRows
{
    /// <summary>A decision.</summary>
    public static DecisionRow Decision(DecisionRecord decision) => new()
    {
        AccountId = decision.AccountId.Value,
        StrategyId = decision.StrategyId.Value,
        MarketId = decision.Opportunity.MarketId.Value,
        MarketName = decision.MarketName,
        PositionId = decision.PositionId?.Value,
        Verdict = decision.Denial is not null ? "refused" : decision.PositionId is null ? "eligible" : "entered",
        Reason = decision.Denial?.Reason.Code(),
        ReasonDetail = decision.Denial?.Detail,
        Score = decision.Opportunity.Score,
        RawScoreMicros = decision.Opportunity.RawMicros,
        Factors = StorageJson.Write(decision.Opportunity.Factors),
        IsKept = decision.PositionId is not null,
        MarketTime = decision.At.MarketTime,
        RecordedAt = decision.At.RecordedAt,
    };

    /// <summary>The market of a decision as an opportunity.</summary>
    public static OpportunityRow Opportunity(DecisionRecord decision)
    {
        var opportunity = decision.Opportunity;
        return new OpportunityRow
        {
            AccountId = decision.AccountId.Value,
            StrategyId = decision.StrategyId.Value,
            MarketId = opportunity.MarketId.Value,
            MarketName = decision.MarketName,
            Score = opportunity.Score,
            RawScoreMicros = opportunity.RawMicros,
            LiquidityMicros = opportunity.Liquidity.InputMicros,
            LiquidityScoreMicros = opportunity.Liquidity.ValueMicros,
            VolatilityScoreMicros = opportunity.Volatility.ValueMicros,
            WhaleActivityScoreMicros = opportunity.Whale.ValueMicros,
            NewsRelevanceScoreMicros = opportunity.News.ValueMicros,
            ExpectedCostMicros = opportunity.ExpectedCostMicros,
            IsEligible = opportunity.IsEligible,
            RefusedBy = decision.Denial?.Reason.Code(),
            Factors = StorageJson.Write(opportunity.Factors),
            DetectedAt = opportunity.At,
            MarketTime = decision.At.MarketTime,
            RecordedAt = decision.At.RecordedAt,
        };
    }

    /// <summary>What a scan counted.</summary>
    public static ScanRow Scan(ScanCount scan) => new()
    {
        AccountId = scan.AccountId.Value,
        MarketCount = scan.Scanned,
        EligibleCount = scan.Eligible,
        Reasons = StorageJson.Write(scan.ByReason.ToDictionary(reason => reason.Key.Code(), reason => reason.Value)),
        MarketTime = scan.At.MarketTime,
        RecordedAt = scan.At.RecordedAt,
    };

    /// <summary>The factors of a stored decision.</summary>
    public static IReadOnlyList<Factor> Factors(string document) => StorageJson.Read<Factor[]>(document);
}
