using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Equilibrage.Adapters.Storage.Rows;

/// <summary>How entries into a market went, ever.</summary>
[Table("one_leg_statistics"), PrimaryKey(nameof(AccountId), nameof(MarketId))]
internal sealed class OneLegRow
{
    public required string AccountId { get; init; }
    public required string MarketId { get; init; }
    public required int Attempts { get; init; }
    public required int Entered { get; init; }
    public required int OneLegs { get; init; }
    public required int Chases { get; init; }
    public required int Unwinds { get; init; }
    public required long CostMicros { get; init; }
    public required DateTimeOffset MarketTime { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}
