using System.Net.WebSockets;

namespace Equilibrage.Adapters.Transport;

/// <summary>Frames over the framework's own client.</summary>
/// <param name="largestFrame">Bytes that a received frame may have.</param>
internal sealed class ClientFrameSocketFactory(int largestFrame) : IFrameSocketFactory
{
    public async Task<IFrameSocket> ConnectAsync(Uri address, CancellationToken cancellation)
    {
        var socket = new ClientWebSocket();
        try
        {
            // The channels want text of their own as a sign of life, so the protocol's own is left out.
            socket.Options.KeepAliveInterval = TimeSpan.Zero;
            await socket.ConnectAsync(address, cancellation);
            return new ClientFrameSocket(socket, largestFrame);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class ClientFrameSocket(ClientWebSocket socket, int largestFrame) : IFrameSocket
    {
        private static readonly TimeSpan CloseWithin = TimeSpan.FromSeconds(1);
        private byte[] buffer = new byte[16 * 1024];

        public async ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellation)
        {
            var length = 0;
            while (true)
            {
                if (length == buffer.Length)
                    Grow();
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation);
                if (part.MessageType == WebSocketMessageType.Close)
                    return null;
                length += part.Count;
                if (part.EndOfMessage)
                    return buffer.AsMemory(0, length);
            }
        }

        public ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellation) =>
            socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, cancellation);

        public async ValueTask DisposeAsync()
        {
            using var limit = new CancellationTokenSource(CloseWithin);
            try
            {
                if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
            }
            catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or IOException)
            {
                // A connection that is gone cannot be closed politely.
                socket.Abort();
            }

            socket.Dispose();
        }

        private void Grow()
        {
            if (buffer.Length >= largestFrame)
                throw new IOException($"A frame has more than {largestFrame} bytes.");
            Array.Resize(ref buffer, Math.Min(buffer.Length * 2, largestFrame));
        }
    }
}
