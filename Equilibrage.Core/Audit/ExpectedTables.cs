using System.Globalization;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Core.Strategies;

namespace Equilibrage.Core.Audit;

/// <summary>
/// What every table should hold, computed from the folded journal and from nothing that writes tables. Columns that
/// only say when a row was last touched are left out.
/// </summary>
internal static class ExpectedTables
{
    /// <summary>The rows of one table; null for a table that is judged in another way.</summary>
    public static IEnumerable<ExpectedRow>? Of(string table, JournalFold fold) => table switch
    {
        "accounts" => Accounts(fold),
        "configuration" => Configuration(fold),
        "markets" => Markets(fold),
        "positions" => fold.State.Positions.Values.Select(position => ExpectedPositions.Position(position, fold)),
        "position_legs" => fold.State.Positions.Values.SelectMany(ExpectedPositions.Legs),
        "orders" => fold.State.Orders.Values.Select(ExpectedOrders.Order),
        "fills" => ExpectedOrders.Fills(fold),
        "trades" => ExpectedOrders.Trades(fold),
        "ledger_entries" => fold.Entries.Values.Select(Entry),
        "ledger_postings" => fold.Entries.Values.SelectMany(Postings),
        _ => null,
    };

    private static IEnumerable<ExpectedRow> Accounts(JournalFold fold)
    {
        foreach (var record in fold.Records)
        {
            if (record.Output is not EngineOutput.AccountOpened opened)
                continue;
            var cash = opened.Deposit.Postings.First(posting => posting.Account == LedgerAccount.Cash);
            yield return new("", new Dictionary<string, object?>
            {
                ["capital_micros"] = cash.Micros,
                ["market_time"] = record.At.MarketTime,
            });
        }
    }

    private static IEnumerable<ExpectedRow> Configuration(JournalFold fold) => fold.Records
        .Select(record => record.Output).OfType<EngineOutput.SettingsChanged>()
        .Select((changed, index) => new ExpectedRow(
            string.Create(CultureInfo.InvariantCulture, $"{StrategyCatalog.Primary.Id}/{index + 1}"),
            new Dictionary<string, object?> { ["settings"] = AuditJson.Of(changed.Settings) }));

    private static IEnumerable<ExpectedRow> Markets(JournalFold fold)
    {
        var latest = new Dictionary<MarketId, EngineOutput.PositionOpened>();
        foreach (var opened in fold.Records.Select(record => record.Output).OfType<EngineOutput.PositionOpened>())
            latest[opened.Market.Id] = opened;
        foreach (var (id, opened) in latest)
        {
            var market = opened.Market;
            var values = new Dictionary<string, object?>
            {
                ["market_name"] = market.Question,
                ["outcome_yes"] = market.NameYes,
                ["outcome_no"] = market.NameNo,
                ["token_yes"] = market.TokenYes.Value,
                ["token_no"] = market.TokenNo.Value,
                ["document"] = AuditJson.Of(market),
            };
            if (fold.Resolutions.TryGetValue(id, out var end))
            {
                values["resolved_at"] = end.Resolution.ResolvedAt;
                values["payout_yes_micros"] = end.Resolution.PayoutYes.ToMicros;
            }

            yield return new(id.Value, values);
        }
    }

    private static ExpectedRow Entry(BookedEntry booked) => new(booked.Entry.Id, new Dictionary<string, object?>
    {
        ["kind"] = booked.Entry.Kind,
        ["status"] = AuditText.Word(booked.Status),
        ["sequence"] = booked.Record.Sequence,
        ["position_id"] = booked.Entry.PositionId?.Value,
        ["venue_trade_id"] = booked.Entry.TradeId?.Value,
        ["settled_at"] = booked.SettledAt,
    });

    private static IEnumerable<ExpectedRow> Postings(BookedEntry booked) => booked.Entry.Postings
        .Select((posting, index) => new ExpectedRow(
            string.Create(CultureInfo.InvariantCulture, $"{booked.Entry.Id}/{index + 1}"),
            new Dictionary<string, object?>
            {
                ["ledger_account"] = AuditText.Word(posting.Account),
                ["asset"] = posting.Asset.Value,
                ["amount_micros"] = posting.Micros,
            }));
}
