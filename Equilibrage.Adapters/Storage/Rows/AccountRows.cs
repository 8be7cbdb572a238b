using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Equilibrage.Adapters.Storage.Rows;

/// <summary>A trading account: one wallet at one venue in one mode.</summary>
[Table("accounts"), PrimaryKey(nameof(AccountId))]
internal sealed class AccountRow
{
    public required string AccountId { get; set; }
    public required string Mode { get; set; }
    public required string Venue { get; set; }
    public required string Wallet { get; set; }
    public required long CapitalMicros { get; set; }
    public required DateTimeOffset MarketTime { get; set; }
    public required DateTimeOffset RecordedAt { get; set; }
}

/// <summary>One version of a strategy's settings.</summary>
[Table("configuration"), PrimaryKey(nameof(AccountId), nameof(StrategyId), nameof(Version))]
internal sealed class ConfigurationRow
{
    public required string AccountId { get; set; }
    public required string StrategyId { get; set; }
    public required int Version { get; set; }

    [Column(TypeName = "jsonb")]
    public required string Settings { get; set; }

    public required string ChangedBy { get; set; }
    public required DateTimeOffset MarketTime { get; set; }
    public required DateTimeOffset RecordedAt { get; set; }
}

/// <summary>What history needs to name a market.</summary>
[Table("markets"), PrimaryKey(nameof(AccountId), nameof(MarketId))]
internal sealed class MarketRow
{
    public required string AccountId { get; set; }
    public required string MarketId { get; set; }
    public required string MarketName { get; set; }
    public string? Slug { get; set; }
    public string? Category { get; set; }
    public string? GroupId { get; set; }
    public string? GroupName { get; set; }
    public required string OutcomeYes { get; set; }
    public required string OutcomeNo { get; set; }
    public required string TokenYes { get; set; }
    public required string TokenNo { get; set; }
    public required long TickSizeMicros { get; set; }
    public required long MinimumSizeMicros { get; set; }
    public long? FeeRateMicros { get; set; }
    public bool FeeIsAssumed { get; set; }
    public DateTimeOffset? EventStart { get; set; }
    public DateTimeOffset? ExpectedEnd { get; set; }
    public DateTimeOffset? ResolvedAt { get; set; }
    public string? Resolution { get; set; }
    public required DateTimeOffset MarketTime { get; set; }
    public required DateTimeOffset RecordedAt { get; set; }
}
