using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Equilibrage.Adapters.Storage.Rows;

/// <summary>How far the journal was looked through for alerts.</summary>
[Table("alert_cursors"), PrimaryKey(nameof(AccountId))]
internal sealed class AlertCursorRow
{
    public required string AccountId { get; init; }
    public required long Sequence { get; init; }
    public required long DroppedCount { get; init; }
    public DateTimeOffset? SummarizedAt { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>An alert on its way over one channel.</summary>
[Table("alert_outbox"), PrimaryKey(nameof(AccountId), nameof(AlertId), nameof(Channel))]
internal sealed class AlertOutboxRow
{
    public required string AccountId { get; init; }
    public required string AlertId { get; init; }
    public required string Channel { get; init; }
    public required string Kind { get; init; }
    public required string Title { get; init; }
    public required string Body { get; init; }
    public required string State { get; init; }
    public required int Attempts { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public string? Result { get; init; }
    public required DateTimeOffset MarketTime { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}
