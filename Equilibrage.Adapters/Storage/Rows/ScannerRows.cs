using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Equilibrage.Adapters.Storage.Rows;

/// <summary>A market that was fit to be entered, as its verdict last changed.</summary>
[Table("opportunities"), PrimaryKey(nameof(AccountId), nameof(StrategyId), nameof(MarketId))]
internal sealed class OpportunityRow
{
    public required string AccountId { get; init; }
    public required string StrategyId { get; init; }
    public required string MarketId { get; init; }
    public required string MarketName { get; init; }
    public required int Score { get; init; }
    public required long RawScoreMicros { get; init; }
    public long? LiquidityMicros { get; init; }
    public long? LiquidityScoreMicros { get; init; }
    public long? VolatilityScoreMicros { get; init; }
    public long? WhaleActivityScoreMicros { get; init; }
    public long? NewsRelevanceScoreMicros { get; init; }
    public long? ExpectedCostMicros { get; init; }
    public required bool IsEligible { get; init; }
    public string? RefusedBy { get; init; }

    [Column(TypeName = "jsonb")]
    public required string Factors { get; init; }

    public required DateTimeOffset DetectedAt { get; init; }
    public required DateTimeOffset MarketTime { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>A market's verdict when it changed.</summary>
[Table("decisions"), PrimaryKey(nameof(AccountId), nameof(DecisionId))]
internal sealed class DecisionRow
{
    public required string AccountId { get; init; }

    [DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long DecisionId { get; init; }

    public required string StrategyId { get; init; }
    public required string MarketId { get; init; }
    public required string MarketName { get; init; }
    public string? PositionId { get; init; }
    public required string Verdict { get; init; }
    public string? Reason { get; init; }
    public string? ReasonDetail { get; init; }
    public required int Score { get; init; }
    public required long RawScoreMicros { get; init; }

    [Column(TypeName = "jsonb")]
    public required string Factors { get; init; }

    public required bool IsKept { get; init; }
    public required DateTimeOffset MarketTime { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>What one scan counted.</summary>
[Table("scans"), PrimaryKey(nameof(AccountId), nameof(ScanId))]
internal sealed class ScanRow
{
    public required string AccountId { get; init; }

    [DatabaseGenerated(DatabaseGeneratedOption.Identity)]
    public long ScanId { get; init; }

    public required int MarketCount { get; init; }
    public required int EligibleCount { get; init; }

    [Column(TypeName = "jsonb")]
    public required string Reasons { get; init; }

    public required DateTimeOffset MarketTime { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>A wallet that moves much money.</summary>
[Table("whales"), PrimaryKey(nameof(AccountId), nameof(WalletAddress))]
internal sealed class WhaleRow
{
    public required string AccountId { get; init; }
    public required string WalletAddress { get; init; }
    public required long TotalVolumeMicros { get; init; }
    public required int TradeCount { get; init; }

    [Column(TypeName = "jsonb")]
    public required string MarketsActive { get; init; }

    public DateTimeOffset? LastTradeTime { get; init; }
    public required DateTimeOffset MarketTime { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}
