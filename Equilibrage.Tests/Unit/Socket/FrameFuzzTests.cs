using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Equilibrage.Core.Books;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Socket;
using Equilibrage.Tests.Support.Feed;

namespace Equilibrage.Tests.Unit.Socket;

/// <summary>
/// A million mutated frames and bodies: nothing crashes or hangs, no book is corrupted, refusals count.
/// </summary>
[Trait("Tier", "Unit")]
public sealed class FrameFuzzTests
{
    private const int MarketFrames = 175_000;
    private const int OtherFrames = 45_000;

    private static readonly DateTimeOffset At = new(2026, 8, 14, 18, 0, 0, TimeSpan.Zero);
    private static readonly string[] Tokens =
        ["71321045679252212594626385532706912750332728571942532289631379312455583992563", "222"];

    private const string GammaBody = """
        {"id":"531202","question":"Will it?","conditionId":"0xabc","slug":"will-it","outcomes":"[\"Yes\", \"No\"]",
         "outcomePrices":"[\"0.5\", \"0.5\"]","clobTokenIds":"[\"111\", \"222\"]","bestBid":0.49,"liquidity":"12.5",
         "endDate":"2026-07-31T12:00:00Z","active":true,"events":[{"id":"1","title":"It"}],"feeSchedule":{"rate":0.05}}
        """;

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1_000 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void MarketFrames_Mutated_AreAppliedWholeOrRefusedWhole(int seed)
    {
        var books = new MarketBooks();
        var model = new BookModel(Tokens);
        foreach (var token in Tokens)
            books.Add(new(token));
        var mutator = new FrameMutator(seed, Originals(new Random(seed)));
        var (accepted, refused) = (0L, 0L);
        for (var number = 0; number < MarketFrames; number++)
        {
            var frame = mutator.Next();
            var refusal = books.Apply(frame.Span, At);
            if (refusal == FrameRefusal.None)
                accepted += Follow(books, model, frame) ? 1 : 0;
            else
                refused++;
            if (refusal == FrameRefusal.Malformed)
                Assert.False(IsJson(frame) && Utf8.IsValid(frame.Span), Text(frame));
            if (number % 500 == 0 || (refusal != FrameRefusal.None && number % 50 == 0))
                Assert.True(model.Equals(books), $"Seed {seed}, frame {number}: {Text(frame)}");
        }

        Assert.True(model.Equals(books));
        Assert.Equal(refused, Enum.GetValues<FrameRefusal>().Sum(books.Decoder.Refused));
        Assert.Equal(MarketFrames, books.Decoder.Accepted + refused);
        Assert.True(accepted > MarketFrames / 20, $"{accepted} accepted");
        Assert.True(refused > MarketFrames / 4, $"{refused} refused");
    }

    [Fact]
    public void OtherFrames_Mutated_AreReadOrRefused()
    {
        var parser = new GammaMarketParser();
        var bodies = new MarketFrameDecoder(new());
        (string Name, byte[][] Originals, Func<ReadOnlyMemory<byte>, bool> Read)[] readers =
        [
            ("user", [Written(UserOrder().WriteTo), Written(UserTrade().WriteTo)],
                frame => UserFrames.Read(frame) is not null),
            ("rtds", [Written(output => RtdsFrames.Write(
                output, new(RtdsFrames.Chainlink, "btc/usd", 1, true, [new(1, 2.5m), new(2, 3m)])))],
                frame => RtdsFrames.Read(frame) is not null),
            ("polybolt", [Written(output => PolyBoltFrames.Write(
                output, new PolyBoltFrame.Prices(PolyBoltFrames.Crypto, 1, 2, "btcusd", true, 0, [new(1, 2m)])))],
                frame => PolyBoltFrames.Read(frame) is not null),
            ("sports", [Written(new SportsUpdate { GameId = "1", IsLive = true, Score = "1-0" }.Write)],
                frame => SportsUpdate.Read(frame) is not null),
            ("subscription", [Written(new MarketSubscription(SubscriptionChange.Open, [new("1")]).Write)],
                frame => MarketSubscription.Read(frame) is not null),
            ("gamma", [Encoding.UTF8.GetBytes(GammaBody)], body => parser.Parse(body.Span) is not null),
            ("rest book", [Written(output => MarketFrameWriter.WriteRestBook(output, Book(new Random(3), 1)))],
                body => bodies.DecodeBooks(body.Span) == FrameRefusal.None && bodies.Events.Length > 0),
        ];

        foreach (var (name, originals, read) in readers)
        {
            var mutator = new FrameMutator(11, originals);
            var counts = new int[2];
            for (var number = 0; number < OtherFrames; number++)
                counts[read(mutator.Next()) ? 1 : 0]++;
            Assert.All(counts, count => Assert.True(count > OtherFrames / 50, $"{name}: {counts[0]}, {counts[1]}"));
        }
    }

