using System.Globalization;
using System.Text;

namespace Equilibrage.Bench;

/// <summary>A stream's measurement in words.</summary>
internal static class StreamReport
{
    private const double Mebibyte = 1024 * 1024;

    /// <summary>One window, for whoever watches.</summary>
    /// <param name="window">The window, its distances not yet relative.</param>
    /// <param name="fastest">What they are relative to, milliseconds.</param>
    public static string Line(StreamWindow window, double fastest) => string.Create(
        CultureInfo.InvariantCulture,
        $"{window.At:mm\\:ss} {window.Frames / window.Seconds,7:#,0} frames/s "
        + $"{window.Changes / window.Seconds,7:#,0} changes/s, lag {window.MeanLag - fastest,6:0.0} ms "
        + $"(most {window.MostLag - fastest,6:0}), current {window.Status.Current}, stale {window.Status.Stale}, "
        + $"seeding {window.Status.Seeding}, untrusted {window.Status.Untrusted}, probes {window.Status.Probes}, "
        + $"mismatches {window.Status.Mismatches}, {window.Resident / Mebibyte:0} MiB + exchange "
        + $"{window.ExchangeResident / Mebibyte:0} MiB, cores {window.Load:0.00} + {window.ExchangeLoad:0.00}");

    /// <summary>The whole, for the baseline.</summary>
    public static string Section(StreamTiming timing)
    {
        var text = new StringBuilder();
        text.Append("## Streaming from the practice exchange\n\n").Append(Baseline.Machine()).Append("\n\n");
        text.Append(Goals(timing));
        text.Append("\n| Minute | frames/s | level changes/s | mean lag, ms | longest, ms | current | resident, MiB ");
        text.Append("| exchange, MiB | cores | exchange's |\n|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (var minute in timing.Windows.GroupBy(each => (int)((each.At.TotalSeconds - 1) / 60)))
            text.Append(Row(minute.Key + 1, [.. minute]));
        return text.Append(Counters(timing)).Append(HowMeasured).ToString();
    }

    private static string Goals(StreamTiming timing)
    {
        var seconds = timing.Windows.Sum(each => each.Seconds);
        var (frames, changes) = (timing.Windows.Sum(each => each.Frames), timing.Windows.Sum(each => each.Changes));
        var latency = timing.Latency;
        var fewest = timing.Windows.Min(each => each.Status.Current);
        return Invariant(
            $"""
            {timing.Options.Tokens:#,0} tokens for {seconds / 60:0.0} minutes, both processes on the same cores; all
            books were current {timing.Seeding.TotalSeconds:0.0} s after they were asked for.

            | Measured | | Goal |
            |---|---|---|
            | Frames applied per second | {frames / seconds:#,0} | |
            | Levels set and books replaced per second | {changes / seconds:#,0} | |
            | From frame received to book applied, p50 | {latency.Percentile(0.5).TotalMicroseconds:#,0} µs | |
            | the same, p99 | {latency.Percentile(0.99).TotalMicroseconds:#,0} µs | |
            | the same, longest | {latency.Longest.TotalMilliseconds:#,0} ms | |
            | Growth of the lag behind the market clock | {timing.LagGrowth:0.0} ms a minute | {Verdict(
                timing.LagGrowth < StreamRun.MostGrowth)}: none (below {StreamRun.MostGrowth:0} ms) |
            | Fewest current books at a window's end | {fewest:#,0} | {Verdict(timing.IsCurrent)}: all |
            | Highest resident memory | {timing.PeakResident / Mebibyte:#,0} MiB | {Verdict(
                timing.PeakResident < StreamRun.MostResident)}: below {StreamRun.MostResident / Mebibyte:0} MiB |

            """);
    }

    private static string Row(int minute, IReadOnlyList<StreamWindow> windows)
    {
        var seconds = windows.Sum(each => each.Seconds);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {minute} | {windows.Sum(each => each.Frames) / seconds:#,0} "
            + $"| {windows.Sum(each => each.Changes) / seconds:#,0} | {windows.Average(each => each.MeanLag):0.0} "
            + $"| {windows.Max(each => each.MostLag):0} | {windows.Min(each => each.Status.Current):#,0} "
            + $"| {windows[^1].Resident / Mebibyte:0} | {windows[^1].ExchangeResident / Mebibyte:0} "
            + $"| {windows.Average(each => each.Load):0.00} | {windows.Average(each => each.ExchangeLoad):0.00} |\n");
    }

    private static string Counters(StreamTiming timing)
    {
        var (before, after) = (timing.Before, timing.Windows[^1].Status);
        var (old, failed) = (after.OldProbes - before.OldProbes, after.FailedProbes - before.FailedProbes);
        return Invariant(
            $"""

            {after.OpenConnections} connections at the end. Meanwhile:

            | Counter | |
            |---|---|
            | Books compared over REST | {after.Probes - before.Probes:#,0} |
            | of these, other than the exchange's | {after.Mismatches - before.Mismatches:#,0} |
            | older than the book, or without an answer | {old + failed:#,0} |
            | Books seeded again | {after.Reseeds - before.Reseeds:#,0} |
            | Frames refused, fields unknown | {after.RefusedFrames - before.RefusedFrames + after.Unknown:#,0} |
            | Connections lost | {after.Disconnects - before.Disconnects:#,0} |
            | The reader's own books that are current at the end | {timing.ReaderCurrent:#,0} |
            | Collections by generation | {string.Join(", ", timing.Collections)} |

            """);
    }

    private const string HowMeasured = """

        The exchange is `Equilibrage.Web sandbox` with all markets of the recorded file, ten steps a second, 200 books
        in each; the other process follows with the feed that trades live and keeps books of its own by its events, as
        the desk does. Time from frame to book starts when the frame is taken from its socket and ends when the
        reader's book is changed, waiting included. Lag compares the market clock that every connection tells with each
        step to the wall clock, against the step that came through fastest. Run it with
        `dotnet build -c Release Equilibrage.Web` and
        `dotnet run -c Release --project Equilibrage.Bench -- --stream [--minutes 10] [--tokens 20000]`.

        """;

    private static string Verdict(bool isReached) => isReached ? "reached" : "missed";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
