namespace Equilibrage.Adapters.Transport;

/// <summary>One open WebSocket, seen as whole text frames.</summary>
internal interface IFrameSocket : IAsyncDisposable
{
    /// <summary>
    /// The next whole frame, valid until the next call; null when the other side closed.
    /// </summary>
    /// <exception cref="System.Net.WebSockets.WebSocketException">The connection broke.</exception>
    /// <exception cref="IOException">A frame is larger than allowed.</exception>
    ValueTask<ReadOnlyMemory<byte>?> ReceiveAsync(CancellationToken cancellation);

    /// <summary>Sends one text frame. One sender at a time.</summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellation);
}

/// <summary>Opens sockets.</summary>
internal interface IFrameSocketFactory
{
    /// <summary>Opens one.</summary>
    /// <exception cref="System.Net.WebSockets.WebSocketException">It cannot be opened now.</exception>
    Task<IFrameSocket> ConnectAsync(Uri address, CancellationToken cancellation);
}
