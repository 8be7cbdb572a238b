using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Equilibrage.Bench;

/// <summary>Writes what was measured, with the machine and the way of measuring, to <c>BASELINE.md</c>.</summary>
internal static class Baseline
{
    private const string Begin = "<!-- full-file -->";
    private const string End = "<!-- /full-file -->";

    public static string FilePath => Path.Combine(RecordedData.Root, "Equilibrage.Bench", "BASELINE.md");

    public static string Section(IReadOnlyList<Timing> timings, (string Version, double Seconds)? node)
    {
        var text = new StringBuilder();
        text.Append(Begin).Append('\n').Append("## The whole market file\n\n").Append(Machine()).Append("\n\n");
        text.Append("| Work | s | markets/s | bytes allocated per market |\n|---|---|---|---|\n");
        foreach (var timing in timings)
        {
            text.Append(string.Create(
                CultureInfo.InvariantCulture,
                $"| {timing.Work} | {timing.Seconds:0.00} | {timing.MarketsPerSecond:#,0} "
                + $"| {timing.BytesPerMarket:#,0} |\n"));
        }

        text.Append(NodeRow(timings, node)).Append('\n').Append(HowMeasured).Append(End).Append('\n');
        return text.ToString();
    }

    /// <summary>Replaces the section in the file, or adds it; everything else stays.</summary>
    public static void Write(string section)
    {
        var old = File.Exists(FilePath) ? File.ReadAllText(FilePath) : "# Measured baseline\n\n";
        var (from, to) = (old.IndexOf(Begin, StringComparison.Ordinal), old.IndexOf(End, StringComparison.Ordinal));
        var text = from >= 0 && to > from
            ? string.Concat(old.AsSpan(0, from), section.TrimEnd('\n'), old.AsSpan(to + End.Length))
            : old + section;
        File.WriteAllText(FilePath, text);
    }

    private const string HowMeasured = """

        Each row is the best of five runs in one process (Release, workstation garbage collector), on one thread;
        allocation is `GC.GetAllocatedBytesForCurrentThread` over everything that the row names, the results included.
        Node splits the same unpacked bytes into lines and parses each whole; the time is its own, without start-up or
        unpacking, also best of five. Run it with `dotnet run -c Release --project Equilibrage.Bench -- --full-file`.

        """;

    private static string NodeRow(IReadOnlyList<Timing> timings, (string Version, double Seconds)? node)
    {
        if (node is not { } measured)
            return "| Node `JSON.parse` | not measured: no `node` on this machine | | |\n";
        var markets = timings[0].Markets / measured.Seconds;
        var ratio = timings[0].Seconds / measured.Seconds;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| Node {measured.Version} `JSON.parse` of the same lines | {measured.Seconds:0.00} "
            + $"| {markets:#,0} | - |\n\n"
            + $"The first row takes {ratio:0.00} times Node's time.\n");
    }

    private static string Machine()
    {
        const string Source = "/proc/cpuinfo";
        var model = File.Exists(Source)
            ? File.ReadLines(Source).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        var name = model is null
            ? RuntimeInformation.ProcessArchitecture.ToString()
            : model[(model.IndexOf(':') + 1)..].Trim();
        return $"{Environment.ProcessorCount} cores, {name}; .NET {Environment.Version}.";
    }
}
