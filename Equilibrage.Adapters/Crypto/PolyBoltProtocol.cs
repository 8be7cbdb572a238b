using System.Buffers;
using Equilibrage.Adapters.Transport;
using Equilibrage.Core.Observations;
using Equilibrage.Polymarket.Socket;

namespace Equilibrage.Adapters.Crypto;

/// <summary>The newer live-data socket: spot prices and 60-second averages, for those who have an API key.</summary>
internal sealed class PolyBoltProtocol(SocketCredentials credentials) : IPriceProtocol
{
    private const int Window = 60;

    public SocketCare Care { get; } = new()
    {
        Ping = Frame(new PolyBoltFrame.Ping()),
        DeadAfter = TimeSpan.FromSeconds(15),
        PingEvery = TimeSpan.FromSeconds(5),
    };

    /// <summary>Requests that were refused, with the source's words; the latest.</summary>
    public string? Refusal { get; private set; }

    public IReadOnlyList<ReadOnlyMemory<byte>> Hello(IReadOnlyCollection<string> symbols) =>
    [
        Frame(new PolyBoltFrame.Auth("auth", credentials)),
        Frame(new PolyBoltFrame.Subscribe("spot", [.. symbols.Select(symbol =>
            new PolyBoltSubscription(PolyBoltFrames.Crypto, symbol))])),
        Frame(new PolyBoltFrame.Subscribe("average", [.. symbols.Select(symbol =>
            new PolyBoltSubscription(PolyBoltFrames.CryptoTwap, symbol, Window))])),
    ];

    public IReadOnlyList<SpotPrice> Read(ReadOnlyMemory<byte> frame)
    {
        var read = PolyBoltFrames.Read(frame);
        if (read is PolyBoltFrame.Refused refused)
            Refusal = refused.Error;
        if (read is not PolyBoltFrame.Prices prices)
            return [];
        var source = prices.Channel == PolyBoltFrames.CryptoTwap ? SpotSource.Average : SpotSource.Spot;
        return [.. prices.Points.Select(point => new SpotPrice(
            prices.Symbol, source, point.Value, DateTimeOffset.FromUnixTimeMilliseconds(point.TimestampMs)))];
    }

    private static ReadOnlyMemory<byte> Frame(PolyBoltFrame frame)
    {
        var output = new ArrayBufferWriter<byte>();
        PolyBoltFrames.Write(output, frame);
        return output.WrittenMemory;
    }
}
