using System.IO.Compression;
using System.Text;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Sandbox.Universe;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Universe;

[Trait("Tier", "Integration")]
public sealed class RecordedMarketsTests
{
    private const string Sample = "data/gamma-markets-sample-400.jsonl.gz";
    private const string FullFile = "data/gamma-markets-2026-03-11.jsonl.gz";

    [Fact]
    public void Load_Sample_AccountsForEveryLine()
    {
        var result = MarketFile.Load(SharedData.PathOf(Sample));

        Assert.Equal(399, result.Lines);
        Assert.Equal(result.Lines, result.Listings.Count + result.Skipped.Sum(skip => skip.Count));
        Assert.All(result.Listings, listing => Assert.True(listing.Market.Fees is { IsAssumed: true }));
    }

    [Fact]
    public void Load_FullFile_AccountsForEveryLine()
    {
        var result = MarketFile.Load(SharedData.PathOf(FullFile));

        Assert.Equal(35_955, result.Lines);
        Assert.Equal(33_633, result.Listings.Count);
        Assert.Equal(
            [(SkipReason.NoOrderBook, 54), (SkipReason.NoEndDate, 338), (SkipReason.Ended, 1_930)],
            result.Skipped.Select(skip => (skip.Reason, skip.Count)));
        Assert.Equal("2026-03-11T20:47:22.5255230+00:00", result.Start.ToString("O"));
        Assert.Equal("fd9ec4e952158a0d79f7dce77d9073ee6c67bc67aab81d35c252746ab65ec270", result.Hash);
        Assert.True(result.Listings.Count(listing => listing.Market.Category == MarketCategory.Unclassified) < 2_000);
    }

    [Fact]
    public void Parse_MutatedLines_NeverThrows()
    {
        var lines = SampleLines();
        var random = new Random(7);
        var parser = new GammaMarketParser();
        var (read, mapped) = (0, 0);
        for (var round = 0; round < 20_000; round++)
        {
            var line = Mutate(lines[round % lines.Count], random);
            if (parser.Parse(line) is not { } market)
                continue;
            read++;
            mapped += GammaMapping.TryMap(market, out _, out _) ? 1 : 0;
        }

        Assert.InRange(read, 1_000, 19_000);
        Assert.InRange(mapped, 500, read);
    }

    // Half of the changes swap one JSON mark or digit for another, so that many lines stay JSON and reach the mapping.
    private static byte[] Mutate(byte[] original, Random random)
    {
        var line = original.ToArray();
        var changes = random.Next(1, 4);
        for (var i = 0; i < changes; i++)
        {
            var place = random.Next(line.Length);
            switch (random.Next(4))
            {
                case 0: line[place] = (byte)random.Next(256); break;
                case 1: line[place] = "\"\\{}[],:0919.-eEtfn "u8[random.Next(20)]; break;
                case 2: line = [.. line[..place], .. line[Math.Min(line.Length, place + random.Next(1, 40))..]]; break;
                default: line = [.. line[..place], .. line[random.Next(place + 1)..place], .. line[place..]]; break;
            }

            if (line.Length == 0)
                line = [(byte)'{'];
        }

        return line;
    }

    private static List<byte[]> SampleLines()
    {
        using var unpacked = new GZipStream(File.OpenRead(SharedData.PathOf(Sample)), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked, Encoding.UTF8);
        var lines = new List<byte[]>();
        while (reader.ReadLine() is { } line)
            lines.Add(Encoding.UTF8.GetBytes(line));
        return lines;
    }
}
