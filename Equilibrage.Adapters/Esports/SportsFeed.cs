using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Equilibrage.Adapters.Transport;
using Equilibrage.Polymarket.Socket;

namespace Equilibrage.Adapters.Esports;

/// <summary>
/// The exchange's sports channel: every game, without a subscription. The server's text <c>ping</c> is answered, and
/// its silence ends the connection.
/// </summary>
internal sealed class SportsFeed(Uri address, IFrameSocketFactory sockets, TimeProvider clock)
{
    // A slow reader gets the latest scores, not the oldest.
    private const int MostWaiting = 10_000;

    private static readonly SocketCare Care = new() { Ping = ReadOnlyMemory<byte>.Empty };

    private long unread;

    /// <summary>Frames that were no game.</summary>
    public long Unread => Interlocked.Read(ref unread);

    /// <summary>Reads games as they change until canceled; a lost connection is opened again.</summary>
    public async IAsyncEnumerable<SportsUpdate> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var games = Channel.CreateBounded<SportsUpdate>(
            new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });
        var owner = new Owner(this, games.Writer);
        owner.Socket = new(address, sockets, Care, owner, clock, Random.Shared);
        var running = owner.Socket.RunAsync(end.Token);
        try
        {
            await foreach (var game in games.Reader.ReadAllAsync(end.Token))
                yield return game;
        }
        finally
        {
            await end.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private sealed class Owner(SportsFeed feed, ChannelWriter<SportsUpdate> games) : ISocketOwner
    {
        public ReconnectingSocket? Socket { get; set; }

        public ValueTask OpenedAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask ReceivedAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellation)
        {
            if (frame.Span.SequenceEqual("ping"u8))
                Socket!.TrySend("pong"u8.ToArray());
            else if (SportsUpdate.Read(frame) is { } game)
                games.TryWrite(game);
            else
                Interlocked.Increment(ref feed.unread);
            return ValueTask.CompletedTask;
        }

        public ValueTask ClosedAsync(string reason, CancellationToken cancellation) => ValueTask.CompletedTask;
    }
}
