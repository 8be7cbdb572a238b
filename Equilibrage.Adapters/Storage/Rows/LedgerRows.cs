using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Equilibrage.Adapters.Storage.Rows;

/// <summary>One movement of money or tokens.</summary>
[Table("ledger_entries"), PrimaryKey(nameof(AccountId), nameof(EntryId))]
internal sealed class LedgerEntryRow
{
    public required string AccountId { get; init; }
    public required string EntryId { get; init; }
    public required string Kind { get; init; }
    public required string Status { get; init; }
    public required long Sequence { get; init; }
    public string? StrategyId { get; init; }
    public string? MarketId { get; init; }
    public string? PositionId { get; init; }
    public string? ClientOrderId { get; init; }
    public string? VenueTradeId { get; init; }
    public required DateTimeOffset MarketTime { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public DateTimeOffset? SettledAt { get; init; }
}

/// <summary>One line of an entry; an entry's lines sum to zero per asset.</summary>
[Table("ledger_postings"), PrimaryKey(nameof(AccountId), nameof(EntryId), nameof(Line))]
internal sealed class LedgerPostingRow
{
    public required string AccountId { get; init; }
    public required string EntryId { get; init; }
    public required int Line { get; init; }
    public required string LedgerAccount { get; init; }
    public required string Asset { get; init; }
    public required long AmountMicros { get; init; }
}

/// <summary>One point of the equity chart.</summary>
[Table("equity_points"), PrimaryKey(nameof(AccountId), nameof(MarketTime))]
internal sealed class EquityPointRow
{
    public required string AccountId { get; init; }
    public required DateTimeOffset MarketTime { get; init; }
    public required long EquityMicros { get; init; }
    public required long CashMicros { get; init; }
    public required long HoldingsMicros { get; init; }
    public required long RealizedPnlMicros { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}
