using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Polymarket.Rest.Json;

/// <summary>Buy or sell, in capitals; any case is read.</summary>
internal sealed class SideText : IWireForm<Side>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out Side value)
    {
        var isBuy = Ascii.EqualsIgnoreCase(text, "BUY"u8);
        value = isBuy ? Side.Buy : Side.Sell;
        return isBuy || Ascii.EqualsIgnoreCase(text, "SELL"u8);
    }

    public static void Write(Utf8JsonWriter writer, Side value) =>
        writer.WriteStringValue(value == Side.Buy ? "BUY"u8 : "SELL"u8);
}

/// <summary>A trade's status; words that are not known read as <see cref="Clob.TradeStatus.Unrecognized"/>.</summary>
internal sealed class TradeStatusText : IWireForm<Clob.TradeStatus>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out Clob.TradeStatus value)
    {
        value = Clob.StatusWords.TradeStatusOf(text);
        return true;
    }

    public static void Write(Utf8JsonWriter writer, Clob.TradeStatus value) =>
        writer.WriteStringValue(Clob.StatusWords.Word(value));
}

/// <summary>An order's status; words that are not known read as <see cref="Clob.OpenOrderStatus.Unrecognized"/>.
/// </summary>
internal sealed class OpenOrderStatusText : IWireForm<Clob.OpenOrderStatus>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out Clob.OpenOrderStatus value)
    {
        value = Clob.StatusWords.OrderStatusOf(text);
        return true;
    }

    public static void Write(Utf8JsonWriter writer, Clob.OpenOrderStatus value) =>
        writer.WriteStringValue(Clob.StatusWords.Word(value));
}

/// <summary>A placement's outcome, in small letters.</summary>
internal sealed class PlacementText : IWireForm<Clob.PlacementStatus>
{
    public static bool TryRead(ReadOnlySpan<byte> text, out Clob.PlacementStatus value)
    {
        value = Clob.StatusWords.PlacementOf(text);
        return true;
    }

    public static void Write(Utf8JsonWriter writer, Clob.PlacementStatus value) =>
        writer.WriteStringValue(Clob.StatusWords.Word(value));
}

/// <summary>Text, where a number or a literal stands in for text as well.</summary>
internal sealed class LenientText : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False =>
                Encoding.UTF8.GetString(reader.HasValueSequence
                    ? System.Buffers.BuffersExtensions.ToArray(reader.ValueSequence)
                    : reader.ValueSpan),
            _ => throw new JsonException($"Expected text, found {reader.TokenType}."),
        };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);

    public override string ReadAsPropertyName(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value);
}

/// <summary>
/// Gamma's lists in text, <c>"[\"Yes\", \"No\"]"</c>; a native array is read as well. Text that holds no list reads as
/// null, since old markets carry such.
/// </summary>
internal sealed class ListInText : JsonConverter<IReadOnlyList<string>>
{
    public override IReadOnlyList<string>? Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
            return ReadList(ref reader);
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException($"Expected a list, found {reader.TokenType}.");
        var inner = new Utf8JsonReader(Encoding.UTF8.GetBytes(reader.GetString()!));
        try
        {
            return inner.Read() && inner.TokenType == JsonTokenType.StartArray ? ReadList(ref inner) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<string> value, JsonSerializerOptions options)
    {
        var text = new StringBuilder("[");
        foreach (var item in value)
        {
            text.Append(text.Length > 1 ? ", " : "").Append('"')
                .Append(JsonEncodedText.Encode(item, PolymarketJson.PlainText)).Append('"');
        }

        writer.WriteStringValue(text.Append(']').ToString());
    }

    private static List<string> ReadList(ref Utf8JsonReader reader)
    {
        var list = new List<string>(2);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            list.Add(reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString()!,
                JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
                _ => throw new JsonException($"Expected text in a list, found {reader.TokenType}."),
            });
        }

        return list;
    }
}
