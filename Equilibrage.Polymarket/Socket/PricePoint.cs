using System.Globalization;
using System.Text.Json;

namespace Equilibrage.Polymarket.Socket;

/// <summary>One price of a feed of spot prices.</summary>
/// <param name="TimestampMs">The source's time, Unix milliseconds.</param>
/// <param name="Value">The price in dollars, with all digits that the source told.</param>
public readonly record struct PricePoint(long TimestampMs, decimal Value)
{
    private const int MostPoints = 10_000;

    /// <summary>Reads a price's object; null when it carries no price.</summary>
    internal static PricePoint? Read(JsonElement json)
    {
        // The short value is a rounded double: the exact text wins.
        var text = json.Text("full_accuracy_value") is { Length: > 0 } exact ? exact : json.Text("value");
        return json.TimeMs("timestamp") is { } time && decimal.TryParse(
            text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= 0
            ? new(time, value)
            : null;
    }

    /// <summary>Reads <c>data:[…]</c>, or the payload itself; null when any of it is malformed.</summary>
    internal static IReadOnlyList<PricePoint>? ReadAll(JsonElement payload)
    {
        if (payload.ValueKind != JsonValueKind.Object)
            return null;
        if (!payload.TryGetProperty("data", out var list))
            return Read(payload) is { } single ? [single] : null;
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MostPoints)
            return null;
        var points = new List<PricePoint>(list.GetArrayLength());
        foreach (var item in list.EnumerateArray())
        {
            if (Read(item) is not { } point)
                return null;
            points.Add(point);
        }

        return points;
    }

    internal void Write(Utf8JsonWriter json)
    {
        json.WriteNumber("timestamp"u8, TimestampMs);
        json.WriteNumber("value"u8, Value);
        json.WriteString("full_accuracy_value"u8, Value.ToString("0.00000000", CultureInfo.InvariantCulture));
    }
}
