using System.Net.WebSockets;
using System.Threading.Channels;

namespace Equilibrage.Adapters.Transport;

/// <summary>What a <see cref="ReconnectingSocket"/> tells its owner, in order, from one loop.</summary>
internal interface ISocketOwner
{
    /// <summary>A connection is open; nothing was received on it yet.</summary>
    ValueTask OpenedAsync(CancellationToken cancellation);

    /// <summary>A whole frame, valid until the returned task is done.</summary>
    ValueTask ReceivedAsync(ReadOnlyMemory<byte> frame, CancellationToken cancellation);

    /// <summary>The connection is gone, or none could be opened; another attempt follows.</summary>
    ValueTask ClosedAsync(string reason, CancellationToken cancellation);
}

/// <summary>How a socket is kept alive and brought back.</summary>
internal sealed record SocketCare
{
    /// <summary>How often a sign of life is sent.</summary>
    public TimeSpan PingEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The sign of life; empty for none.</summary>
    public ReadOnlyMemory<byte> Ping { get; init; } = "PING"u8.ToArray();

    /// <summary>Without any frame for this long, the connection counts as dead.</summary>
    public TimeSpan DeadAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Waits between attempts.</summary>
    public Backoff Backoff { get; init; } = Backoff.ForSockets;

    /// <summary>Frames that may wait to be sent; more end the connection, whose owner then starts afresh.</summary>
    public int MostWaiting { get; init; } = 1024;
}

/// <summary>
/// Keeps one connection open for as long as it runs: signs of life, a watchdog, and attempts with growing waits. Frames
/// that wait to be sent belong to one connection and are dropped with it.
/// </summary>
internal sealed class ReconnectingSocket(
    Uri address, IFrameSocketFactory factory, SocketCare care, ISocketOwner owner, TimeProvider clock, Random random)
{
    private volatile Connection? current;

    /// <summary>
    /// Queues a frame on the open connection. False when none is open (or it cannot take more and is being ended):
    /// nothing was sent, and the owner will hear of the next connection.
    /// </summary>
    public bool TrySend(ReadOnlyMemory<byte> frame)
    {
        if (current is not { } connection)
            return false;
        if (connection.Outbox.Writer.TryWrite(frame))
            return true;
        connection.Abort();
        return false;
    }

    /// <summary>Runs until canceled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var failures = 0;
        while (!cancellation.IsCancellationRequested)
        {
            var (heard, reason) = await RunOnceAsync(cancellation);
            if (cancellation.IsCancellationRequested)
                return;
            await owner.ClosedAsync(reason, cancellation);
            // A connection that brought something was good: the next attempt begins with the short wait.
            failures = heard ? 1 : failures + 1;
            await Task.Delay(care.Backoff.WaitFor(failures, random.NextDouble()), clock, cancellation)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<(bool Heard, string Reason)> RunOnceAsync(CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var connection = new Connection(care.MostWaiting, end, clock.GetTimestamp());
        try
        {
            await using var socket = await factory.ConnectAsync(address, end.Token);
            connection.LastHeard = clock.GetTimestamp();
            current = connection;
            await owner.OpenedAsync(end.Token);
            var sending = SendAsync(socket, connection);
            var watching = WatchAsync(connection);
            try
            {
                await ReceiveAsync(socket, connection);
            }
            finally
            {
                current = null;
                await end.CancelAsync();
                await Task.WhenAll(sending, watching).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return (connection.HasHeard, connection.Reason ?? "closed by the other side");
        }
        catch (OperationCanceledException)
        {
            return (connection.HasHeard, connection.Reason ?? "ended");
        }
        catch (Exception failure) when (failure is WebSocketException or IOException or HttpRequestException
            or InvalidOperationException)
        {
            return (connection.HasHeard, connection.Reason ?? failure.Message);
        }
        finally
        {
            current = null;
        }
    }

    private async Task ReceiveAsync(IFrameSocket socket, Connection connection)
    {
        while (await socket.ReceiveAsync(connection.End.Token) is { } frame)
        {
            connection.LastHeard = clock.GetTimestamp();
            connection.HasHeard = true;
            await owner.ReceivedAsync(frame, connection.End.Token);
        }
    }

    private static async Task SendAsync(IFrameSocket socket, Connection connection)
    {
        try
        {
            await foreach (var frame in connection.Outbox.Reader.ReadAllAsync(connection.End.Token))
                await socket.SendAsync(frame, connection.End.Token);
        }
        catch (Exception failure) when (failure is WebSocketException or IOException or ObjectDisposedException)
        {
            // What cannot be sent ends the connection, and the reason goes to the owner.
            connection.Reason = failure.Message;
            await connection.End.CancelAsync();
        }
    }

    private async Task WatchAsync(Connection connection)
    {
        using var timer = new PeriodicTimer(care.PingEvery, clock);
        while (await timer.WaitForNextTickAsync(connection.End.Token))
        {
            var silence = clock.GetElapsedTime(connection.LastHeard);
            if (silence >= care.DeadAfter)
            {
                connection.Reason = $"silent for {silence.TotalSeconds:0} s";
                await connection.End.CancelAsync();
                return;
            }

            if (!care.Ping.IsEmpty)
                TrySend(care.Ping);
        }
    }

    private sealed class Connection(int mostWaiting, CancellationTokenSource end, long now)
    {
        private long lastHeard = now;

        public CancellationTokenSource End { get; } = end;

        public Channel<ReadOnlyMemory<byte>> Outbox { get; } =
            Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(mostWaiting) { SingleReader = true });

        public long LastHeard
        {
            get => Interlocked.Read(ref lastHeard);
            set => Interlocked.Exchange(ref lastHeard, value);
        }

        public bool HasHeard { get; set; }

        public string? Reason { get; set; }

        public void Abort()
        {
            try
            {
                Reason = "more waits to be sent than fits";
                End.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It ended by itself in this moment, which is what was wanted.
                Reason = null;
            }
        }
    }
}
