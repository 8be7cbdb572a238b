using System.Net.WebSockets;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Sandbox.Server.Channels;

/// <summary>
/// One WebSocket connection. Frames to it wait in a bounded queue; a reader that lets the queue fill up is cut off, as
/// it could only fall further behind.
/// </summary>
internal sealed class SocketPeer(WebSocket socket, long number, TimeProvider wall, ILogger logger)
{
    private const int MostWaiting = 8_192;
    private const int LongestMessage = 1 << 20;
    private const int ReadBuffer = 16 * 1024;

    private static readonly byte[] Pong = "PONG"u8.ToArray();

    private readonly Channel<ReadOnlyMemory<byte>> waiting = Channel.CreateBounded<ReadOnlyMemory<byte>>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    private volatile bool isCut;

    /// <summary>Number of the connection, counted from the server's start.</summary>
    public long Number { get; } = number;

    /// <summary>When the last message came, in the wall clock's ticks.</summary>
    public long HeardAt { get; private set; } = wall.GetTimestamp();

    /// <summary>True once it was cut off.</summary>
    public bool IsCut => isCut;

    /// <summary>Queues a text frame; false when the connection is, or now was, cut off.</summary>
    public bool Send(ReadOnlyMemory<byte> frame)
    {
        if (isCut)
            return false;
        if (waiting.Writer.TryWrite(frame))
            return true;
        logger.LogInformation("Connection {Number} takes no more frames and is cut off.", Number);
        Cut();
        return false;
    }

    /// <summary>Ends the connection without a closing handshake.</summary>
    public void Cut()
    {
        isCut = true;
        waiting.Writer.TryComplete();
        socket.Abort();
    }

    /// <summary>Ends the connection in order, after what is queued.</summary>
    public void Close() => waiting.Writer.TryComplete();

    /// <summary>Serves the connection until it ends.</summary>
    /// <param name="hear">Gets each message but <c>PING</c>, which is answered here.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(Action<ReadOnlyMemory<byte>> hear, CancellationToken cancellation)
    {
        var sending = SendAllAsync(cancellation);
        try
        {
            await ReceiveAllAsync(hear, cancellation);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException)
        {
            logger.LogDebug(error, "Connection {Number} ended.", Number);
        }
        finally
        {
            waiting.Writer.TryComplete();
            await sending;
        }
    }

    private async Task SendAllAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (var frame in waiting.Reader.ReadAllAsync(cancellation))
            {
                await socket.SendAsync(
                    frame, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, cancellation);
            }

            if (!isCut && socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellation);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException
            or ObjectDisposedException)
        {
            logger.LogDebug(error, "Connection {Number} takes no more frames.", Number);
            Cut();
        }
    }

    private async Task ReceiveAllAsync(Action<ReadOnlyMemory<byte>> hear, CancellationToken cancellation)
    {
        var buffer = new byte[ReadBuffer];
        var length = 0;
        while (true)
        {
            var result = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
            if (result.MessageType == WebSocketMessageType.Close)
                return;
            length += result.Count;
            if (result.EndOfMessage)
            {
                Hear(buffer.AsMemory(0, length), hear);
                length = 0;
            }
            else if (length == LongestMessage)
            {
                logger.LogInformation("Connection {Number} sent a message that is too long.", Number);
                Cut();
                return;
            }
            else if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(LongestMessage, 2 * buffer.Length));
            }
        }
    }

    private void Hear(ReadOnlyMemory<byte> message, Action<ReadOnlyMemory<byte>> hear)
    {
        HeardAt = wall.GetTimestamp();
        if (message.Span.SequenceEqual("PING"u8))
            Send(Pong);
        else if (!message.Span.SequenceEqual("PONG"u8) && !message.Span.SequenceEqual("pong"u8))
            hear(message);
    }
}
