using System.Text.Json;
using System.Text.Json.Serialization;
using Equilibrage.Polymarket.Rest.Clob;

namespace Equilibrage.Polymarket.Rest.Json;

/// <summary>Reads an order where there may be none.</summary>
public sealed class OpenOrderOrNothingConverter : JsonConverter<OpenOrderOrNothing>
{
    /// <inheritdoc/>
    public override OpenOrderOrNothing Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.StartArray)
            throw new JsonException("Expected an order, found a list.");
        var ahead = reader;
        var isNothing = reader.TokenType != JsonTokenType.StartObject
            || (ahead.Read() && ahead.TokenType == JsonTokenType.EndObject);
        if (!isNothing)
            return new(JsonSerializer.Deserialize(ref reader, PolymarketJson.Wire.OpenOrder));
        reader.Skip();
        return new((OpenOrder?)null);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, OpenOrderOrNothing value, JsonSerializerOptions options)
    {
        if (value.Order is { } order)
            JsonSerializer.Serialize(writer, order, PolymarketJson.Wire.OpenOrder);
        else
            writer.WriteNullValue();
    }
}
