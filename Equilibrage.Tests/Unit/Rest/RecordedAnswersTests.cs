using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Rest;

/// <summary>Answers as the services really gave them: all are read, and fields that are not are listed.</summary>
[Trait("Tier", "Unit")]
public sealed partial class RecordedAnswersTests
{
    // Fields of a market that no part of a trading desk reads. A new one in a newer recording fails here by its name.
    private const string UnreadMarketFields =
        "acceptingOrdersTimestamp approved automaticallyActive clearBookOnStart clobRewards competitive "
        + "customLiveness cyom deploying deployingTimestamp endDateIso featured funded groupItemRange "
        + "groupItemThreshold hasReviewedDates holdingRewardsEnabled icon image line liquidityAmm liquidityClob "
        + "makerBaseFee makerRebatesFeeShareBps manualActivation marketMakerAddress negRiskOther "
        + "negRiskRequestID new oneDayPriceChange oneHourPriceChange oneMonthPriceChange oneWeekPriceChange "
        + "oneYearPriceChange pagerDutyNotificationEnabled pendingDeployment ready requiresTranslation "
        + "resolutionSource resolvedBy restricted rewardsMaxSpread rewardsMinSize rfqEnabled seriesColor "
        + "showGmpOutcome showGmpSeries startDateIso submitted_by takerBaseFee umaBond umaReward volume1mo "
        + "volume1moAmm volume1moClob volume1wk volume1wkAmm volume1wkClob volume1yr volume1yrAmm volume1yrClob "
        + "volume24hrAmm volume24hrClob volumeAmm volumeClob";

    [Fact]
    public void Books_AllOfTheRecording_AreReadAndWrittenAsTheyWere()
    {
        var drift = new FieldDrift();
        var count = 0;
        foreach (var line in Lines("data/clob-books-2026-03-11.jsonl.gz"))
        {
            using var document = JsonDocument.Parse(line);
            foreach (var recorded in document.RootElement.GetProperty("books").EnumerateArray())
            {
                var bytes = JsonSerializer.SerializeToUtf8Bytes(recorded, PolymarketJson.Wire.JsonElement);
                drift.Inspect(bytes, PolymarketJson.Wire.BookReply);
                var book = JsonSerializer.Deserialize(bytes, PolymarketJson.Wire.BookReply)!;
                var written = JsonSerializer.Serialize(book, PolymarketJson.Wire.BookReply);
                Assert.Equal(Shortened(Encoding.UTF8.GetString(bytes)), Shortened(written));
                count++;
            }
        }

        Assert.True(count > 100);
        Assert.Empty(drift.Counts);
    }

    [Fact]
    public void Markets_OfTheRecording_AreReadByTheRecordAndItsOtherFieldsAreKnownByName()
    {
        var drift = new FieldDrift();
        var count = 0;
        foreach (var line in Lines("data/gamma-markets-sample-400.jsonl.gz"))
        {
            var bytes = Encoding.UTF8.GetBytes(line);
            drift.Inspect(bytes, PolymarketJson.Wire.GammaMarketRecord);
            var record = JsonSerializer.Deserialize(bytes, PolymarketJson.Wire.GammaMarketRecord)!;
            var parsed = new GammaMarketParser().Parse(bytes)!;
            Assert.Equal(parsed.ConditionId, record.ConditionId);
            Assert.Equal(parsed.TokenYes, record.ClobTokenIds![0]);
            Assert.Equal(parsed.EndDate, record.EndDate);
            Assert.Equal(parsed.BestAsk, record.BestAsk);
            count++;
        }

        Assert.True(count > 300);
        Assert.DoesNotContain(drift.Counts, pair => pair.Key.Kind == DriftKind.Changed);
        var unread = drift.Counts.Where(pair => pair.Key is
            { Record: "GammaMarketRecord", Kind: DriftKind.Unknown }).Select(pair => pair.Key.Field);
        Assert.Empty(unread.Except(UnreadMarketFields.Split(' ')));
    }

    // The same number has more than one text: 0.510 is 0.51.
    private static string Shortened(string json) =>
        TrailingZeros().Replace(json, "$1\"").Replace(".\"", "\"", StringComparison.Ordinal);

    [GeneratedRegex(@"(\.\d*?)0+""")]
    private static partial Regex TrailingZeros();

    private static IEnumerable<string> Lines(string name)
    {
        using var file = File.OpenRead(SharedData.PathOf(name));
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        while (text.ReadLine() is { } line)
            yield return line;
    }
}
