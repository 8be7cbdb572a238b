using System.Net.WebSockets;
using Equilibrage.Sandbox.Server.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Sandbox.Server.Channels;

/// <summary>Accepts WebSocket connections, so many at a time.</summary>
internal sealed class Sockets(TimeProvider wall, ILogger logger, CancellationToken stopping)
{
    private const int MostConnections = 2_000;

    private long count;
    private int open;

    /// <summary>Takes a request over as a connection and serves it to its end.</summary>
    public async Task ServeAsync(HttpContext http, Func<SocketPeer, CancellationToken, Task> serve)
    {
        if (!http.WebSockets.IsWebSocketRequest)
            throw new BadRequestException("This path speaks WebSocket alone.", StatusCodes.Status426UpgradeRequired);
        if (Interlocked.Increment(ref open) > MostConnections)
        {
            Interlocked.Decrement(ref open);
            throw new BadRequestException("Too many connections.", StatusCodes.Status503ServiceUnavailable);
        }

        try
        {
            using var socket = await http.WebSockets.AcceptWebSocketAsync();
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, http.RequestAborted);
            await serve(new(socket, Interlocked.Increment(ref count), wall, logger), either.Token);
        }
        catch (WebSocketException error)
        {
            logger.LogDebug(error, "A WebSocket connection ended early.");
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }
    }
}
