using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Equilibrage.Core.Books;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Socket;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Socket;

/// <summary>Recorded frames and books, and what is refused.</summary>
[Trait("Tier", "Unit")]
public sealed class MarketFrameTests
{
    private const string Token = "63691357964355397861776339416833450653158434687925250159757815624217137833471";
    private static readonly DateTimeOffset At = new(2026, 8, 14, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Decode_RecordedFrames_KnowsEveryFieldButThoseMadeUpToTestIt()
    {
        var books = new MarketBooks();
        var kinds = new List<MarketEventKind>();
        foreach (var (name, frame) in Recorded().Where(item => item.Name is not ("want" or "body" or "restBookBody")))
        {
            Assert.True(books.Apply(frame, At) == FrameRefusal.None, name);
            kinds.AddRange(books.Decoder.Events.ToArray().Select(read => read.Kind));
        }

        Assert.Equal(
            [
                MarketEventKind.Book, MarketEventKind.PriceChange, MarketEventKind.Trade, MarketEventKind.BestBidAsk,
                MarketEventKind.TickSizeChange, MarketEventKind.MarketResolved, MarketEventKind.Book,
                MarketEventKind.NewMarket, MarketEventKind.Unknown, MarketEventKind.BestBidAsk,
            ],
            kinds);
        Assert.Equal(["payload", "brand_new_field"], books.Decoder.UnknownFields.Names);
        Assert.Equal(["something_new"], books.Decoder.UnknownEvents.Names);
    }

    [Fact]
    public void Decode_RecordedPriceChange_ReadsEveryValue()
    {
        var frame = Recorded().Single(item => item.Name == "priceChangeFrame").Frame;
        var tokens = new Utf8Table();
        var yes = tokens.Add("40600137944982070120020561148201046074034528738262880058756488608210871246278");
        var decoder = new MarketFrameDecoder(tokens);

        Assert.Equal(FrameRefusal.None, decoder.Decode(frame));

        var changes = decoder.Changes(decoder.Events[0]);
        Assert.Equal(1_786_728_438_403, decoder.Events[0].TimestampMs);
        Assert.Equal((yes, true, 60_000, 374_340_000, 70_000, 80_000), (changes[0].Token, changes[0].IsBid,
            changes[0].PriceMicros, changes[0].SizeMicros, changes[0].BestBidMicros, changes[0].BestAskMicros));
        Assert.Equal((-1, false, 940_000, 0, 920_000, 930_000), (changes[1].Token, changes[1].IsBid,
            changes[1].PriceMicros, changes[1].SizeMicros, changes[1].BestBidMicros, changes[1].BestAskMicros));
        Assert.Equal(
            "0x3bb59c17b8ec156f8ef55d6de522c53c8bcc8fc708bfba00e1c7820c208ee28b",
            Encoding.UTF8.GetString(decoder.Events[0].Market.Of(frame)));
    }

    [Fact]
    public void Apply_RecordedBook_ShowsTheBestOfWorstFirstLevels()
    {
        var books = new MarketBooks();
        var number = books.Add(new(Token));

        books.Apply(Recorded().Single(item => item.Name == "bookFrame").Frame, At);

        var book = books.Book(number);
        Assert.Equal((0.004m, 0.009m, 2, 2),
            (book.BestBid?.ToDecimal(), book.BestAsk?.ToDecimal(), book.Bids.Count, book.Asks.Count));
        Assert.Equal((BookTrust.Current, BookEffect.Replaced), (book.Trust, books.Effect(number)));
        Assert.Equal(1_786_728_432_337, book.MarketTime.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void DecodeBooks_RecordedRestBooks_AllDecodeWithoutAnUnknownField()
    {
        var decoder = new MarketFrameDecoder(new());
        using var file = new GZipStream(
            File.OpenRead(SharedData.PathOf("data/clob-books-2026-03-11.jsonl.gz")), CompressionMode.Decompress);
        using var lines = new StreamReader(file);
        var levels = 0;
        while (lines.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            var list = json.RootElement.GetProperty("books");

            Assert.Equal(FrameRefusal.None, decoder.DecodeBooks(Encoding.UTF8.GetBytes(list.GetRawText())));

            Assert.Equal(list.GetArrayLength(), decoder.Events.Length);
            foreach (var (read, body) in decoder.Events.ToArray().Zip(list.EnumerateArray()))
                levels += AssertSame(decoder, read, body);
        }

        Assert.True(levels > 1_000, $"{levels} levels");
        Assert.Empty(decoder.UnknownFields.Names);
    }

    [Theory]
    [InlineData("PONG", MarketEventKind.Pong)]
    [InlineData("NO NEW ASSETS", MarketEventKind.NoNewAssets)]
    public void Decode_TextOfTheChannel_IsAnEvent(string text, MarketEventKind kind)
    {
        var decoder = new MarketFrameDecoder(new());

        Assert.Equal(FrameRefusal.None, decoder.Decode(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(kind, decoder.Events[0].Kind);
    }

    [Theory]
    [InlineData("hello", FrameRefusal.UnknownText)]
    [InlineData("{", FrameRefusal.Malformed)]
    [InlineData("[{},]", FrameRefusal.Malformed)]
    [InlineData("{\"event_type\":\"x\"} x", FrameRefusal.Malformed)]
    [InlineData("{\"event_type\":\"x\",\"a\":01}", FrameRefusal.Malformed)]
    [InlineData("{\"event_type\":\"x\",\"a\":\"\\x\"}", FrameRefusal.Malformed)]
    [InlineData("{\"event_type\":\"x\",\"a\":\"tab\tinside\"}", FrameRefusal.Malformed)]
    [InlineData("{\"event_type\":\"x\",\"a\":[1,{\"b\":[}]}", FrameRefusal.Malformed)]
    [InlineData("{\"event_type\":7}", FrameRefusal.BadText)]
    [InlineData("{\"event_type\":\"practice_clock\",\"timestamp\":\"soon\"}", FrameRefusal.BadTime)]
    [InlineData("{\"event_type\":\"practice_clock\"}", FrameRefusal.MissingField)]
    [InlineData("{\"event_type\":\"book\",\"asset_id\":\"1\",\"timestamp\":\"1\",\"bids\":[]}",
        FrameRefusal.MissingField)]
    [InlineData("{\"event_type\":\"book\",\"asset_id\":\"1\",\"timestamp\":\"1\",\"bids\":[],\"asks\":{}}",
        FrameRefusal.BadList)]
    [InlineData("{\"event_type\":\"tick_size_change\",\"asset_id\":\"1\",\"new_tick_size\":\"0.02\"}",
        FrameRefusal.BadTick)]
    public void Decode_Malformed_IsRefusedWithItsReason(string frame, FrameRefusal reason)
    {
        var decoder = new MarketFrameDecoder(new());

        Assert.Equal(reason, decoder.Decode(Encoding.UTF8.GetBytes(frame)));
        Assert.Equal((1, 0), (decoder.Refused(reason), decoder.Events.Length));
    }

    [Theory]
    [InlineData("\"price\":\"1.5\",\"size\":\"1\",\"side\":\"BUY\"", FrameRefusal.BadPrice)]
    [InlineData("\"price\":\"0\",\"size\":\"1\",\"side\":\"BUY\"", FrameRefusal.BadPrice)]
    [InlineData("\"price\":\"0.50001\",\"size\":\"1\",\"side\":\"BUY\"", FrameRefusal.BadPrice)]
    [InlineData("\"price\":\"\",\"size\":\"1\",\"side\":\"BUY\"", FrameRefusal.BadPrice)]
    [InlineData("\"price\":\"5e-1\",\"size\":\"1\",\"side\":\"BUY\"", FrameRefusal.BadPrice)]
    [InlineData("\"price\":\"0.5\",\"size\":\"-1\",\"side\":\"BUY\"", FrameRefusal.BadSize)]
    [InlineData("\"price\":\"0.5\",\"size\":\"1.0000001\",\"side\":\"BUY\"", FrameRefusal.BadSize)]
    [InlineData("\"price\":\"0.5\",\"size\":\"9999999999999\",\"side\":\"BUY\"", FrameRefusal.BadSize)]
    [InlineData("\"price\":\"0.5\",\"size\":[1],\"side\":\"BUY\"", FrameRefusal.BadSize)]
    [InlineData("\"price\":\"0.5\",\"size\":\"1\",\"side\":\"HOLD\"", FrameRefusal.BadSide)]
    [InlineData("\"price\":\"0.5\",\"size\":\"1\"", FrameRefusal.BadList)]
    public void Apply_OneWrongChange_LeavesEveryBookAsItWas(string wrong, FrameRefusal reason)
    {
        var books = new MarketBooks();
        var number = books.Add(new("1"));
        books.Apply(Written(Book("1", [(0.40m, 10)], [(0.60m, 10)])), At);
        var frame = "{\"event_type\":\"price_change\",\"market\":\"0xabc\",\"timestamp\":\"5\",\"price_changes\":["
            + "{\"asset_id\":\"1\",\"price\":\"0.41\",\"size\":\"7\",\"side\":\"BUY\"},{\"asset_id\":\"1\"," + wrong
            + "}]}";

        Assert.Equal(reason, books.Apply(Encoding.UTF8.GetBytes(frame), At));

        Assert.Equal((0.40m, 1), (books.Book(number).BestBid?.ToDecimal(), books.Book(number).Bids.Count));
        Assert.Equal(1, books.Decoder.Refused(reason));
    }

    [Fact]
    public void Decode_TextOutsideAscii_IsValidatedAsUtf8()
    {
        var decoder = new MarketFrameDecoder(new());
        var good = Encoding.UTF8.GetBytes("{\"event_type\":\"news\",\"text\":\"Zürich, 東京 and \\u00e4 \\ud83d\"}");
        var bad = good.ToArray();
        bad[Array.IndexOf(bad, (byte)0xC3)] = 0xFF;

        Assert.Equal(FrameRefusal.None, decoder.Decode(good));
        Assert.Equal(FrameRefusal.Malformed, decoder.Decode(bad));
    }

    [Fact]
    public void Decode_EveryTruncation_IsRefused()
    {
        var frame = Written(Book("1", [(0.40m, 10), (0.39m, 12.5m)], [(0.60m, 10)]));
        var decoder = new MarketFrameDecoder(new());

        for (var length = 1; length < frame.Length; length++)
            Assert.NotEqual(FrameRefusal.None, decoder.Decode(frame.AsSpan(0, length)));
    }

    [Fact]
    public void Lifecycle_RecordedFrames_AreRead()
    {
        var frames = Recorded().ToList();
        var resolved = Assert.IsType<MarketMessage.MarketResolved>(
            LifecycleFrames.Read(frames.Single(item => item.Name == "marketResolvedFrame").Frame));
        var listed = Assert.IsType<MarketMessage.NewMarket>(frames.Where(item => item.Name == "frame")
            .Select(item => LifecycleFrames.Read(item.Frame)).Single(message => message is not null));

        Assert.Equal(("7604307", "Yes", "0x311d0c"),
            (resolved.Winner?.Value, resolved.WinningOutcome, resolved.Market.Value));
        Assert.Equal(("0xdef", "Up", "222"), (listed.Market.Value, listed.Outcomes[0], listed.Tokens[1].Value));
    }

    private static IEnumerable<(string Name, byte[] Frame)> Recorded()
    {
        foreach (var line in File.ReadLines(SharedData.PathOf("data/wire/market-channel-frames.jsonl")))
        {
            using var json = JsonDocument.Parse(line);
            yield return (json.RootElement.GetProperty("name").GetString()!,
                Encoding.UTF8.GetBytes(json.RootElement.GetProperty("frame").GetString()!));
        }
    }

    private static int AssertSame(MarketFrameDecoder decoder, MarketEvent read, JsonElement body)
    {
        foreach (var (piece, name) in new[] { (read.Bids, "bids"), (read.Asks, "asks") })
        {
            Assert.Equal(
                body.GetProperty(name).EnumerateArray().Select(level => new Level(
                    Price.FromDecimal(Decimal(level, "price")), Quantity.FromDecimal(Decimal(level, "size")))),
                decoder.Levels(piece).ToArray());
        }

        return read.Bids.End - read.Bids.Start + read.Asks.End - read.Asks.Start;
    }

    private static decimal Decimal(JsonElement level, string name) =>
        decimal.Parse(level.GetProperty(name).GetString()!, CultureInfo.InvariantCulture);

    private static MarketMessage.Book Book(
        string token, (decimal Price, decimal Size)[] bids, (decimal Price, decimal Size)[] asks) => new(1)
        {
            Market = new("0xabc"),
            Token = new(token),
            Bids = [.. bids.Select(LevelOf)],
            Asks = [.. asks.Select(LevelOf)],
        };

    private static Level LevelOf((decimal Price, decimal Size) level) =>
        new(Price.FromDecimal(level.Price), Quantity.FromDecimal(level.Size));

    private static byte[] Written(MarketMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        MarketFrameWriter.Write(output, message);
        return output.WrittenSpan.ToArray();
    }
}
