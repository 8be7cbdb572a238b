using System.Globalization;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Orders;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Projections;

/// <summary>Which journal records are worth an alert, and what it says. The words are the journal's own.</summary>
public static class AlertRules
{
    /// <summary>Kinds of record that may be worth one.</summary>
    public static IReadOnlyList<string> RecordKinds { get; } =
    [
        "position_opened", "position_moved", "exit_begun", "one_leg_decided", "one_leg_ended", "incident_raised",
        "incident_closed", "halted", "halt_acknowledged", "resumed",
    ];

    /// <summary>Every kind of alert with the name that files and programs know.</summary>
    public static IReadOnlyDictionary<string, AlertKind> Kinds { get; } =
        Enum.GetValues<AlertKind>().ToDictionary(Code);

    /// <summary>A kind's name: <c>position_opened</c>.</summary>
    public static string Code(AlertKind kind) => Say.Words(kind).Replace(' ', '_');

    /// <summary>A kind as words for people.</summary>
    public static string Name(AlertKind kind) => kind switch
    {
        AlertKind.OneLeg => "Entry on one leg",
        AlertKind.Feed => "Feed lost and back",
        AlertKind.Halt => "Kill switch",
        _ => Say.Sentence(Say.Words(kind))!.TrimEnd('.'),
    };

    /// <summary>The alert of a record; null when it is worth none.</summary>
    public static Alert? Of(JournalRecord record, OutcomeNames names, PositionView? position)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(names);
        if (KindOf(record.Output) is not { } kind)
            return null;
        var (title, detail, _) = JournalWords.Of(record.Output, names);
        var parts = new List<string>();
        if (names.Question is { } question)
            parts.Add(question);
        if (detail is not null)
            parts.Add(detail);
        if (kind == AlertKind.PositionClosed && position is not null)
            parts.Add($"P&L {Say.Signed(position.Pnl)}, fees {Say.Money(position.Fees)}.");
        var id = string.Create(CultureInfo.InvariantCulture, $"j{record.Sequence}-{Code(kind)}");
        return new(id, kind, title, string.Join('\n', parts), record.At);
    }

    /// <summary>The day's figures: those of the overview, to the cent.</summary>
    public static Alert Daily(OverviewView overview, DateTimeOffset day)
    {
        ArgumentNullException.ThrowIfNull(overview);
        var text = string.Join('\n',
            $"Equity {Say.Money(overview.Equity)}: cash {Say.Money(overview.Cash)}, holdings "
            + $"{Say.Money(overview.Holdings)}.",
            $"Realised {Say.Signed(overview.RealizedPnl)}, unrealised {Say.Signed(overview.UnrealizedPnl)}, fees "
            + $"{Say.Money(overview.Fees)}.",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{overview.ActivePositions} of {overview.MaxPositions} positions open."));
        var date = day.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new(
            $"daily-{date}", AlertKind.DailySummary, $"Daily summary {date}", text,
            new(overview.MarketTime, overview.RecordedAt));
    }

    /// <summary>Market data was lost or is back.</summary>
    public static Alert Feed(bool isLost, DateTimeOffset since, Stamp at, string detail) => new(
        string.Create(
            CultureInfo.InvariantCulture, $"feed-{since.ToUnixTimeMilliseconds()}-{(isLost ? "lost" : "back")}"),
        AlertKind.Feed, isLost ? "Market data is lost" : "Market data is back", detail, at);

    private static AlertKind? KindOf(EngineOutput output) => output switch
    {
        EngineOutput.PositionOpened => AlertKind.PositionOpened,
        EngineOutput.PositionMoved { To: PositionState.Closed } => AlertKind.PositionClosed,
        EngineOutput.PositionMoved { To: PositionState.Unwinding } => AlertKind.OneLeg,
        EngineOutput.ExitBegun
        {
            Reason: ExitReason.Divergence or ExitReason.StopLoss or ExitReason.TakeProfit or ExitReason.Time,
        } => AlertKind.Liquidation,
        EngineOutput.OneLegDecided or EngineOutput.OneLegEnded => AlertKind.OneLeg,
        EngineOutput.IncidentRaised or EngineOutput.IncidentClosed => AlertKind.Incident,
        EngineOutput.Halted or EngineOutput.HaltAcknowledged or EngineOutput.Resumed => AlertKind.Halt,
        _ => null,
    };
}
