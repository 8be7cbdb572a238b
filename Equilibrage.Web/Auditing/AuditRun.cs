using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Audit;
using Equilibrage.Web.Endpoints;

namespace Equilibrage.Web.Auditing;

/// <summary>Audits every account of an open database and says what it found, as lines or as JSON.</summary>
/// <param name="storage">The database.</param>
/// <param name="isOffline">True to leave the exchange's record alone.</param>
/// <param name="clock">Waits between two looks at a running desk.</param>
internal sealed class AuditRun(StorageHost storage, bool isOffline, TimeProvider clock)
{
    private const int MostLooks = 30;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The reports of all accounts.</summary>
    public async Task<IReadOnlyList<AuditReport>> RunAsync(CancellationToken cancellation)
    {
        for (var look = 1; ; look++)
        {
            var reports = await LookAsync(cancellation);
            // Beside a running desk the exchange may be a moment ahead: a difference counts when it stays.
            var isMoving = storage.IsShared
                && reports.SelectMany(report => report.Differences).Any(difference => difference.Area == "exchange");
            if (!isMoving || look == MostLooks)
                return reports;
            await Task.Delay(Pause, clock, cancellation);
        }
    }

    /// <summary>Lines for people: differences first, one each, then what was compared.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<AuditReport> reports)
    {
        if (reports.Count == 0)
            yield return "The database holds no account yet: there is nothing to audit.";
        foreach (var report in reports)
        {
            foreach (var difference in report.Differences)
                yield return difference.Message;
            foreach (var note in report.Notes)
                yield return note;
            var counts = string.Join(", ", report.Counts.Select(
                count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} {count.Value:#,0}")));
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{report.AccountId} to record {report.Sequence:#,0}: {Verdict(report)}. Compared: {counts}.");
        }
    }

    /// <summary>The same as one JSON document.</summary>
    public static string ToJson(IReadOnlyList<AuditReport> reports) => new JsonObject
    {
        ["isClean"] = reports.All(report => report.IsClean),
        ["accounts"] = new JsonArray([.. reports.Select(Account)]),
    }.ToJsonString(new JsonSerializerOptions(Json.Options) { WriteIndented = true });

    private async Task<IReadOnlyList<AuditReport>> LookAsync(CancellationToken cancellation)
    {
        var reports = new List<AuditReport>();
        await foreach (var books in storage.Books.ReadAsync(cancellation))
        {
            var (exchange, why) = isOffline
                ? (null, "it was not wanted (--offline)")
                : await ExchangeRecords.ReadAsync(storage.Connections, books.AccountId, cancellation);
            string[] notes = why is null ? [] : [$"The exchange's record was not compared: {why}."];
            reports.Add(Auditor.Run(books.Journal, books.Rows, exchange, notes));
        }

        return reports;
    }

    private static string Verdict(AuditReport report) => report.Differences.Count switch
    {
        0 => "nothing differs",
        1 => "1 difference",
        var many => $"{many} differences",
    };

    private static JsonNode Account(AuditReport report) => new JsonObject
    {
        ["account"] = report.AccountId.Value,
        ["sequence"] = report.Sequence,
        ["compared"] = new JsonObject(report.Counts.Select(
            count => KeyValuePair.Create(count.Key, (JsonNode?)JsonValue.Create(count.Value)))),
        ["differences"] = new JsonArray([.. report.Differences.Select(difference => new JsonObject
        {
            ["area"] = difference.Area,
            ["where"] = difference.Where,
            ["what"] = difference.What,
            ["expected"] = difference.Expected,
            ["found"] = difference.Found,
            ["message"] = difference.Message,
        })]),
        ["notes"] = new JsonArray([.. report.Notes.Select(note => JsonValue.Create(note))]),
    };
}
