using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Equilibrage.Adapters.Storage.Rows;

/// <summary>One movement of money or tokens.</summary>
[Table("ledger_entries"), PrimaryKey(nameof(AccountId), nameof(EntryId))]
internal sealed class LedgerEntryRow
{
    public required string AccountId { get; set; }
    public required long EntryId { get; set; }
    public required string Kind { get; set; }
    public required string Status { get; set; }
    public required long Sequence { get; set; }
    public string? StrategyId { get; set; }
    public string? MarketId { get; set; }
    public string? PositionId { get; set; }
    public string? ClientOrderId { get; set; }
    public string? SourceId { get; set; }
    public required DateTimeOffset MarketTime { get; set; }
    public required DateTimeOffset RecordedAt { get; set; }
    public DateTimeOffset? SettledAt { get; set; }
}

/// <summary>One line of an entry; an entry's lines sum to zero per asset.</summary>
[Table("ledger_postings"), PrimaryKey(nameof(AccountId), nameof(EntryId), nameof(Line))]
internal sealed class LedgerPostingRow
{
    public required string AccountId { get; set; }
    public required long EntryId { get; set; }
    public required int Line { get; set; }
    public required string LedgerAccount { get; set; }
    public required string Asset { get; set; }
    public required long AmountMicros { get; set; }
}

/// <summary>One point of the equity chart.</summary>
[Table("equity_points"), PrimaryKey(nameof(AccountId), nameof(Sequence))]
internal sealed class EquityPointRow
{
    public required string AccountId { get; set; }
    public required long Sequence { get; set; }
    public required long EquityMicros { get; set; }
    public required long CashMicros { get; set; }
    public required long HoldingsMicros { get; set; }
    public required DateTimeOffset MarketTime { get; set; }
    public required DateTimeOffset RecordedAt { get; set; }
}
