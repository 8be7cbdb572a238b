using System.Buffers;
using System.Text.Json;

namespace Equilibrage.Polymarket.Socket;

/// <summary>A subscription of PolyBolt.</summary>
/// <param name="Channel">Such as <c>price.crypto</c>.</param>
/// <param name="Symbol">Such as <c>btcusd</c>.</param>
/// <param name="WindowSeconds">Length of an average in seconds, for <c>…twap</c> channels (60); null else.</param>
public sealed record PolyBoltSubscription(string Channel, string Symbol, int? WindowSeconds = null);

/// <summary>One frame of PolyBolt, either way.</summary>
public abstract record PolyBoltFrame
{
    /// <summary>The client's first frame.</summary>
    public sealed record Auth(string RequestId, SocketCredentials Credentials) : PolyBoltFrame;

    /// <summary>The client's request.</summary>
    public sealed record Subscribe(string RequestId, IReadOnlyList<PolyBoltSubscription> Subscriptions)
        : PolyBoltFrame;

    /// <summary>The client's sign of life.</summary>
    public sealed record Ping : PolyBoltFrame;

    /// <summary>The key was accepted.</summary>
    public sealed record Authed(string RequestId) : PolyBoltFrame;

    /// <summary>A channel was subscribed.</summary>
    public sealed record Subscribed(string RequestId, string Channel) : PolyBoltFrame;

    /// <summary>An answer to <see cref="Ping"/>.</summary>
    public sealed record Pong : PolyBoltFrame;

    /// <summary>A request was refused; the socket stays open.</summary>
    public sealed record Refused(string RequestId, string Error) : PolyBoltFrame;

    /// <summary>Prices of one symbol.</summary>
    /// <param name="Channel">The channel.</param>
    /// <param name="Sequence">Consecutive per connection and channel: a gap is a loss.</param>
    /// <param name="TimestampMs">When it was sent, Unix milliseconds.</param>
    /// <param name="Symbol">The symbol.</param>
    /// <param name="IsSnapshot">True for the two minutes sent first.</param>
    /// <param name="Dropped">Frames that the server dropped before this one.</param>
    /// <param name="Points">The prices, oldest first as sent.</param>
    public sealed record Prices(
        string Channel, long Sequence, long TimestampMs, string Symbol, bool IsSnapshot, long Dropped,
        IReadOnlyList<PricePoint> Points) : PolyBoltFrame;
}

/// <summary>Reads and writes PolyBolt's frames, both directions.</summary>
public static class PolyBoltFrames
{
    /// <summary>Spot prices of crypto currencies.</summary>
    public const string Crypto = "price.crypto";

    /// <summary>Their 60-second averages, by which markets settle.</summary>
    public const string CryptoTwap = "price.crypto.twap";

    /// <summary>Writes one frame.</summary>
    public static void Write(IBufferWriter<byte> output, PolyBoltFrame frame)
    {
        using var json = new Utf8JsonWriter(output, FrameText.Options);
        json.WriteStartObject();
        switch (frame)
        {
            case PolyBoltFrame.Auth auth: WriteAuth(json, auth); break;
            case PolyBoltFrame.Subscribe subscribe: WriteSubscribe(json, subscribe); break;
            case PolyBoltFrame.Ping: json.WriteString("op"u8, "ping"u8); break;
            case PolyBoltFrame.Pong: json.WriteString("op"u8, "pong"u8); break;
            case PolyBoltFrame.Authed authed:
                json.WriteString("op"u8, "authed"u8);
                json.WriteString("rid"u8, authed.RequestId);
                break;
            case PolyBoltFrame.Subscribed subscribed:
                json.WriteString("op"u8, "subscribed"u8);
                json.WriteString("channel"u8, subscribed.Channel);
                json.WriteString("rid"u8, subscribed.RequestId);
                break;
            case PolyBoltFrame.Refused refused:
                json.WriteString("op"u8, "error"u8);
                json.WriteString("rid"u8, refused.RequestId);
                json.WriteString("error"u8, refused.Error);
                break;
            case PolyBoltFrame.Prices prices: WritePrices(json, prices); break;
            default: throw new ArgumentException($"No frame carries {frame}.", nameof(frame));
        }

        json.WriteEndObject();
    }

