using System.Diagnostics;
using System.Globalization;
using System.Text;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Socket;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>Feeds a recording back through the decoder that reads the live feed, and tells what was in it.</summary>
public static class Replay
{
    private const int MostTokens = 200_000;
    private const int ShownBooks = 10;

    /// <summary>Replays one file, or every file of a folder in order.</summary>
    /// <param name="path">A <c>.frames.gz</c> file, or a recording's folder.</param>
    /// <param name="output">Where the report goes.</param>
    /// <param name="cancellation">Ends the replay.</param>
    /// <returns>0, or 2 when there is no such file.</returns>
    public static async Task<int> RunAsync(string path, TextWriter output, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        IReadOnlyList<string> files = Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path, "*" + RecordingFolder.Extension).Order(StringComparer.Ordinal)]
            : File.Exists(path) ? [path] : [];
        if (files.Count == 0)
        {
            await output.WriteLineAsync(
                $"No recording at {path}: name a {RecordingFolder.Extension} file or its folder.");
            return 2;
        }

        var run = new Run();
        foreach (var file in files)
        {
            var (frames, isTorn) = run.Read(file, cancellation);
            await output.WriteLineAsync(Invariant(
                $"{Path.GetFileName(file)}: {frames:#,0} frames{(isTorn ? ", cut short" : "")}"));
        }

        await output.WriteAsync(run.Report());
        return 0;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Run
    {
        private readonly MarketBooks books = new();
        private readonly SortedDictionary<string, long> kinds = [];
        private readonly long[] changes = new long[MostTokens];
        private readonly Stopwatch watch = new();
        private long frames;
        private long bytes;
        private long mismatches;

        public (long Frames, bool IsTorn) Read(string file, CancellationToken cancellation)
        {
            using var reader = new RecordingReader(File.OpenRead(file));
            var before = frames;
            while (reader.Read() is { } frame)
            {
                cancellation.ThrowIfCancellationRequested();
                frames++;
                bytes += frame.Bytes.Length;
                if (frame.Channel == "market")
                    Apply(frame);
                else
                    Count(UserFrames.Read(frame.Bytes) is null ? "account: refused" : "account");
            }

            return (frames - before, reader.IsTorn);
        }

        public string Report()
        {
            var text = new StringBuilder();
            text.Append(Invariant($"{frames:#,0} frames, {bytes:#,0} bytes, {books.Count:#,0} books; "));
            text.AppendLine(Invariant($"decoded and applied in {watch.Elapsed.TotalSeconds:0.00} s."));
            foreach (var (kind, count) in kinds)
                text.AppendLine(Invariant($"  {kind}: {count:#,0}"));
            foreach (var reason in Enum.GetValues<FrameRefusal>().Where(reason => books.Decoder.Refused(reason) > 0))
                text.AppendLine(Invariant($"  refused as {reason}: {books.Decoder.Refused(reason):#,0}"));
            if (mismatches > 0)
                text.AppendLine(Invariant($"  best prices other than told: {mismatches:#,0}"));
            foreach (var name in books.Decoder.UnknownFields.Names.Concat(books.Decoder.UnknownEvents.Names))
                text.AppendLine($"  unknown name: {name}");
            var busiest = Enumerable.Range(0, books.Count).OrderByDescending(number => changes[number]);
            foreach (var number in busiest.Take(ShownBooks))
            {
                var book = books.Book(number);
                text.AppendLine(Invariant(
                    $"  {book.TokenId}: bid {book.BestBid}, ask {book.BestAsk}, {changes[number]:#,0} changes"));
            }

            return text.ToString();
        }

        private void Apply(RecordedFrame frame)
        {
            watch.Start();
            var refusal = books.Apply(frame.Bytes.Span, frame.ReceivedAt);
            // A recording does not say what was subscribed: a book names its token.
            if (refusal == FrameRefusal.None && Learn(frame.Bytes.Span))
                books.Apply(frame.Bytes.Span, frame.ReceivedAt);
            watch.Stop();
            foreach (ref readonly var read in books.Decoder.Events)
                Count(read.Kind.ToString());
            foreach (var number in books.Touched)
            {
                changes[number]++;
                mismatches += books.Effect(number).HasFlag(BookEffect.Mismatched) ? 1 : 0;
            }
        }

        private bool Learn(ReadOnlySpan<byte> frame)
        {
            List<string>? news = null;
            foreach (ref readonly var read in books.Decoder.Events)
            {
                if (read is { Kind: MarketEventKind.Book, Token: < 0 } && books.Count + (news?.Count ?? 0) < MostTokens)
                    (news ??= []).Add(Encoding.UTF8.GetString(read.Asset.Of(frame)));
            }

            foreach (var token in news ?? [])
                books.Add(new TokenId(token));
            return news is not null;
        }

        private void Count(string kind) => kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
    }
}
