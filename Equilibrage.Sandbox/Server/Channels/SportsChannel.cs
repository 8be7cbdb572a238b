using Microsoft.Extensions.Logging;

namespace Equilibrage.Sandbox.Server.Channels;

/// <summary>
/// The sports channel. No game is played in the practice world, so it only lives: a <c>ping</c> every five seconds of
/// wall time, and a connection that leaves one unanswered for fifteen is ended.
/// </summary>
internal sealed class SportsChannel(TimeProvider wall, ILogger logger)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly byte[] Ping = "ping"u8.ToArray();

    /// <summary>Serves one connection until it ends.</summary>
    public async Task ServeAsync(SocketPeer peer, CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var pinging = PingAsync(peer, ending.Token);
        try
        {
            await peer.RunAsync(_ => { }, cancellation);
        }
        finally
        {
            await ending.CancelAsync();
            await pinging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PingAsync(SocketPeer peer, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Period, wall);
        do
        {
            if (wall.GetElapsedTime(peer.HeardAt) > Patience)
            {
                logger.LogDebug("Connection {Number} leaves pings unanswered.", peer.Number);
                peer.Cut();
                return;
            }

            peer.Send(Ping);
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }
}
