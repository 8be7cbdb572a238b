using System.Globalization;
using System.Text;
using System.Text.Json;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Polymarket.Socket;

/// <summary>
/// Tolerant reading of rare frames: a field may be missing, null, a number where text is usual, or an empty text for an
/// unknown decimal.
/// </summary>
internal static class JsonRead
{
    private const long FirstMillisecondStamp = 100_000_000_000;

    /// <summary>
    /// One whole object; null when the bytes are no JSON object, so that the caller can count a refusal.
    /// </summary>
    public static JsonDocument? Object(ReadOnlyMemory<byte> frame)
    {
        try
        {
            var document = JsonDocument.Parse(frame);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string? Text(this JsonElement json, string name)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out var value))
            return null;
        return value.ValueKind switch
        {
            JsonValueKind.String => Decoded(value),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
            _ => null,
        };
    }

    public static IReadOnlyList<string> Texts(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(item =>
                item.ValueKind == JsonValueKind.String ? Decoded(item) ?? "" : item.GetRawText())]
            : [];

    public static bool? Flag(this JsonElement json, string name) => json.Text(name) switch
    {
        "true" or "True" => true,
        "false" or "False" => false,
        _ => null,
    };

    public static long? Micros(this JsonElement json, string name) =>
        json.Text(name) is { Length: > 0 and <= 64 } text
        && WireDecimal.TryParse(Encoding.UTF8.GetBytes(text), out var micros)
            ? micros
            : null;

    public static Price? Price(this JsonElement json, string name) =>
        json.Micros(name) is { } micros and <= Core.Primitives.Micros.PerUnit
            ? Core.Primitives.Price.FromMicros(micros)
            : null;

    public static Quantity? Quantity(this JsonElement json, string name) =>
        json.Micros(name) is { } micros ? Core.Primitives.Quantity.FromMicros(micros) : null;

    public static long? Number(this JsonElement json, string name) =>
        long.TryParse(json.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>Unix milliseconds of a stamp in seconds or milliseconds (by its size) or in ISO form.</summary>
    public static long? TimeMs(this JsonElement json, string name)
    {
        if (json.Number(name) is { } stamp)
            return stamp is < 0 or > 253_402_300_799_999 ? null : stamp < FirstMillisecondStamp ? stamp * 1000 : stamp;
        return json.Text(name) is { Length: > 9 and < 40 } text && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : null;
    }

    public static Side? Side(this JsonElement json, string name) => json.Text(name)?.ToUpperInvariant() switch
    {
        "BUY" => Core.Primitives.Side.Buy,
        "SELL" => Core.Primitives.Side.Sell,
        _ => null,
    };

    // Half of a surrogate pair is valid JSON but no text.
    private static string? Decoded(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
