namespace Equilibrage.Core.Audit;

/// <summary>A row as the journal says it should be.</summary>
/// <param name="Key">Its key, as <see cref="AuditTable.KeyOf"/> writes it.</param>
/// <param name="Values">Its columns; a document as <see cref="AuditJson"/>.</param>
internal sealed record ExpectedRow(string Key, IReadOnlyDictionary<string, object?> Values)
{
    /// <summary>Columns that follow from others of the same row, such as a profit from its price.</summary>
    public IReadOnlyDictionary<string, Func<StoredRow, object?>> Derived { get; init; } =
        new Dictionary<string, Func<StoredRow, object?>>();
}
