namespace Equilibrage.Core.Audit;

/// <summary>
/// Recomputes an account from its journal and holds it against every table, the ledger's own rules and the exchange's
/// record. Changes nothing.
/// </summary>
public static class Auditor
{
    /// <summary>Audits a folded journal.</summary>
    /// <param name="fold">The journal, read to its end.</param>
    /// <param name="rows">The account's rows, by table.</param>
    /// <param name="exchange">The exchange's record; null when it was not asked.</param>
    /// <param name="notes">What was not looked at and why.</param>
    public static AuditReport Run(
        JournalFold fold, IReadOnlyDictionary<string, IReadOnlyList<StoredRow>> rows, ExchangeRecord? exchange,
        IReadOnlyList<string> notes)
    {
        ArgumentNullException.ThrowIfNull(fold);
        ArgumentNullException.ThrowIfNull(rows);
        var counts = new List<KeyValuePair<string, long>> { new("journal", fold.Records.Count) };
        var differences = new List<AuditDifference>(fold.Broken);
        if (!fold.IsWhole)
        {
            return new(fold.AccountId, fold.State.Sequence, counts, differences,
                [.. notes, "The journal breaks off: tables and exchange were not compared."]);
        }

        differences.AddRange(LedgerAudit.Check(fold));
        counts.Add(new("ledger", fold.Entries.Count));
        foreach (var table in AuditTable.All)
        {
            var stored = rows.GetValueOrDefault(table.Name) ?? [];
            counts.Add(new(table.Name, stored.Count));
            differences.AddRange(ExpectedTables.Of(table.Name, fold) is { } expected
                ? TableAudit.Compare(table, stored, expected)
                : EquityAudit.Compare(table, stored, fold));
        }

        if (exchange is not null)
        {
            counts.Add(new($"exchange ({exchange.Source})", ExchangeAudit.Count(fold, exchange)));
            differences.AddRange(ExchangeAudit.Compare(fold, exchange));
        }

        return new(fold.AccountId, fold.State.Sequence, counts, differences, notes);
    }
}
