using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Equilibrage.Adapters.Storage.Rows;

/// <summary>A position as it stands.</summary>
[Table("positions"), PrimaryKey(nameof(AccountId), nameof(PositionId))]
internal sealed class PositionRow
{
    public required string AccountId { get; set; }
    public required string PositionId { get; set; }
    public required string StrategyId { get; set; }
    public required string MarketId { get; set; }
    public required string MarketName { get; set; }
    public required string Status { get; set; }
    public required string State { get; set; }
    public int? Score { get; set; }

    [Column(TypeName = "jsonb")]
    public required string Rules { get; set; }

    public required long AllocationMicros { get; set; }
    public required long RatioYesMicros { get; set; }
    public required DateTimeOffset EntryTime { get; set; }
    public long? EntryPriceYesMicros { get; set; }
    public long? EntryPriceNoMicros { get; set; }
    public required long CapitalYesMicros { get; set; }
    public required long CapitalNoMicros { get; set; }
    public required long SharesYesMicros { get; set; }
    public required long SharesNoMicros { get; set; }
    public long? CurrentPriceYesMicros { get; set; }
    public long? CurrentPriceNoMicros { get; set; }
    public string? LiquidatedSide { get; set; }
    public DateTimeOffset? LiquidationTime { get; set; }
    public long? TriggerPriceMicros { get; set; }
    public long? RealizedSlippageMicros { get; set; }
    public DateTimeOffset? CloseTime { get; set; }
    public string? ExitReason { get; set; }
    public string? ResolutionOutcome { get; set; }
    public required long FeesMicros { get; set; }
    public required long RealizedPnlMicros { get; set; }
    public required long PnlMicros { get; set; }
    public required long RowVersion { get; set; }
    public required DateTimeOffset MarketTime { get; set; }
    public required DateTimeOffset RecordedAt { get; set; }
}

/// <summary>One side of a position.</summary>
[Table("position_legs"), PrimaryKey(nameof(AccountId), nameof(PositionId), nameof(TokenId))]
internal sealed class PositionLegRow
{
    public required string AccountId { get; set; }
    public required string PositionId { get; set; }
    public required string TokenId { get; set; }
    public required string Side { get; set; }
    public required long PlannedMicros { get; set; }
    public required long BoughtSharesMicros { get; set; }
    public required long HeldSharesMicros { get; set; }
    public required long CostMicros { get; set; }
    public required long ProceedsMicros { get; set; }
    public required long FeesMicros { get; set; }
    public long? EntryPriceMicros { get; set; }
    public long? ExitPriceMicros { get; set; }
    public long? TriggerPriceMicros { get; set; }
    public long? RealizedSlippageMicros { get; set; }
    public string? ExitReason { get; set; }
    public DateTimeOffset? ExitTime { get; set; }
    public required DateTimeOffset MarketTime { get; set; }
    public required DateTimeOffset RecordedAt { get; set; }
}
