using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Equilibrage.Adapters.Transport;
using Equilibrage.Core.Observations;
using Equilibrage.Core.Ports;

namespace Equilibrage.Adapters.Crypto;

/// <summary>Spot prices over either of the exchange's live-data sockets.</summary>
internal sealed class SpotPriceFeed(
    Uri address, IPriceProtocol protocol, IFrameSocketFactory sockets, TimeProvider clock) : ISpotPrices
{
    // A slow reader gets the latest prices, not the oldest.
    private const int MostWaiting = 10_000;

    /// <inheritdoc/>
    public async IAsyncEnumerable<SpotPrice> ReadAsync(
        IReadOnlyCollection<string> symbols, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var prices = Channel.CreateBounded<SpotPrice>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });
        var owner = new Owner(protocol, symbols, prices.Writer);
        var socket = new ReconnectingSocket(address, sockets, protocol.Care, owner, clock, Random.Shared);
        owner.Socket = socket;
        var running = socket.RunAsync(end.Token);
        var told = new Dictionary<(string, SpotSource), DateTimeOffset>();
        try
        {
            await foreach (var price in prices.Reader.ReadAllAsync(end.Token))
            {
                // A new connection begins with a past that was told already.
                var key = (price.Symbol, price.Source);
                if (told.TryGetValue(key, out var last) && price.At <= last)
                    continue;
                told[key] = price.At;
                yield return price;
            }
        }
        finally
        {
            await end.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private sealed class Owner(
        IPriceProtocol protocol, IReadOnlyCollection<string> symbols, ChannelWriter<SpotPrice> prices) : ISocketOwner
    {
        public ReconnectingSocket? Socket { get; set; }

        public ValueTask OpenedAsync(CancellationToken cancellation)
        {
            foreach (var frame in protocol.Hello(symbols))
                Socket!.TrySend(frame);
            return ValueTask.CompletedTask;
        }

        public ValueTask ReceivedAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellation)
        {
            foreach (var price in protocol.Read(frame))
                prices.TryWrite(price);
            return ValueTask.CompletedTask;
        }

        public ValueTask ClosedAsync(string reason, CancellationToken cancellation) => ValueTask.CompletedTask;
    }
}
