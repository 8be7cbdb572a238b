using System.Globalization;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Components.Pages.Journal;

/// <summary>
/// The journal page's address: <c>order</c>, <c>position</c>, <c>market</c>, <c>kind</c>, <c>text</c>, <c>from</c>,
/// <c>to</c>, <c>sort</c> and <c>cursor</c>, as <c>GET /api/journal</c> has them. A date in <c>to</c> means through the
/// end of that day.
/// </summary>
public sealed record JournalQuery
{
    private const string DateFormat = "yyyy-MM-dd";

    /// <summary>Our id of an order, or the exchange's.</summary>
    public string Order { get; init; } = "";

    /// <summary>A position's id.</summary>
    public string Position { get; init; } = "";

    /// <summary>A market's condition id.</summary>
    public string Market { get; init; } = "";

    /// <summary>A kind; empty for all.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Words to be found.</summary>
    public string Text { get; init; } = "";

    /// <summary>First day, UTC.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, UTC.</summary>
    public DateOnly? To { get; init; }

    /// <summary>True for the oldest record first.</summary>
    public bool IsOldestFirst { get; init; }

    /// <summary>Where the page begins; null for the first.</summary>
    public long? Cursor { get; init; }

    /// <summary>True when nothing is filtered out.</summary>
    public bool IsEmpty => this with { Cursor = null, IsOldestFirst = false } == new JournalQuery();

    /// <summary>What is wrong with it; null when nothing is.</summary>
    public string? Error => From > To ? "The first day is after the last one." : null;

    /// <summary>The filter for the database.</summary>
    public JournalFilter Filter => new()
    {
        Order = Order.Length == 0 ? null : Order,
        Position = Position.Length == 0 ? null : new PositionId(Position),
        Market = Market.Length == 0 ? null : new MarketId(Market),
        Kinds = Kind.Length == 0 ? [] : [Kind],
        Text = Text.Length == 0 ? null : Text,
        From = From is { } from ? StartOf(from) : null,
        To = To is { } to ? StartOf(to.AddDays(1)) : null,
    };

    /// <summary>The page's own address.</summary>
    public string PageAddress => "journal" + Join(
        ("order", Order), ("position", Position), ("market", Market), ("kind", Kind), ("text", Text),
        ("from", From?.ToString(DateFormat, CultureInfo.InvariantCulture)),
        ("to", To?.ToString(DateFormat, CultureInfo.InvariantCulture)),
        ("sort", IsOldestFirst ? "oldest" : null),
        ("cursor", Cursor?.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The address of an order's story.</summary>
    public static string AddressOf(ClientOrderId order) => new JournalQuery { Order = order.Value }.PageAddress;

    /// <summary>The address of a position's journal.</summary>
    public static string AddressOf(PositionId position) => new JournalQuery { Position = position.Value }.PageAddress;

    /// <summary>Reads an address; what cannot be read counts as not given.</summary>
    public static JournalQuery Parse(Func<string, string?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var kind = Trimmed(value("kind"));
        return new()
        {
            Order = Trimmed(value("order")),
            Position = Trimmed(value("position")),
            Market = Trimmed(value("market")),
            Kind = JournalKinds.All.Contains(kind) ? kind : "",
            Text = Trimmed(value("text")),
            From = ParseDate(value("from")),
            To = ParseDate(value("to")),
            IsOldestFirst = value("sort") == "oldest",
            Cursor = long.TryParse(value("cursor"), NumberStyles.None, CultureInfo.InvariantCulture, out var cursor)
                ? cursor
                : null,
        };
    }

    /// <summary>Reads a date as browsers write it.</summary>
    public static DateOnly? ParseDate(string? text) =>
        DateOnly.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : null;

    private static string Trimmed(string? text) => (text ?? "").Trim();

    private static DateTimeOffset StartOf(DateOnly date) => new(date, TimeOnly.MinValue, TimeSpan.Zero);

    private static string Join(params ReadOnlySpan<(string Name, string? Value)> parts)
    {
        var query = QueryString.Empty;
        foreach (var (name, value) in parts)
            if (!string.IsNullOrEmpty(value)) query = query.Add(name, value);
        return query.ToUriComponent();
    }
}
