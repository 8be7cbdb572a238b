using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Equilibrage.Adapters.Storage.Rows;

/// <summary>A scored market as the last scan saw it.</summary>
[Table("opportunities"), PrimaryKey(nameof(AccountId), nameof(StrategyId), nameof(MarketId))]
internal sealed class OpportunityRow
{
    public required string AccountId { get; set; }
    public required string StrategyId { get; set; }
    public required string MarketId { get; set; }
    public required string MarketName { get; set; }
    public required int Score { get; set; }
    public long? LiquidityMicros { get; set; }
    public long? LiquidityScoreMicros { get; set; }
    public long? VolatilityScoreMicros { get; set; }
    public long? WhaleActivityScoreMicros { get; set; }
    public long? NewsRelevanceScoreMicros { get; set; }
    public bool IsEligible { get; set; }
    public string? RefusedBy { get; set; }

    [Column(TypeName = "jsonb")]
    public required string Detail { get; set; }

    public required DateTimeOffset DetectedAt { get; set; }
    public required DateTimeOffset MarketTime { get; set; }
    public required DateTimeOffset RecordedAt { get; set; }
}

/// <summary>A market's verdict when it changed.</summary>
[Table("decisions"), PrimaryKey(nameof(AccountId), nameof(DecisionId))]
internal sealed class DecisionRow
{
    public required string AccountId { get; set; }
    public required long DecisionId { get; set; }
    public required string StrategyId { get; set; }
    public required string MarketId { get; set; }
    public required string MarketName { get; set; }
    public string? PositionId { get; set; }
    public required string Verdict { get; set; }
    public string? Reason { get; set; }
    public int? Score { get; set; }

    [Column(TypeName = "jsonb")]
    public required string Detail { get; set; }

    public bool IsKept { get; set; }
    public required DateTimeOffset MarketTime { get; set; }
    public required DateTimeOffset RecordedAt { get; set; }
}

/// <summary>What one scan counted.</summary>
[Table("scans"), PrimaryKey(nameof(AccountId), nameof(ScanId))]
internal sealed class ScanRow
{
    public required string AccountId { get; set; }
    public required long ScanId { get; set; }
    public required string StrategyId { get; set; }
    public required int MarketCount { get; set; }
    public required int EligibleCount { get; set; }

    [Column(TypeName = "jsonb")]
    public required string Reasons { get; set; }

    public required long DurationMicros { get; set; }
    public required DateTimeOffset MarketTime { get; set; }
    public required DateTimeOffset RecordedAt { get; set; }
}

/// <summary>A wallet that moves much money.</summary>
[Table("whales"), PrimaryKey(nameof(AccountId), nameof(WalletAddress))]
internal sealed class WhaleRow
{
    public required string AccountId { get; set; }
    public required string WalletAddress { get; set; }
    public required long TotalVolumeMicros { get; set; }
    public required int TradeCount { get; set; }

    [Column(TypeName = "jsonb")]
    public required string MarketsActive { get; set; }

    public DateTimeOffset? LastTradeTime { get; set; }
    public required DateTimeOffset MarketTime { get; set; }
    public required DateTimeOffset RecordedAt { get; set; }
}
