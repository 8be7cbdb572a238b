using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Equilibrage.Tests.Support;

/// <summary>
/// Carries bytes between a client and a server of HTTP, and counts the requests that may change something: what really
/// left the client.
/// </summary>
internal sealed class WatchedRelay : IAsyncDisposable
{
    // The longest word that is looked for may be cut by the end of a read.
    private const int Overlap = 32;

    private static readonly string[] Sends = ["POST /order", "POST /orders", "DELETE /", "POST /submit", "POST /rpc"];

    private readonly Uri _server;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _ending = new();
    private readonly ConcurrentQueue<string> _sent = new();
    private readonly Task _accepting;

    public WatchedRelay(Uri server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients connect to.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>The requests that may have changed something, in the order in which they left.</summary>
    public IReadOnlyList<string> Sent => [.. _sent];

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            var client = await _listener.AcceptTcpClientAsync(_ending.Token);
            _ = RelayAsync(client);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(_server.Host, _server.Port, _ending.Token);
                await Task.WhenAny(
                    PumpAsync(client.GetStream(), server.GetStream(), isWatched: true),
                    PumpAsync(server.GetStream(), client.GetStream(), isWatched: false));
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException)
            {
                _sent.Enqueue($"(no connection: {error.Message})");
            }
        }
    }

    private async Task PumpAsync(NetworkStream from, NetworkStream to, bool isWatched)
    {
        var buffer = new byte[64 * 1024];
        var tail = "";
        try
        {
            while (await from.ReadAsync(buffer, _ending.Token) is > 0 and var count)
            {
                if (isWatched)
                    tail = Watch(tail, Encoding.Latin1.GetString(buffer, 0, count));
                await to.WriteAsync(buffer.AsMemory(0, count), _ending.Token);
            }
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One side went away, as a killed process does.
            Closed++;
        }
    }

    /// <summary>Connections that broke.</summary>
    public int Closed { get; private set; }

    private string Watch(string tail, string text)
    {
        var seen = tail + text;
        foreach (var send in Sends)
        {
            for (var at = seen.IndexOf(send, StringComparison.Ordinal); at >= 0;
                at = seen.IndexOf(send, at + 1, StringComparison.Ordinal))
            {
                if (at + send.Length > tail.Length)
                    _sent.Enqueue(send);
            }
        }

        return seen[^Math.Min(Overlap, seen.Length)..];
    }
}
