using System.Diagnostics;
using System.IO.Compression;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Sandbox.Universe;

namespace Equilibrage.Bench;

/// <summary>One timed piece of work over the whole file.</summary>
internal sealed record Timing(string Work, double Seconds, long Bytes, int Markets)
{
    public double MarketsPerSecond => Markets / Seconds;

    public long BytesPerMarket => Bytes / Markets;
}

/// <summary>
/// Parses, filters and scores the whole recorded market file in one pass, beside Node's <c>JSON.parse</c> of the same
/// lines. Every figure is the best of several runs, so that neighbours on the machine count as little as possible.
/// </summary>
internal static class FullFileRun
{
    private const int Runs = 5;
    private const int PlannedCapital = 100;

    public static IReadOnlyList<Timing> Measure(string path)
    {
        var plain = Unpack(path);
        return
        [
            Best(() => ParseAndScore(plain)),
            Best(() => ParseOnly(plain)),
            Best(() => LoadAndScore(path)),
        ];
    }

    private static Timing Best(Func<Timing> run) =>
        Enumerable.Range(0, Runs).Select(_ => run()).MinBy(timing => timing.Seconds)!;

    private static Timing ParseOnly(byte[] plain)
    {
        var watch = new Measurement();
        using var lines = new JsonLineReader(new MemoryStream(plain));
        var parser = new GammaMarketParser();
        var wire = new GammaMarket();
        var count = 0;
        while (lines.MoveNext())
            count += parser.TryParse(lines.Line, wire) ? 1 : 0;
        return watch.Stop("parse only, unpacked bytes in memory", count);
    }

    private static Timing ParseAndScore(byte[] plain)
    {
        var watch = new Measurement();
        using var lines = new JsonLineReader(new MemoryStream(plain));
        var parser = new GammaMarketParser();
        var wire = new GammaMarket();
        var scan = new StreamingScan();
        while (lines.MoveNext())
        {
            if (parser.TryParse(lines.Line, wire))
                scan.Take(wire);
        }

        scan.Finish();
        return watch.Stop("parse, filter and score, unpacked bytes in memory", lines.LineNumber);
    }

    private static Timing LoadAndScore(string path)
    {
        var watch = new Measurement();
        var file = MarketFile.Load(path);
        var settings = Settings();
        var found = new List<Opportunity>(file.Listings.Count);
        foreach (var listing in file.Listings)
        {
            var quote = ListingQuote.Of(listing, file.Start);
            found.Add(OpportunityScorer.Score(listing.Market, quote, null, null, settings, file.Start));
        }

        MarketScanner.Rank(found, file.Start);
        return watch.Stop(
            "load the packed file (unpack, hash, parse, filter, refuse doubles), score and rank", file.Lines);
    }

    internal static ScanSettings Settings() => new(
        EligibilityRules.Default, ScoreWeights.Default,
        new EntryPlan(Usdc.FromMicros(PlannedCapital * Micros.PerUnit), 0.5m));

    private static byte[] Unpack(string path)
    {
        using var file = File.OpenRead(path);
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var memory = new MemoryStream();
        unpacked.CopyTo(memory);
        return memory.ToArray();
    }

    private readonly struct Measurement
    {
        private readonly long bytes = GC.GetAllocatedBytesForCurrentThread();
        private readonly long started = Stopwatch.GetTimestamp();

        public Measurement()
        {
        }

        public Timing Stop(string work, int markets)
        {
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            return new(work, seconds, GC.GetAllocatedBytesForCurrentThread() - bytes, markets);
        }
    }
}
