using System.Buffers;
using System.Text.Json;

namespace Equilibrage.Polymarket.Socket;

/// <summary>One subscription of the legacy live-data socket.</summary>
/// <param name="Topic">Such as <c>crypto_prices_chainlink</c>.</param>
/// <param name="Type">Such as <c>update</c>.</param>
/// <param name="Symbol">Such as <c>btc/usd</c>; null for no filter.</param>
public sealed record RtdsSubscription(string Topic, string Type, string? Symbol);

/// <summary>Prices of one symbol; a backlog comes first, then one price at a time.</summary>
/// <param name="Topic">As sent; a backlog's can be wrong, so believe the symbol.</param>
/// <param name="Symbol">Such as <c>btcusdt</c> or <c>btc/usd</c>.</param>
/// <param name="TimestampMs">When it was sent, Unix milliseconds.</param>
/// <param name="IsBacklog">True for the first frame.</param>
/// <param name="Points">The prices, oldest first as sent.</param>
public sealed record RtdsPrices(
    string Topic, string Symbol, long TimestampMs, bool IsBacklog, IReadOnlyList<PricePoint> Points);

/// <summary>Reads and writes the price frames of the legacy live-data socket (RTDS), both directions.</summary>
public static class RtdsFrames
{
    /// <summary>Prices from Binance, symbols such as <c>btcusdt</c>.</summary>
    public const string Binance = "crypto_prices";

    /// <summary>Prices from Chainlink streams, symbols such as <c>btc/usd</c>.</summary>
    public const string Chainlink = "crypto_prices_chainlink";

    /// <summary>Writes a client's request. Filters are JSON inside a string and must hold no space.</summary>
    public static void WriteSubscribe(IBufferWriter<byte> output, IReadOnlyList<RtdsSubscription> subscriptions)
    {
        ArgumentNullException.ThrowIfNull(subscriptions);
        using var json = new Utf8JsonWriter(output, FrameText.Options);
        json.WriteStartObject();
        json.WriteString("action"u8, "subscribe"u8);
        json.WriteStartArray("subscriptions"u8);
        foreach (var subscription in subscriptions)
        {
            json.WriteStartObject();
            json.WriteString("topic"u8, subscription.Topic);
            json.WriteString("type"u8, subscription.Type);
            if (subscription.Symbol is { } symbol)
                json.WriteString("filters"u8, $"{{\"symbol\":\"{JsonEncodedText.Encode(symbol)}\"}}");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>A client's request; null when it is none or a filter is malformed.</summary>
    public static IReadOnlyList<RtdsSubscription>? ReadSubscribe(ReadOnlyMemory<byte> frame)
    {
        using var document = JsonRead.Object(frame);
        if (document is null || document.RootElement.Text("action") != "subscribe"
            || !document.RootElement.TryGetProperty("subscriptions", out var list)
            || list.ValueKind != JsonValueKind.Array)
            return null;
        var subscriptions = new List<RtdsSubscription>();
        foreach (var item in list.EnumerateArray())
        {
            var filter = item.Text("filters");
            if (item.Text("topic") is not { } topic || filter?.Contains(' ') == true)
                return null;
            subscriptions.Add(new(topic, item.Text("type") ?? "*", SymbolOf(filter)));
        }

        return subscriptions;
    }

    /// <summary>Writes prices: a backlog with all of them, else a frame with the only one.</summary>
    /// <exception cref="ArgumentException">No backlog, and not exactly one price.</exception>
    public static void Write(IBufferWriter<byte> output, RtdsPrices prices)
    {
        ArgumentNullException.ThrowIfNull(prices);
        if (!prices.IsBacklog && prices.Points.Count != 1)
            throw new ArgumentException("An update carries one price.", nameof(prices));
        using var json = new Utf8JsonWriter(output, FrameText.Options);
        json.WriteStartObject();
        json.WriteString("topic"u8, prices.Topic);
        json.WriteString("type"u8, prices.IsBacklog ? "subscribe"u8 : "update"u8);
        json.WriteNumber("timestamp"u8, prices.TimestampMs);
        json.WriteStartObject("payload"u8);
        json.WriteString("symbol"u8, prices.Symbol);
        if (prices.IsBacklog)
            WriteData(json, prices.Points);
        else
            prices.Points[0].Write(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The prices of a frame; null when it carries none (an answer, another topic, an empty frame).</summary>
    public static RtdsPrices? Read(ReadOnlyMemory<byte> frame)
    {
        using var document = JsonRead.Object(frame);
        if (document is null || !document.RootElement.TryGetProperty("payload", out var payload)
            || payload.Text("symbol") is not { } symbol || PricePoint.ReadAll(payload) is not { } points)
            return null;
        var json = document.RootElement;
        return new(json.Text("topic") ?? "", symbol, json.TimeMs("timestamp") ?? 0,
            json.Text("type") == "subscribe", points);
    }

    internal static void WriteData(Utf8JsonWriter json, IReadOnlyList<PricePoint> points)
    {
        json.WriteStartArray("data"u8);
        foreach (var point in points)
        {
            json.WriteStartObject();
            point.Write(json);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string? SymbolOf(string? filter)
    {
        if (filter is null)
            return null;
        using var document = JsonRead.Object(System.Text.Encoding.UTF8.GetBytes(filter));
        return document?.RootElement.Text("symbol");
    }
}
