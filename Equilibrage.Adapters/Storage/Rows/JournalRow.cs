using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Equilibrage.Adapters.Storage.Rows;

/// <summary>One record of the journal.</summary>
[Table("journal"), PrimaryKey(nameof(AccountId), nameof(Sequence))]
internal sealed class JournalRow
{
    public required string AccountId { get; set; }
    public required long Sequence { get; set; }

    [DatabaseGenerated(DatabaseGeneratedOption.Computed)]
    public long? PreviousSequence { get; private set; }
    public required int SchemaVersion { get; set; }
    public required string Kind { get; set; }
    public required DateTimeOffset MarketTime { get; set; }
    public required DateTimeOffset RecordedAt { get; set; }
    public long? CauseSequence { get; set; }
    public string? StrategyId { get; set; }
    public string? MarketId { get; set; }
    public string? PositionId { get; set; }
    public string? ClientOrderId { get; set; }
    public string? Source { get; set; }
    public string? SourceEventId { get; set; }

    [Column(TypeName = "jsonb")]
    public required string Payload { get; set; }
}
