using System.Globalization;
using Equilibrage.Core.Ports;

namespace Equilibrage.Web.Components.Pages.History;

/// <summary>
/// The history page's address: <c>from</c>, <c>to</c>, <c>market</c>, <c>outcome</c> and <c>page</c>. The CSV link has
/// the same names. A date in <c>to</c> means through the end of that day.
/// </summary>
public sealed record HistoryQuery
{
    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>First day, UTC.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, UTC.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Part of the question.</summary>
    public string Market { get; init; } = "";

    /// <summary>Win or loss; null for both.</summary>
    public PositionOutcome? Outcome { get; init; }

    /// <summary>Page, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>True when nothing is filtered out.</summary>
    public bool IsEmpty => this with { Page = 1 } == new HistoryQuery();

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public string? Error => From > To ? "The first day is after the last one." : null;

    /// <summary>The filter for the database.</summary>
    public HistoryFilter Filter => new(
        From is { } from ? StartOf(from) : null,
        To is { } to ? StartOf(to.AddDays(1)) : null,
        Market.Length == 0 ? null : Market,
        Outcome);

    /// <summary>The page's own address.</summary>
    public string PageAddress => "history" + Join(
        ("from", From?.ToString(DateFormat, CultureInfo.InvariantCulture)),
        ("to", To?.ToString(DateFormat, CultureInfo.InvariantCulture)),
        ("market", Market),
        ("outcome", OutcomeText),
        ("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null));

    /// <summary>The file with exactly these positions.</summary>
    public string CsvAddress => "api/history.csv" + Join(
        ("from", Instant(Filter.From)), ("to", Instant(Filter.To)), ("market", Market), ("outcome", OutcomeText));

    /// <summary>The outcome as addresses spell it.</summary>
    public string? OutcomeText => Outcome?.ToString().ToLowerInvariant();

    /// <summary>Reads an address; what cannot be read counts as not given.</summary>
    public static HistoryQuery Parse(string? from, string? to, string? market, string? outcome, int? page) => new()
    {
        From = ParseDate(from),
        To = ParseDate(to),
        Market = (market ?? "").Trim(),
        Outcome = Enum.TryParse<PositionOutcome>(outcome, ignoreCase: true, out var value) && Enum.IsDefined(value)
            ? value
            : null,
        Page = Math.Max(page ?? 1, 1),
    };

    /// <summary>Reads a date as browsers write it.</summary>
    public static DateOnly? ParseDate(string? text) =>
        DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;

    private static DateTimeOffset StartOf(DateOnly date) => new(date, TimeOnly.MinValue, TimeSpan.Zero);

    private static string? Instant(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Join(params ReadOnlySpan<(string Name, string? Value)> parts)
    {
        var query = QueryString.Empty;
        foreach (var (name, value) in parts)
            if (!string.IsNullOrEmpty(value)) query = query.Add(name, value);
        return query.ToUriComponent();
    }
}
