using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace Equilibrage.Adapters.Storage.Rows;

/// <summary>Who trades an account.</summary>
[Table("leases"), PrimaryKey(nameof(AccountId))]
internal sealed class LeaseRow
{
    public required string AccountId { get; init; }
    public required long Epoch { get; init; }
    public required long Renewals { get; init; }
    public string? Holder { get; init; }
    public required string HolderName { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}
