using Equilibrage.Core.Accounting;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Audit;

/// <summary>
/// The equity curve against the journal: at each of its points cash and realised profit are what the records up to
/// that moment add up to. What shares were worth then is the market's word and not in the journal.
/// </summary>
internal static class EquityAudit
{
    /// <summary>Every point that differs.</summary>
    public static IEnumerable<AuditDifference> Compare(
        AuditTable table, IReadOnlyList<StoredRow> points, JournalFold fold)
    {
        var sums = new Running();
        var next = 0;
        foreach (var point in points.OrderBy(row => (DateTimeOffset)row.Values["market_time"]!))
        {
            var (market, recorded) = (Time(point, "market_time"), Time(point, "recorded_at"));
            while (next < fold.Records.Count && fold.Records[next].At is var at
                && at.MarketTime <= market && at.RecordedAt <= recorded)
                sums.Add(fold.Records[next++]);
            foreach (var (column, expected) in sums.Columns(point))
            {
                if (point.Values.GetValueOrDefault(column) is long found && found != expected)
                {
                    yield return new(
                        table.Name, point.Key, AuditText.Name(column), Micros.Format(expected), Micros.Format(found),
                        $"{table.Name} {point.Key}: {AuditText.Name(column)} should be {Micros.Format(expected)} "
                        + $"by the journal and is {Micros.Format(found)}");
                }
            }
        }
    }

    private static DateTimeOffset Time(StoredRow row, string column) => (DateTimeOffset)row.Values[column]!;

    private sealed class Running
    {
        private readonly Dictionary<string, Entry> pending = [];
        private long cash;
        private long profit;

        public void Add(JournalRecord record)
        {
            foreach (var entry in EntriesOf.Output(record.Output))
            {
                Count(entry, 1);
                if (entry.Status == EntryStatus.Pending)
                    pending[entry.Id] = entry;
            }

            if (record.Output is not EngineOutput.TradeSettled settled)
                return;
            foreach (var entry in pending.Values.Where(entry => entry.TradeId == settled.TradeId).ToList())
            {
                pending.Remove(entry.Id);
                if (!settled.IsConfirmed)
                    Count(entry, -1);
            }
        }

        public IEnumerable<(string Column, long Expected)> Columns(StoredRow point) =>
        [
            ("cash_micros", cash),
            ("realized_pnl_micros", profit),
            ("equity_micros", cash + (point.Values.GetValueOrDefault("holdings_micros") as long? ?? 0)),
        ];

        private void Count(Entry entry, int sign)
        {
            foreach (var posting in entry.Postings.Where(posting => posting.Asset == Asset.Usdc))
            {
                if (posting.Account is LedgerAccount.Cash or LedgerAccount.Reserved)
                    cash += sign * posting.Micros;
                if (posting.Account is LedgerAccount.RealizedPnl or LedgerAccount.Fees)
                    profit -= sign * posting.Micros;
            }
        }
    }
}
