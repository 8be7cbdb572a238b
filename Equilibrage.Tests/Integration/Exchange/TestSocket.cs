using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Equilibrage.Tests.Integration.Exchange;

/// <summary>A WebSocket client that reads text frames.</summary>
internal sealed class TestSocket(ClientWebSocket socket) : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public Task SendAsync(string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, default);

    /// <summary>The next frame's text, or null when the connection ended.</summary>
    public async Task<string?> ReadAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        using var text = new MemoryStream();
        var part = new byte[16 * 1024];
        while (true)
        {
            var read = await socket.ReceiveAsync(part.AsMemory(), limit.Token);
            if (read.MessageType == WebSocketMessageType.Close)
                return null;
            text.Write(part, 0, read.Count);
            if (read.EndOfMessage)
                return Encoding.UTF8.GetString(text.ToArray());
        }
    }

    /// <summary>Reads until an event of a type comes; arrays are looked through.</summary>
    public async Task<JsonElement> ReadEventAsync(string type, Func<JsonElement, bool>? isIt = null)
    {
        while (true)
        {
            var text = await ReadAsync() ?? throw new EndOfStreamException("The connection ended.");
            if (text[0] is not ('{' or '['))
                continue;
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var events = root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().ToList() : [root];
            foreach (var each in events)
            {
                if (each.TryGetProperty("event_type", out var kind) && kind.GetString() == type
                    && isIt?.Invoke(each) != false)
                    return each.Clone();
            }
        }
    }

    public void Dispose() => socket.Dispose();
}