    /// <summary>Reads one frame; null when it is malformed or of a kind that is not known.</summary>
    public static PolyBoltFrame? Read(ReadOnlyMemory<byte> frame)
    {
        using var document = JsonRead.Object(frame);
        if (document is null)
            return null;
        var json = document.RootElement;
        var request = json.Text("rid") ?? "";
        return json.Text("op") switch
        {
            "auth" => json.TryGetProperty("auth", out var auth) && auth.Text("apiKey") is { } key
                ? new PolyBoltFrame.Auth(
                    request, new(key, auth.Text("secret") ?? "", auth.Text("passphrase") ?? ""))
                : null,
            "subscribe" => ReadSubscribe(json, request),
            "ping" => new PolyBoltFrame.Ping(),
            "pong" => new PolyBoltFrame.Pong(),
            "authed" => new PolyBoltFrame.Authed(request),
            "subscribed" => new PolyBoltFrame.Subscribed(request, json.Text("channel") ?? ""),
            null when json.TryGetProperty("payload", out var payload) => ReadPrices(json, payload),
            _ => json.Text("error") is { } error ? new PolyBoltFrame.Refused(request, error) : null,
        };
    }

    private static PolyBoltFrame.Subscribe? ReadSubscribe(JsonElement json, string request)
    {
        if (!json.TryGetProperty("subscriptions", out var list) || list.ValueKind != JsonValueKind.Array)
            return null;
        var subscriptions = new List<PolyBoltSubscription>();
        foreach (var item in list.EnumerateArray())
        {
            if (item.Text("channel") is not { } channel || !item.TryGetProperty("filter", out var filter)
                || filter.Text("symbol") is not { } symbol)
                return null;
            subscriptions.Add(new(channel, symbol, (int?)filter.Number("window_seconds")));
        }

        return new(request, subscriptions);
    }

    private static PolyBoltFrame.Prices? ReadPrices(JsonElement json, JsonElement payload) =>
        json.Text("channel") is { } channel && payload.Text("symbol") is { } symbol
        && PricePoint.ReadAll(payload) is { } points
            ? new(channel, json.Number("seq") ?? 0, json.TimeMs("ts") ?? 0, symbol,
                json.Flag("snapshot") ?? false, json.Number("dropped") ?? 0, points)
            : null;

    private static void WriteAuth(Utf8JsonWriter json, PolyBoltFrame.Auth auth)
    {
        json.WriteString("op"u8, "auth"u8);
        json.WriteString("rid"u8, auth.RequestId);
        json.WriteStartObject("auth"u8);
        json.WriteString("apiKey"u8, auth.Credentials.ApiKey);
        json.WriteString("secret"u8, auth.Credentials.Secret);
        json.WriteString("passphrase"u8, auth.Credentials.Passphrase);
        json.WriteEndObject();
    }

    private static void WriteSubscribe(Utf8JsonWriter json, PolyBoltFrame.Subscribe subscribe)
    {
        json.WriteString("op"u8, "subscribe"u8);
        json.WriteString("rid"u8, subscribe.RequestId);
        json.WriteStartArray("subscriptions"u8);
        foreach (var subscription in subscribe.Subscriptions)
        {
            json.WriteStartObject();
            json.WriteString("channel"u8, subscription.Channel);
            json.WriteStartObject("filter"u8);
            json.WriteString("symbol"u8, subscription.Symbol);
            if (subscription.WindowSeconds is { } window)
                json.WriteNumber("window_seconds"u8, window);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePrices(Utf8JsonWriter json, PolyBoltFrame.Prices prices)
    {
        json.WriteNumber("v"u8, 1);
        json.WriteString("channel"u8, prices.Channel);
        json.WriteNumber("seq"u8, prices.Sequence);
        json.WriteNumber("ts"u8, prices.TimestampMs);
        if (prices.IsSnapshot)
            json.WriteBoolean("snapshot"u8, true);
        if (prices.Dropped > 0)
            json.WriteNumber("dropped"u8, prices.Dropped);
        json.WriteStartObject("payload"u8);
        json.WriteString("symbol"u8, prices.Symbol);
        if (prices.IsSnapshot || prices.Points.Count != 1)
            RtdsFrames.WriteData(json, prices.Points);
        else
            prices.Points[0].Write(json);
        json.WriteEndObject();
    }
}
