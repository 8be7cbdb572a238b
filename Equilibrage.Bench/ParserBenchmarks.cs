using System.IO.Compression;
using BenchmarkDotNet.Attributes;
using Equilibrage.Core.Opportunities;
using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Bench;

/// <summary>The parser and the scorer over the recorded sample of 399 markets.</summary>
[MemoryDiagnoser]
public class ParserBenchmarks
{
    private byte[] lines = [];

    /// <summary>Unpacks the sample.</summary>
    [GlobalSetup]
    public void Load()
    {
        var path = RecordedData.Sample
            ?? throw new InvalidOperationException("The sample is missing: put the recorded data beside the project.");
        using var file = File.OpenRead(path);
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        using var memory = new MemoryStream();
        unpacked.CopyTo(memory);
        lines = memory.ToArray();
    }

    /// <summary>Parses the sample.</summary>
    [Benchmark]
    public int Parse()
    {
        using var reader = new JsonLineReader(new MemoryStream(lines));
        var parser = new GammaMarketParser();
        var wire = new GammaMarket();
        var count = 0;
        while (reader.MoveNext())
            count += parser.TryParse(reader.Line, wire) ? 1 : 0;
        return count;
    }

    /// <summary>Parses, filters and scores the sample.</summary>
    [Benchmark]
    public ScanResult ParseFilterScore()
    {
        using var reader = new JsonLineReader(new MemoryStream(lines));
        var parser = new GammaMarketParser();
        var wire = new GammaMarket();
        var scan = new StreamingScan();
        while (reader.MoveNext())
        {
            if (parser.TryParse(reader.Line, wire))
                scan.Take(wire);
        }

        return scan.Finish();
    }
}
