using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Equilibrage.Bench;

/// <summary>Writes what was measured, with the machine and the way of measuring, to <c>BASELINE.md</c>.</summary>
internal static class Baseline
{
    public static string FilePath => Path.Combine(RecordedData.Root, "Equilibrage.Bench", "BASELINE.md");

    public static string MarketFileSection(IReadOnlyList<Timing> timings, (string Version, double Seconds)? node)
    {
        var text = new StringBuilder();
        text.Append("## The whole market file\n\n").Append(Machine()).Append("\n\n");
        text.Append("| Work | s | markets/s | bytes allocated per market |\n|---|---|---|---|\n");
        foreach (var timing in timings)
        {
            text.Append(string.Create(
                CultureInfo.InvariantCulture,
                $"| {timing.Work} | {timing.Seconds:0.00} | {timing.MarketsPerSecond:#,0} "
                + $"| {timing.BytesPerMarket:#,0} |\n"));
        }

        text.Append(NodeRow(timings, node)).Append('\n').Append(HowMeasured);
        return text.ToString();
    }

    public static string EngineSection(EngineTiming timing) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        ## The engine

        {Machine()}

        | Events | s | events/s | records written | bytes allocated per event |
        |---|---|---|---|---|
        {EngineRow(timing)}

        Two market days of the generated universe (seed 7, 300 markets, a scan every 300 s, about 200 books followed)
        are played against the practice venue once; the events that reached the engine are replayed into a fresh one,
        on one thread, best of five. Most events are book changes. Journal, network and pages are not part of it. Run
        it with `dotnet run -c Release --project Equilibrage.Bench -- --engine`.

        """);

    public static string JournalSection(JournalTiming timing)
    {
        var text = new StringBuilder();
        text.Append("## The journal\n\n").Append(Machine())
            .Append(Invariant($" Load average at the start: {timing.Load}.\n\n"));
        text.Append("| Outputs a commit, at most | commits | outputs | s | durable outputs/s ");
        text.Append("| CPU µs an output, ours | the server's |\n|---|---|---|---|---|---|---|\n");
        foreach (var group in timing.Groups)
        {
            text.Append(Invariant($"| {group.Most:#,0} | {group.Commits:#,0} | {group.Outputs:#,0} "))
                .Append(Invariant($"| {group.Seconds:0.00} | {group.PerSecond:#,0} "))
                .Append(Invariant($"| {group.OwnMicroseconds:0} | {group.ServerMicroseconds:0} |\n"));
        }

        text.Append("\n| From decision to send | |\n|---|---|\n");
        text.Append(Invariant($"| Orders | {timing.Sends.Count:#,0} |\n"));
        foreach (var (name, share) in new[] { ("p50", 0.5), ("p99", 0.99), ("p99.9", 0.999) })
            text.Append(Invariant($"| {name} | {timing.Sends.Percentile(share).TotalMilliseconds:0.00} ms |\n"));
        text.Append(Invariant($"| longest | {timing.Sends.Longest.TotalMilliseconds:0.0} ms |\n"));
        var floor = timing.Floor.Percentile(0.5).TotalMilliseconds;
        text.Append(Invariant($"| of that, an empty commit, p50 | {floor:0.00} ms |\n"));
        return text.Append(HowJournalWasMeasured).ToString();
    }

    public static string FrameSection(IReadOnlyList<FrameTiming> timings)
    {
        var text = new StringBuilder();
        text.Append("## Frame bytes to applied books\n\n").Append(Machine()).Append("\n\n");
        text.Append("| Frames | bytes | ours, ns | allocated | `JSON.parse`, ns | ours is ");
        text.Append("| simdjson, ns | ours takes |\n");
        text.Append("|---|---|---|---|---|---|---|---|\n");
        foreach (var timing in timings)
        {
            var node = timing.Node is { } parse
                ? Invariant($"{parse.Nanoseconds:#,0} | {parse.Nanoseconds / timing.Nanoseconds:0.0} times faster")
                : "no `node` | ";
            var limit = timing.Simdjson is { } peer
                ? Invariant($"{peer.Nanoseconds:#,0} | {timing.Nanoseconds / peer.Nanoseconds:0.00} times as long")
                : "not built | ";
            text.Append(Invariant($"| {timing.Set.Name} | {timing.Set.AverageBytes:#,0} | {timing.Nanoseconds:#,0} "))
                .Append(Invariant($"| {timing.Bytes:#,0} B | {node} | {limit} |\n"));
        }

        var versions = new[] { timings[0].Node?.Version, timings[0].Simdjson?.Version }.OfType<string>();
        text.Append(Invariant($"\nPeers: {string.Join(", ", versions)}."));
        return text.Append(HowFramesWereMeasured).ToString();
    }

    public static string OrderSection((IReadOnlyList<OrderTiming> Ours, PeerTiming? Raw, PeerTiming? Client) run)
    {
        var text = new StringBuilder();
        text.Append("## Orders to signed bytes\n\n").Append(Machine()).Append("\n\n");
        text.Append("| Work | µs | allocated | of the signature alone | official client takes |\n");
        text.Append("|---|---|---|---|---|\n");
        foreach (var timing in run.Ours)
        {
            var limit = run.Raw is { } raw
                ? Invariant($"{timing.Nanoseconds / raw.Nanoseconds:0.00} times")
                : "not built";
            // The official client builds and signs; its own authentication is not timed.
            var client = run.Client is { } peer && timing.Signs
                ? Invariant($"{peer.Nanoseconds / timing.Nanoseconds:0.0} times as long")
                : "-";
            text.Append(Invariant($"| {timing.Work} | {timing.Nanoseconds / 1_000:0.00} | {timing.Bytes:0} B "))
                .Append(Invariant($"| {limit} | {client} |\n"));
        }
        foreach (var peer in new[] { run.Raw, run.Client }.OfType<PeerTiming>())
            text.Append(Invariant($"| {peer.Version} | {peer.Nanoseconds / 1_000:0.00} | | | |\n"));
        return text.Append(HowOrdersWereMeasured).ToString();
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string EngineRow(EngineTiming timing) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {timing.Events:#,0} | {timing.Seconds:0.000} | {timing.PerSecond:#,0} | {timing.Records:#,0} "
        + $"| {timing.BytesPerEvent:#,0} |");

    /// <summary>Replaces the named section in the file, or adds it; everything else stays.</summary>
    public static void Write(string name, string section)
    {
        var (begin, end) = ($"<!-- {name} -->\n", $"<!-- /{name} -->\n");
        var old = File.Exists(FilePath) ? File.ReadAllText(FilePath) : "# Measured baseline\n\n";
        var (from, to) = (old.IndexOf(begin, StringComparison.Ordinal), old.IndexOf(end, StringComparison.Ordinal));
        var text = from >= 0 && to > from
            ? $"{old[..(from + begin.Length)]}{section}{old[to..]}"
            : $"{old}{begin}{section}{end}";
        File.WriteAllText(FilePath, text);
    }

    private const string HowJournalWasMeasured = """

