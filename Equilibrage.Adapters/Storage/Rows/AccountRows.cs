using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Equilibrage.Adapters.Storage.Rows;

/// <summary>A trading account: one wallet at one venue in one mode.</summary>
[Table("accounts"), PrimaryKey(nameof(AccountId))]
internal sealed class AccountRow
{
    public required string AccountId { get; init; }
    public required string Mode { get; init; }
    public required string Venue { get; init; }
    public required string Wallet { get; init; }
    public required long CapitalMicros { get; init; }
    public required DateTimeOffset MarketTime { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>One version of a strategy's settings.</summary>
[Table("configuration"), PrimaryKey(nameof(AccountId), nameof(StrategyId), nameof(Version))]
internal sealed class ConfigurationRow
{
    public required string AccountId { get; init; }
    public required string StrategyId { get; init; }
    public required int Version { get; init; }

    [Column(TypeName = "jsonb")]
    public required string Settings { get; init; }

    public required string ChangedBy { get; init; }
    public required DateTimeOffset MarketTime { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>What history needs to name a market.</summary>
[Table("markets"), PrimaryKey(nameof(AccountId), nameof(MarketId))]
internal sealed class MarketRow
{
    public required string AccountId { get; init; }
    public required string MarketId { get; init; }
    public required string MarketName { get; init; }
    public string? Slug { get; init; }
    public string? Category { get; init; }
    public string? GroupId { get; init; }
    public string? GroupName { get; init; }
    public required string OutcomeYes { get; init; }
    public required string OutcomeNo { get; init; }
    public required string TokenYes { get; init; }
    public required string TokenNo { get; init; }
    public required long TickSizeMicros { get; init; }
    public required long MinimumSizeMicros { get; init; }
    public long? FeeRateMicros { get; init; }
    public required bool FeeIsAssumed { get; init; }
    public DateTimeOffset? EventStart { get; init; }
    public DateTimeOffset? ExpectedEnd { get; init; }
    public DateTimeOffset? ResolvedAt { get; init; }
    public string? Resolution { get; init; }
    public long? PayoutYesMicros { get; init; }

    [Column(TypeName = "jsonb")]
    public required string Document { get; init; }

    public required DateTimeOffset MarketTime { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}