    // Follows an accepted frame the slow way; true when it was JSON.
    private static bool Follow(MarketBooks books, BookModel model, ReadOnlyMemory<byte> frame)
    {
        if (frame.IsEmpty || books.Decoder.Events is [{ Kind: MarketEventKind.Pong or MarketEventKind.NoNewAssets }])
            return false;
        Assert.True(Utf8.IsValid(frame.Span), Text(frame));
        using var json = JsonDocument.Parse(frame, Deep);
        List<bool> applied = [];
        List<bool> replaced = [];
        foreach (ref readonly var read in books.Decoder.Events)
        {
            replaced.Add(read.IsApplied);
            foreach (ref readonly var change in books.Decoder.Changes(in read))
                applied.Add(change.IsApplied);
        }

        model.Apply(json.RootElement, place => replaced[place], number => number < applied.Count && applied[number]);
        return true;
    }

    private static bool IsJson(ReadOnlyMemory<byte> frame)
    {
        try
        {
            using var json = JsonDocument.Parse(frame);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static List<byte[]> Originals(Random random)
    {
        var originals = new List<byte[]> { "PONG"u8.ToArray(), "NO NEW ASSETS"u8.ToArray() };
        for (var number = 0; number < 40; number++)
        {
            MarketMessage change = new MarketMessage.PriceChange(
                2_000 + number, new("0xabc"), [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Change(random))]);
            originals.Add(Written(output => MarketFrameWriter.Write(output, change)));
            if (number % 4 > 0)
                continue;
            MarketMessage book = Book(random, number);
            originals.Add(Written(output => MarketFrameWriter.Write(output, book)));
            originals.Add(Written(output => MarketFrameWriter.WriteArray(output, [book, change])));
        }

        MarketMessage[] others =
        [
            new MarketMessage.TickSizeChange(1, new("0xabc"), new("222"), TickSize.Cent, TickSize.FromMicros(1_000)),
            new MarketMessage.BestBidAsk(1, new("0xabc"), new("222"), Price.FromDecimal(0.4m), null),
            new MarketMessage.PracticeClock(1),
            new MarketMessage.MarketResolved(1) { Market = new("0xabc"), Tokens = [new("222")], Winner = null },
        ];
        originals.AddRange(others.Select(other => Written(output => MarketFrameWriter.Write(output, other))));
        return originals;
    }

    private static PriceChangeEntry Change(Random random) => new(
        new(Tokens[random.Next(Tokens.Length)]), Price.FromMicros(random.Next(1, 1_000) * 1_000),
        Quantity.FromMicros(random.Next(0, 3) * 12_340_000L), random.Next(2) == 0 ? Side.Buy : Side.Sell,
        $"{random.NextInt64():x16}", Price.FromDecimal(0.4m), null);

    private static MarketMessage.Book Book(Random random, int number) => new(1_000 + number)
    {
        Market = new("0xabc"),
        Token = new(Tokens[random.Next(Tokens.Length)]),
        Hash = $"{random.NextInt64():x16}",
        Bids = [.. Enumerable.Range(1, 6).Select(level => Level(500 - (level * random.Next(1, 20))))],
        Asks = [.. Enumerable.Range(1, 6).Select(level => Level(500 + (level * random.Next(1, 20))))],
    };

    private static Level Level(int mills) => new(Price.FromMicros(mills * 1_000L), Quantity.FromMicros(mills * 7_000L));

    private static MessageOf UserOrder() => new(new UserMessage.OrderChanged(1)
    {
        Kind = OrderEventKind.Update,
        Id = new("0x1"),
        Market = new("0xabc"),
        Token = new("222"),
        Side = Side.Buy,
        Price = Price.FromDecimal(0.4m),
        Status = "LIVE",
    });

    private static MessageOf UserTrade() => new(new UserMessage.TradeChanged(1)
    {
        Id = new("t"),
        TakerOrderId = new("0x2"),
        Market = new("0xabc"),
        Token = new("222"),
        Side = Side.Sell,
        Size = Quantity.FromDecimal(5),
        Price = Price.FromDecimal(0.4m),
        State = TradeState.Matched,
        Makers = [new() { OrderId = new("0x1"), Matched = Quantity.FromDecimal(5), Price = Price.FromDecimal(0.4m) }],
    });

    private static byte[] Written(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return output.WrittenSpan.ToArray();
    }

    private static string Text(ReadOnlyMemory<byte> frame) => Encoding.UTF8.GetString(frame.Span);

    private sealed record MessageOf(UserMessage Message)
    {
        public void WriteTo(IBufferWriter<byte> output) => UserFrames.Write(output, Message);
    }
}
