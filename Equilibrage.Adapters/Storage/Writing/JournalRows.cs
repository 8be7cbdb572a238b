using Equilibrage.Adapters.Storage.Rows;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Adapters.Storage.Writing;

/// <summary>Rows of the journal, the ledger and the curves, and the journal's records out of its rows.</summary>
internal static class JournalRows
{
    /// <summary>A record as it is stored.</summary>
    public static JournalRow Of(JournalRecord record) => new()
    {
        AccountId = record.AccountId.Value,
        Sequence = record.Sequence,
        SchemaVersion = JournalRecord.CurrentSchemaVersion,
        Kind = Words.Snake(record.Output.GetType().Name),
        MarketTime = record.At.MarketTime,
        RecordedAt = record.At.RecordedAt,
        CauseSequence = record.CauseSequence,
        StrategyId = record.StrategyId?.Value,
        MarketId = record.MarketId?.Value,
        PositionId = record.PositionId?.Value,
        ClientOrderId = record.ClientOrderId?.Value,
        Source = record.Source,
        SourceEventId = record.SourceEventId,
        Payload = StorageJson.Write(record.Output),
    };

    /// <summary>The record that was stored.</summary>
    /// <exception cref="InvalidOperationException">A newer version wrote it, or it was damaged.</exception>
    public static JournalRecord Read(JournalRow row)
    {
        if (row.SchemaVersion > JournalRecord.CurrentSchemaVersion)
        {
            throw new InvalidOperationException(
                $"Journal record {row.Sequence} has form {row.SchemaVersion}; this version knows up to "
                + $"{JournalRecord.CurrentSchemaVersion}. A newer Equilibrage wrote it: start that one.");
        }

        return new JournalRecord
        {
            Sequence = row.Sequence,
            CauseSequence = row.CauseSequence ?? row.Sequence,
            At = new Stamp(row.MarketTime, row.RecordedAt),
            AccountId = new AccountId(row.AccountId),
            StrategyId = row.StrategyId is { } strategy ? new StrategyId(strategy) : null,
            MarketId = row.MarketId is { } market ? new MarketId(market) : null,
            PositionId = row.PositionId is { } position ? new PositionId(position) : null,
            ClientOrderId = row.ClientOrderId is { } order ? new ClientOrderId(order) : null,
            Source = row.Source,
            SourceEventId = row.SourceEventId,
            Output = StorageJson.Read<EngineOutput>(row.Payload),
        };
    }

    /// <summary>An entry of the ledger.</summary>
    public static LedgerEntryRow Entry(JournalRecord record, Entry entry) => new()
    {
        AccountId = record.AccountId.Value,
        EntryId = entry.Id,
        Kind = entry.Kind,
        Status = Words.Of(entry.Status),
        Sequence = record.Sequence,
        StrategyId = record.StrategyId?.Value,
        MarketId = record.MarketId?.Value,
        PositionId = entry.PositionId?.Value,
        ClientOrderId = record.ClientOrderId?.Value,
        VenueTradeId = entry.TradeId?.Value,
        MarketTime = record.At.MarketTime,
        RecordedAt = record.At.RecordedAt,
        SettledAt = entry.Status == EntryStatus.Pending ? null : record.At.MarketTime,
    };

    /// <summary>Its lines.</summary>
    public static IEnumerable<LedgerPostingRow> Postings(JournalRecord record, Entry entry) =>
        entry.Postings.Select((posting, index) => new LedgerPostingRow
        {
            AccountId = record.AccountId.Value,
            EntryId = entry.Id,
            Line = index + 1,
            LedgerAccount = Words.Of(posting.Account),
            Asset = posting.Asset.Value,
            AmountMicros = posting.Micros,
        });

    /// <summary>A mark of a position.</summary>
    public static PositionMarkRow Mark(AccountId account, PriceMark mark) => new()
    {
        AccountId = account.Value,
        PositionId = mark.PositionId.Value,
        MarketTime = mark.At.MarketTime,
        BidYesMicros = mark.BidYes?.ToMicros,
        BidNoMicros = mark.BidNo?.ToMicros,
        PnlMicros = mark.Pnl.ToMicros,
        RecordedAt = mark.At.RecordedAt,
    };

    /// <summary>A point of the equity curve.</summary>
    public static EquityPointRow Equity(EquityPoint point) => new()
    {
        AccountId = point.AccountId.Value,
        MarketTime = point.At.MarketTime,
        EquityMicros = point.Equity.ToMicros,
        CashMicros = point.Cash.ToMicros,
        HoldingsMicros = point.Holdings.ToMicros,
        RealizedPnlMicros = point.RealizedPnl.ToMicros,
        RecordedAt = point.At.RecordedAt,
    };
}
