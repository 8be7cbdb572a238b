using System.Buffers;
using System.Text;
using Equilibrage.Adapters.Crypto;
using Equilibrage.Core.Observations;
using Equilibrage.Polymarket.Socket;

namespace Equilibrage.Tests.Unit.Feed;

[Trait("Tier", "Unit")]
public sealed class SpotPriceTests
{
    [Fact]
    public void Rtds_EitherTopic_GivesTheCommonSymbol()
    {
        var protocol = new RtdsProtocol();

        var binance = Assert.Single(protocol.Read(Update(RtdsFrames.Binance, "btcusdt")));
        var oracle = Assert.Single(protocol.Read(Update(RtdsFrames.Binance, "btc/usd")));

        Assert.Equal(new("btcusd", SpotSource.Spot, 61_035.86m, At(1_780_730_269_000)), binance);
        Assert.Equal(new("btcusd", SpotSource.Oracle, 61_035.86m, At(1_780_730_269_000)), oracle);
        Assert.Empty(protocol.Read("{}"u8.ToArray()));
    }

    [Fact]
    public void Rtds_Hello_AsksForEachTopicInAFrameOfItsOwn()
    {
        var frames = new RtdsProtocol().Hello(["btcusd"]).Select(frame => Encoding.UTF8.GetString(frame.Span)).ToList();

        Assert.Equal(2, frames.Count);
        Assert.Contains("btcusdt", frames[0], StringComparison.Ordinal);
        Assert.Contains("btc/usd", frames[1], StringComparison.Ordinal);
    }

    [Fact]
    public void PolyBolt_SpotAndAverage_AreToldApartAndRefusalsKept()
    {
        var protocol = new PolyBoltProtocol(new("k", "s", "p"));

        var spot = protocol.Read(Frame(new PolyBoltFrame.Prices(
            PolyBoltFrames.Crypto, 1, 2, "btcusd", false, 0, [new(1_788_973_001_000, 64_126m)])));
        var average = protocol.Read(Frame(new PolyBoltFrame.Prices(
            PolyBoltFrames.CryptoTwap, 1, 2, "btcusd", true, 0, [])));
        protocol.Read(Frame(new PolyBoltFrame.Refused("auth", "auth_invalid")));

        Assert.Equal(new("btcusd", SpotSource.Spot, 64_126m, At(1_788_973_001_000)), Assert.Single(spot));
        Assert.Empty(average);
        Assert.Equal("auth_invalid", protocol.Refusal);
        Assert.Equal(3, protocol.Hello(["btcusd", "ethusd"]).Count);
    }

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static ReadOnlyMemory<byte> Update(string topic, string symbol)
    {
        var output = new ArrayBufferWriter<byte>();
        RtdsFrames.Write(output, new(topic, symbol, 1, false, [new(1_780_730_269_000, 61_035.86m)]));
        return output.WrittenMemory;
    }

    private static ReadOnlyMemory<byte> Frame(PolyBoltFrame frame)
    {
        var output = new ArrayBufferWriter<byte>();
        PolyBoltFrames.Write(output, frame);
        return output.WrittenMemory;
    }
}
