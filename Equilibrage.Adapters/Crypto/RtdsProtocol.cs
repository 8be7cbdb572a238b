using System.Buffers;
using Equilibrage.Adapters.Transport;
using Equilibrage.Core.Observations;
using Equilibrage.Polymarket.Socket;

namespace Equilibrage.Adapters.Crypto;

/// <summary>
/// The legacy live-data socket: Binance and Chainlink prices. One unknown topic spoils a whole request, so that each
/// subscription is a frame of its own; streams freeze silently, so that silence is short.
/// </summary>
internal sealed class RtdsProtocol : IPriceProtocol
{
    public SocketCare Care { get; } = new()
    {
        PingEvery = TimeSpan.FromSeconds(5),
        DeadAfter = TimeSpan.FromSeconds(15),
    };

    public IReadOnlyList<ReadOnlyMemory<byte>> Hello(IReadOnlyCollection<string> symbols) =>
        [.. symbols.SelectMany(symbol => new[]
        {
            Frame(new(RtdsFrames.Binance, "update", BinanceName(symbol))),
            Frame(new(RtdsFrames.Chainlink, "update", ChainlinkName(symbol))),
        })];

    public IReadOnlyList<SpotPrice> Read(ReadOnlyMemory<byte> frame)
    {
        if (RtdsFrames.Read(frame) is not { } prices)
            return [];
        // A backlog's topic can be wrong; the symbol's form tells the source.
        var source = prices.Symbol.Contains('/') ? SpotSource.Oracle : SpotSource.Spot;
        var symbol = CommonName(prices.Symbol);
        return [.. prices.Points.Select(point => new SpotPrice(
            symbol, source, point.Value, DateTimeOffset.FromUnixTimeMilliseconds(point.TimestampMs)))];
    }

    private static string BinanceName(string symbol) => symbol + "t";

    private static string ChainlinkName(string symbol) => $"{symbol[..^3]}/{symbol[^3..]}";

    private static string CommonName(string symbol)
    {
        var plain = symbol.Replace("/", "", StringComparison.Ordinal).ToLowerInvariant();
        return plain.EndsWith("usdt", StringComparison.Ordinal) ? plain[..^1] : plain;
    }

    private static ReadOnlyMemory<byte> Frame(RtdsSubscription subscription)
    {
        var frame = new ArrayBufferWriter<byte>();
        RtdsFrames.WriteSubscribe(frame, [subscription]);
        return frame.WrittenMemory;
    }
}
