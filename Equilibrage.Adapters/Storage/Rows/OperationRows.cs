using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Equilibrage.Adapters.Storage.Rows;

/// <summary>One operation on the chain.</summary>
[Table("chain_operations"), PrimaryKey(nameof(AccountId), nameof(OperationId))]
internal sealed class ChainOperationRow
{
    public required string AccountId { get; init; }
    public required string OperationId { get; init; }
    public required string Kind { get; init; }
    public required string MarketId { get; init; }
    public string? PositionId { get; init; }
    public required long AmountMicros { get; init; }
    public required string State { get; init; }
    public required long Revision { get; init; }
    public required int Attempts { get; init; }
    public long? Nonce { get; init; }
    public long? FirstBlock { get; init; }
    public byte[]? Payload { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }
    public string? Reference { get; init; }
    public required string[] Hashes { get; init; }
    public required DateTimeOffset NextTry { get; init; }
    public string? LastError { get; init; }

    [Column(TypeName = "jsonb")]
    public string? Receipt { get; init; }

    public required DateTimeOffset MarketTime { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
