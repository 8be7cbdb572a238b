using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Sandbox.Universe;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Universe;

[Trait("Tier", "Unit")]
public sealed class MarketFileTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Load_MixedLines_CountsEachByReason()
    {
        var path = folder.Write("markets.jsonl", string.Join('\n',
            GammaLines.Line(1), "{broken", "", GammaLines.Line(2, ("2026-03-20T", "2026-03-10T")), GammaLines.Line(1),
            "[]", GammaLines.Line(3, ("Will it rain?", "Will it snow?"))));

        var result = MarketFile.Load(path);

        Assert.Equal(["Will it rain?", "Will it snow?"], result.Listings.Select(listing => listing.Market.Question));
        Assert.Equal(6, result.Lines);
        Assert.Equal(
            [(SkipReason.BadJson, 2, "2,6"), (SkipReason.Duplicate, 1, "5"), (SkipReason.Ended, 1, "4")],
            result.Skipped.Select(skip => (skip.Reason, skip.Count, string.Join(',', skip.FirstLines))));
        Assert.Equal("2026-03-11T20:29:48.9700400+00:00", result.Start.ToString("O"));
    }

    [Fact]
    public void Load_PackedFile_GivesTheSameMarketsAndHashesItsOwnBytes()
    {
        var plain = folder.Write("plain", GammaLines.Line(1) + "\n" + GammaLines.Line(2));
        var packed = folder["packed"];
        using (var gzip = new GZipStream(File.Create(packed), CompressionLevel.Fastest))
            gzip.Write(File.ReadAllBytes(plain));

        var (first, second) = (MarketFile.Load(plain), MarketFile.Load(packed));

        Assert.Equal(first.Listings, second.Listings);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(plain))), first.Hash);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(packed))), second.Hash);
        Assert.Equal(second.Hash, MarketFile.Load(packed).Hash);
    }

    [Fact]
    public void Load_GivenStart_JudgesEndsByIt()
    {
        var path = folder.Write("markets", GammaLines.Line(1) + "\n" + GammaLines.Line(2, ("03-20T", "04-20T")));
        var start = new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

        var result = MarketFile.Load(path, start);

        Assert.Equal(start, result.Start);
        Assert.Single(result.Listings);
    }

    [Theory]
    [InlineData("0.49,\"bestAsk\":0.51", "0,\"bestAsk\":1", "0.49", "0.5")]
    [InlineData("0.49,\"bestAsk\":0.51", "null,\"bestAsk\":0.51", null, "0.51")]
    [InlineData("0.49,\"bestAsk\":0.51", "0.49,\"bestAsk\":0", "0.49", null)]
    [InlineData("0.49,\"bestAsk\":0.51", "0.6,\"bestAsk\":0.51", null, "0.51")]
    public void Load_IncompleteQuote_KeepsWhatIsKnown(string old, string text, string? bid, string? ask)
    {
        var path = folder.Write("markets", GammaLines.Line(1, (old, text)));

        var listing = MarketFile.Load(path).Listings.Single();

        Assert.Equal((bid, ask), (listing.BestBid?.ToString(), listing.BestAsk?.ToString()));
        Assert.Equal(Usdc.FromDecimal(552_626.28232m), listing.Liquidity);
    }

    [Fact]
    public void Load_MissingFile_SaysWhatToDo() =>
        Assert.Contains("--markets", Refused(folder["none"]), StringComparison.Ordinal);

    [Fact]
    public void Load_Folder_SaysWhatToDo() =>
        Assert.Contains("folder", Refused(folder.Path), StringComparison.Ordinal);

    [Fact]
    public void Load_EmptyFile_SaysSo() =>
        Assert.Contains("is empty", Refused(folder.Write("empty", "\n \n")), StringComparison.Ordinal);

    [Fact]
    public void Load_NothingUsable_ListsTheReasons()
    {
        var path = folder.Write("closed", GammaLines.Line(1, ("\"closed\":false", "\"closed\":true")));

        Assert.Contains("Closed 1 (line 1)", Refused(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NoDateAnywhere_AsksForAStart()
    {
        var path = folder.Write("undated", GammaLines.Line(1, ("updatedAt", "createdAt")));

        Assert.Contains("--start", Refused(path), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_CutOffPackedFile_SaysItIsDamaged()
    {
        var path = folder["cut"];
        using (var memory = new MemoryStream())
        {
            using (var gzip = new GZipStream(memory, CompressionLevel.Fastest, leaveOpen: true))
            {
                for (var i = 1; i <= 50; i++)
                    gzip.Write(Encoding.UTF8.GetBytes(GammaLines.Line(i) + "\n"));
            }

            File.WriteAllBytes(path, memory.ToArray()[..(int)(memory.Length / 2)]);
        }

        Assert.Contains("damaged", Refused(path), StringComparison.Ordinal);
    }

    private static string Refused(string path) =>
        Assert.Throws<MarketFileException>(() => MarketFile.Load(path)).Message;
}
