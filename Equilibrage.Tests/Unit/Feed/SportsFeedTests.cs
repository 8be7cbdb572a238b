using System.Threading.Channels;
using Equilibrage.Adapters.Esports;
using Equilibrage.Adapters.Transport;

namespace Equilibrage.Tests.Unit.Feed;

[Trait("Tier", "Unit")]
public sealed class SportsFeedTests
{
    [Fact]
    public async Task Feed_PingAndGames_IsAnsweredAndRead()
    {
        var socket = new ScriptedSocket(
            "ping"u8.ToArray(), "{}"u8.ToArray(), "{\"gameId\":7,\"live\":true}"u8.ToArray());
        var feed = new SportsFeed(new("ws://venue"), socket, TimeProvider.System);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        await foreach (var game in feed.ReadAsync(limit.Token))
        {
            Assert.Equal(("7", true), (game.GameId, game.IsLive));
            break;
        }

        Assert.Equal(1, feed.Unread);
        Assert.Equal("pong"u8.ToArray(), await socket.Sent.Reader.ReadAsync(limit.Token));
    }

    private sealed class ScriptedSocket(params byte[][] frames) : IFrameSocketFactory, IFrameSocket
    {
        private readonly Queue<byte[]> waiting = new(frames);

        public Channel<byte[]> Sent { get; } = Channel.CreateUnbounded<byte[]>();

        public Task<IFrameSocket> ConnectAsync(Uri address, CancellationToken cancellation) =>
            Task.FromResult<IFrameSocket>(this);

        // The game waits until the answer was sent, as the channel's reader may end with it.
        public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellation)
        {
            if (waiting.Count <= 1)
                await Sent.Reader.WaitToReadAsync(cancellation);
            if (waiting.TryDequeue(out var frame))
                return frame;
            return null;
        }

        public ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellation) =>
            Sent.Writer.WriteAsync(frame.ToArray(), cancellation);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
