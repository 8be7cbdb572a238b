using System.Buffers;
using System.Text;
using Equilibrage.Polymarket.Socket;

namespace Equilibrage.Tests.Unit.Socket;

[Trait("Tier", "Unit")]
public sealed class PriceFrameTests
{
    [Fact]
    public void Rtds_VerbatimUpdate_IsReadExactly()
    {
        var prices = RtdsFrames.Read(Bytes("""
            {"topic":"crypto_prices","type":"update","timestamp":1780730269142,
             "payload":{"symbol":"btcusdt","timestamp":1780730269000,"value":61035.86,
             "full_accuracy_value":"61035.86000001"}}
            """));

        Assert.Equal(("btcusdt", false), (prices?.Symbol, prices?.IsBacklog));
        Assert.Equal(new PricePoint(1_780_730_269_000, 61_035.86000001m), Assert.Single(prices!.Points));
    }

    [Fact]
    public void Rtds_WrittenBacklogAndRequest_AreReadBack()
    {
        var backlog = new RtdsPrices(
            RtdsFrames.Chainlink, "btc/usd", 5_000_000_000_000, true, [new(1, 2.5m), new(1_780_730_269_000, 3m)]);
        IReadOnlyList<RtdsSubscription> request =
            [new(RtdsFrames.Binance, "update", "btcusdt"), new("activity", "trades", null)];

        var read = RtdsFrames.Read(Written(output => RtdsFrames.Write(output, backlog)))!;
        var asked = RtdsFrames.ReadSubscribe(Written(output => RtdsFrames.WriteSubscribe(output, request)));

        Assert.Equal((backlog.Topic, backlog.Symbol, true), (read.Topic, read.Symbol, read.IsBacklog));
        Assert.Equal(backlog.Points[1], read.Points[1]);
        Assert.Equal(request, asked);
    }

    [Theory]
    [InlineData("")]
    [InlineData("""{"message":"unauthorized","statusCode":401}""")]
    [InlineData("""{"payload":{"symbol":"btcusdt","timestamp":1,"value":-1}}""")]
    [InlineData("""{"payload":{"symbol":"btcusdt","data":[{"timestamp":1}]}}""")]
    public void Rtds_WhatIsNoPrice_IsRefused(string frame) => Assert.Null(RtdsFrames.Read(Bytes(frame)));

    public static TheoryData<PolyBoltFrame> EveryPlainFrame =>
    [
        new PolyBoltFrame.Auth("a1", new("k", "s", "p")),
        new PolyBoltFrame.Authed("a1"),
        new PolyBoltFrame.Subscribed("s1", PolyBoltFrames.Crypto),
        new PolyBoltFrame.Refused("s1", "auth_required"),
        new PolyBoltFrame.Ping(),
        new PolyBoltFrame.Pong(),
    ];

    [Theory]
    [MemberData(nameof(EveryPlainFrame))]
    public void PolyBolt_EveryFrame_IsReadBack(PolyBoltFrame frame) =>
        Assert.Equal(frame, PolyBoltFrames.Read(Written(output => PolyBoltFrames.Write(output, frame))));

    [Fact]
    public void PolyBolt_PricesAndRequests_AreReadBack()
    {
        var prices = new PolyBoltFrame.Prices(
            PolyBoltFrames.CryptoTwap, 7, 1_788_973_001_000, "btcusd", true, 2, [new(1_788_973_001_000, 64_126m)]);
        var request = new PolyBoltFrame.Subscribe(
            "s1", [new(PolyBoltFrames.CryptoTwap, "btcusd", 60), new(PolyBoltFrames.Crypto, "ethusd")]);

        var read = Assert.IsType<PolyBoltFrame.Prices>(
            PolyBoltFrames.Read(Written(output => PolyBoltFrames.Write(output, prices))));
        var asked = Assert.IsType<PolyBoltFrame.Subscribe>(
            PolyBoltFrames.Read(Written(output => PolyBoltFrames.Write(output, request))));

        Assert.Equal(prices.Points, read.Points);
        Assert.Equal(prices, read with { Points = prices.Points });
        Assert.Equal(request.Subscriptions, asked.Subscriptions);
    }

    [Fact]
    public void Sports_WrittenGame_IsReadBack()
    {
        var game = new SportsUpdate
        {
            GameId = "1",
            League = "nba",
            HomeTeam = "A",
            AwayTeam = "B",
            IsLive = true,
            Score = "1-0",
            Turn = "A",
        };

        Assert.Equal(game, SportsUpdate.Read(Written(game.Write)));
        Assert.Null(SportsUpdate.Read(Bytes("""{"type":"other"}""")));
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static ReadOnlyMemory<byte> Written(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return output.WrittenMemory;
    }
}