        The private server as the application starts it (fsync on), in a folder of its own on this disk. The engine
        enters and closes positions in one market after the other, every order filled at once and settled; its outputs
        are journalled under a lease, with all rows that follow from them. First table: outputs that were decided
        beforehand, written one transaction after the other, best of three turns. Second table: one event after the
        other, from before the engine is asked until its order is durable and may be sent. Run it with
        `dotnet run -c Release --project Equilibrage.Bench -- --journal`.

        """;

    private const string HowOrdersWereMeasured = """

        Ours reads the token id, rounds the amounts, hashes, signs and writes the body of `POST /order` into a buffer
        that is used again. The peers are libsecp256k1's recoverable signature alone, called from C, and the exchange's
        official client, which builds, signs (with viem) and serialises the same orders. Ours: best of 60 rounds of 200
        orders in each of three turns, the peers in the same turns, one thread; allocation is over all measured rounds.
        Run it with `dotnet run -c Release --project Equilibrage.Bench -- --orders` (it needs `node` with `npm ci`, and
        `cc`, for the peers).

        """;

    private const string HowFramesWereMeasured = """

        Ours validates the whole frame (grammar, UTF-8, every range), applies it to the book and compares the best
        prices; Node's `JSON.parse` alone makes objects of it; the simdjson program applies the levels too, without
        ranges. The generated frames have their keys permuted in every other object, unknown fields in every fourth,
        and one in four is an array. Best of 40 to 400 rounds in each of three turns, all in one run on one thread;
        allocation is over all measured rounds. Run it with
        `dotnet run -c Release --project Equilibrage.Bench -- --frames` (it needs `node`, and `g++` with
        `libsimdjson-dev`, for the peers).

        """;

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

    /// <summary>The machine's and the runtime's names.</summary>
    public static string Machine()
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
