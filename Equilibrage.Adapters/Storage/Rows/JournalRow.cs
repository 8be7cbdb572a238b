using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Equilibrage.Adapters.Storage.Rows;

/// <summary>One record of the journal.</summary>
[Table("journal"), PrimaryKey(nameof(AccountId), nameof(Sequence))]
internal sealed class JournalRow
{
    public required string AccountId { get; init; }
    public required long Sequence { get; init; }

    [DatabaseGenerated(DatabaseGeneratedOption.Computed)]
    public long? PreviousSequence { get; init; }

    public required int SchemaVersion { get; init; }
    public required string Kind { get; init; }
    public required DateTimeOffset MarketTime { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public long? CauseSequence { get; init; }
    public string? StrategyId { get; init; }
    public string? MarketId { get; init; }
    public string? PositionId { get; init; }
    public string? ClientOrderId { get; init; }
    public string? Source { get; init; }
    public string? SourceEventId { get; init; }

    [Column(TypeName = "jsonb")]
    public required string Payload { get; init; }
}
