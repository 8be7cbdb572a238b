using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Projections;

namespace Equilibrage.Web.Endpoints;

/// <summary>
/// Closed positions as RFC 4180: one line each, CR LF, UTF-8, times in UTC. Lines are written while they are read, so
/// that the whole history never stands in memory.
/// </summary>
internal sealed class HistoryCsv(IAsyncEnumerable<PositionView> positions) : IResult
{
    internal const string ContentType = "text/csv";

    /// <summary>First characters that make a spreadsheet read text as a formula; the wide forms too.</summary>
    private const string FormulaStarts = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private static readonly (string Name, Func<PositionView, string> Value)[] Columns =
    [
        ("id", p => p.Id.Value),
        ("marketId", p => p.MarketId.Value),
        ("marketName", p => Text(p.MarketName)),
        ("strategyId", p => Text(p.StrategyId.Value)),
        ("status", p => Word(p.Status)),
        ("state", p => p.State.ToString()),
        ("entryTime", p => Times.Format(p.EntryTime)),
        ("closeTime", p => p.CloseTime is { } time ? Times.Format(time) : ""),
        ("outcomeYes", p => Text(Name(p, Outcome.Yes))),
        ("outcomeNo", p => Text(Name(p, Outcome.No))),
        ("entryPriceYes", p => Number(p.EntryPriceYes)),
        ("entryPriceNo", p => Number(p.EntryPriceNo)),
        ("exitPriceYes", p => Number(Leg(p, Outcome.Yes)?.ExitPrice)),
        ("exitPriceNo", p => Number(Leg(p, Outcome.No)?.ExitPrice)),
        ("capitalYes", p => p.CapitalYes.ToString()),
        ("capitalNo", p => p.CapitalNo.ToString()),
        ("sharesBoughtYes", p => Leg(p, Outcome.Yes)?.Bought.ToString() ?? ""),
        ("sharesBoughtNo", p => Leg(p, Outcome.No)?.Bought.ToString() ?? ""),
        ("liquidatedSide", p => p.LiquidatedSide is { } side ? Word(side) : ""),
        ("exitReasonYes", p => Leg(p, Outcome.Yes)?.ExitReason is { } reason ? Word(reason) : ""),
        ("exitReasonNo", p => Leg(p, Outcome.No)?.ExitReason is { } reason ? Word(reason) : ""),
        ("exitReason", p => p.ExitReason is { } reason ? Word(reason) : ""),
        ("payoutYes", p => p.Resolution is { } end ? end.Payout(Outcome.Yes).ToString() : ""),
        ("fees", p => p.Fees.ToString()),
        ("pnl", p => p.Pnl.ToString()),
        ("score", p => p.Score?.ToString(CultureInfo.InvariantCulture) ?? ""),
        ("isManual", p => p.IsManual ? "true" : "false"),
    ];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellation = httpContext.RequestAborted;
        await using var rows = positions.GetAsyncEnumerator(cancellation);
        // The first row is fetched before anything is sent: a database that is away is still answered with 503.
        var any = await rows.MoveNextAsync();
        httpContext.Response.ContentType = $"{ContentType}; charset=utf-8; header=present";
        httpContext.Response.Headers.ContentDisposition = "attachment; filename=\"equilibrage-history.csv\"";
        httpContext.Response.Headers.CacheControl = "no-store";

        // The writer's defaults are RFC 4180, and it sends whenever its buffer is full.
        await using var csv = CsvWriter.Create(httpContext.Response.Body, CsvWriterOptions.Default, leaveOpen: true);
        foreach (var column in Columns)
            csv.WriteField(column.Name);
        await csv.EndRecordAsync(cancellation);
        for (; any; any = await rows.MoveNextAsync())
        {
            foreach (var column in Columns)
                csv.WriteField(column.Value(rows.Current));
            await csv.EndRecordAsync(cancellation);
        }

        await csv.FlushAsync(cancellation);
    }

    private static LegView? Leg(PositionView position, Outcome outcome) =>
        position.Legs.FirstOrDefault(leg => leg.Outcome == outcome);

    private static string Name(PositionView position, Outcome outcome) => Leg(position, outcome)?.Name ?? "";

    private static string Number(decimal? value) =>
        value?.ToString("0.######", CultureInfo.InvariantCulture) ?? "";

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    // Questions come from outside. Numbers of ours are left alone, though a loss begins with a minus.
    private static string Text(string text) =>
        text.Length > 0 && FormulaStarts.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
}
