using System.Diagnostics;
using System.Globalization;
using Equilibrage.Core.Books;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Socket;

namespace Equilibrage.Bench;

/// <summary>What one set of frames took, ours and others', in nanoseconds per frame.</summary>
/// <param name="Set">The frames.</param>
/// <param name="Nanoseconds">From the bytes to the changed book.</param>
/// <param name="Bytes">Bytes allocated over all measured rounds.</param>
/// <param name="Node">Node's version and <c>JSON.parse</c> alone; null where there is no Node.</param>
/// <param name="Simdjson">simdjson's version, levels applied; null where it cannot be built.</param>
internal sealed record FrameTiming(
    FrameSet Set, double Nanoseconds, long Bytes, PeerTiming? Node, PeerTiming? Simdjson);

/// <summary>A peer's version and time.</summary>
internal sealed record PeerTiming(string Version, double Nanoseconds);

/// <summary>
/// Frame bytes to applied books with all validation on, beside what others do with the same frames, in turns in one
/// run.
/// </summary>
internal static class FrameRun
{
    private const int FramesInRound = 2_000;
    private const int Turns = 3;

    private static readonly DateTimeOffset Now = new(2026, 8, 14, 18, 0, 0, TimeSpan.Zero);

    public static IReadOnlyList<FrameTiming> Measure()
    {
        var folder = Directory.CreateTempSubdirectory("equilibrage-frames-");
        try
        {
            var program = Peers.BuildFrames(folder.FullName);
            return [.. FrameMaker.All().Select(set => Measure(set, folder.FullName, program))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static FrameTiming Measure(FrameSet set, string folder, string? program)
    {
        var file = Path.Combine(folder, "frames.txt");
        File.WriteAllText(file, string.Join('\n', set.Frames.Select(System.Text.Encoding.UTF8.GetString)));
        var rounds = set.Rounds.ToString(CultureInfo.InvariantCulture);
        var (best, bytes) = (double.MaxValue, 0L);
        PeerTiming? node = null;
        PeerTiming? simdjson = null;
        // In turns, so that a neighbour's load meets all of them.
        for (var turn = 0; turn < Turns; turn++)
        {
            var (nanoseconds, allocated) = Ours(set);
            (best, bytes) = (Math.Min(best, nanoseconds), bytes + allocated);
            node = Peers.Best(node, Peers.Time("node", [Peers.FileOf("frames.mjs"), file, rounds]));
            if (program is not null)
                simdjson = Peers.Best(simdjson, Peers.Time(program, [file, rounds]));
        }

        return new(set, best, bytes, node, simdjson);
    }

    private static (double Nanoseconds, long Bytes) Ours(FrameSet set)
    {
        var books = new MarketBooks();
        foreach (var token in set.Tokens)
            Seed(books, books.Add(new(token)));
        var frames = set.Frames.ToArray();
        var passes = Math.Max(1, (int)Math.Ceiling((double)FramesInRound / frames.Length));
        // Twice the rounds: the first half lets the compiler see what is hot.
        var (best, before) = (double.MaxValue, 0L);
        for (var round = 0; round < set.Rounds * 2; round++)
        {
            if (round == set.Rounds)
                (best, before) = (double.MaxValue, GC.GetAllocatedBytesForCurrentThread());
            var started = Stopwatch.GetTimestamp();
            for (var pass = 0; pass < passes; pass++)
            {
                foreach (var frame in frames)
                {
                    if (books.Apply(frame, Now) != FrameRefusal.None)
                        throw new InvalidOperationException("A generated frame was refused.");
                }
            }

            var taken = Stopwatch.GetElapsedTime(started).TotalNanoseconds;
            best = Math.Min(best, taken / ((double)frames.Length * passes));
        }

        return (best, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    // A change means nothing to a book without a snapshot.
    private static void Seed(MarketBooks books, int number) => books.Replace(
        number, [new Level(Price.FromMicros(10_000), Quantity.FromMicros(1))], [], 0, Now);
}
