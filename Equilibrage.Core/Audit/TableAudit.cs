namespace Equilibrage.Core.Audit;

/// <summary>Holds the rows of a table against what the journal says.</summary>
internal static class TableAudit
{
    /// <summary>Every row that is missing, left over or different, column by column.</summary>
    public static IEnumerable<AuditDifference> Compare(
        AuditTable table, IReadOnlyList<StoredRow> stored, IEnumerable<ExpectedRow> expected)
    {
        var rest = new Dictionary<string, StoredRow>(stored.Count);
        foreach (var row in stored)
            rest[row.Key] = row;
        foreach (var row in expected)
        {
            if (!rest.Remove(row.Key, out var found))
                yield return Missing(table, row.Key);
            else
                foreach (var difference in Columns(table, row, found))
                    yield return difference;
        }

        foreach (var key in rest.Keys)
        {
            yield return new(table.Name, key, "row", null, "present",
                $"{table.Name}{Space(key)}: the table has this row, the journal knows nothing of it");
        }
    }

    private static AuditDifference Missing(AuditTable table, string key) => new(
        table.Name, key, "row", "present", null,
        $"{table.Name}{Space(key)}: the journal has it, the table lacks the row");

    private static IEnumerable<AuditDifference> Columns(AuditTable table, ExpectedRow expected, StoredRow stored)
    {
        foreach (var (column, value) in expected.Values)
        {
            var found = stored.Values.GetValueOrDefault(column);
            if (value is AuditJson document)
            {
                foreach (var (path, here, there) in document.Differences(found as string))
                    yield return Make(table, expected.Key, path.Length == 0 ? column : $"{column}.{path}", here, there);
            }
            else if (AuditText.Of(value) != AuditText.Of(found))
            {
                yield return Make(table, expected.Key, AuditText.Name(column),
                    AuditText.Of(column, value), AuditText.Of(column, found));
            }
        }

        foreach (var (column, derive) in expected.Derived)
        {
            var (value, found) = (derive(stored), stored.Values.GetValueOrDefault(column));
            if (AuditText.Of(value) != AuditText.Of(found))
            {
                yield return Make(table, expected.Key, AuditText.Name(column),
                    AuditText.Of(column, value), AuditText.Of(column, found));
            }
        }
    }

    private static AuditDifference Make(AuditTable table, string key, string what, string? expected, string? found) =>
        new(table.Name, key, what, expected, found,
        $"{table.Name}{Space(key)}: {what} should be {expected ?? "empty"} by the journal and is {found ?? "empty"}");

    private static string Space(string key) => key.Length == 0 ? "" : $" {key}";
}
