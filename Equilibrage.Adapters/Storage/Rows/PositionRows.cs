using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Equilibrage.Adapters.Storage.Rows;

/// <summary>A position as it stands.</summary>
[Table("positions"), PrimaryKey(nameof(AccountId), nameof(PositionId))]
internal sealed class PositionRow
{
    public required string AccountId { get; init; }
    public required string PositionId { get; init; }
    public required string StrategyId { get; init; }
    public required string MarketId { get; init; }
    public required string MarketName { get; init; }
    public required string Status { get; init; }
    public required string State { get; init; }
    public int? Score { get; init; }

    [Column(TypeName = "jsonb")]
    public required string Rules { get; init; }

    public required long AllocationMicros { get; init; }
    public required long RatioYesMicros { get; init; }
    public required DateTimeOffset EntryTime { get; init; }
    public long? EntryPriceYesMicros { get; init; }
    public long? EntryPriceNoMicros { get; init; }
    public required long CapitalYesMicros { get; init; }
    public required long CapitalNoMicros { get; init; }
    public required long SharesYesMicros { get; init; }
    public required long SharesNoMicros { get; init; }
    public long? CurrentPriceYesMicros { get; init; }
    public long? CurrentPriceNoMicros { get; init; }
    public string? LiquidatedSide { get; init; }
    public DateTimeOffset? LiquidationTime { get; init; }
    public long? TriggerPriceMicros { get; init; }
    public long? RealizedSlippageMicros { get; init; }
    public DateTimeOffset? CloseTime { get; init; }
    public string? ExitReason { get; init; }
    public string? ResolutionOutcome { get; init; }
    public required long FeesMicros { get; init; }
    public required long RealizedPnlMicros { get; init; }
    public required long PnlMicros { get; init; }
    public required bool IsManual { get; init; }

    [Column(TypeName = "jsonb")]
    public required string Document { get; init; }

    public required long RowVersion { get; init; }
    public required DateTimeOffset MarketTime { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>One side of a position.</summary>
[Table("position_legs"), PrimaryKey(nameof(AccountId), nameof(PositionId), nameof(TokenId))]
internal sealed class PositionLegRow
{
    public required string AccountId { get; init; }
    public required string PositionId { get; init; }
    public required string TokenId { get; init; }
    public required string Side { get; init; }
    public required long BudgetMicros { get; init; }
    public required long PlannedSharesMicros { get; init; }
    public required long BoughtSharesMicros { get; init; }
    public required long SoldSharesMicros { get; init; }
    public required long SettledSharesMicros { get; init; }
    public required long HeldSharesMicros { get; init; }
    public required long CostMicros { get; init; }
    public required long ProceedsMicros { get; init; }
    public required long PayoutMicros { get; init; }
    public required long FeesMicros { get; init; }
    public long? EntryPriceMicros { get; init; }
    public long? ExitPriceMicros { get; init; }
    public long? TriggerPriceMicros { get; init; }
    public long? RealizedSlippageMicros { get; init; }
    public string? ExitReason { get; init; }
    public required DateTimeOffset MarketTime { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>What a position was worth at a moment.</summary>
[Table("position_marks"), PrimaryKey(nameof(AccountId), nameof(PositionId), nameof(MarketTime))]
internal sealed class PositionMarkRow
{
    public required string AccountId { get; init; }
    public required string PositionId { get; init; }
    public required DateTimeOffset MarketTime { get; init; }
    public long? BidYesMicros { get; init; }
    public long? BidNoMicros { get; init; }
    public required long PnlMicros { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}
