using System.Text.Json;
using System.Text.Json.Serialization;

namespace Equilibrage.Core.Primitives;

/// <summary>
/// Writes a micro-unit amount as a JSON number of at most six decimals and reads the same back exactly.
/// </summary>
internal abstract class MicrosJsonConverter<T> : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetDecimal(out var value))
            throw new JsonException("Expected a number with at most six decimals.");
        try
        {
            return Wrap(Micros.FromDecimal(value));
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or OverflowException)
        {
            throw new JsonException(error.Message, error);
        }
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Micros.ToDecimal(Unwrap(value)));

    protected abstract T Wrap(long micros);

    protected abstract long Unwrap(T value);
}

internal sealed class PriceJsonConverter : MicrosJsonConverter<Price>
{
    protected override Price Wrap(long micros) => Price.FromMicros(micros);

    protected override long Unwrap(Price value) => value.ToMicros;
}

internal sealed class QuantityJsonConverter : MicrosJsonConverter<Quantity>
{
    protected override Quantity Wrap(long micros) => Quantity.FromMicros(micros);

    protected override long Unwrap(Quantity value) => value.ToMicros;
}

internal sealed class UsdcJsonConverter : MicrosJsonConverter<Usdc>
{
    protected override Usdc Wrap(long micros) => Usdc.FromMicros(micros);

    protected override long Unwrap(Usdc value) => value.ToMicros;
}

internal sealed class TickSizeJsonConverter : MicrosJsonConverter<TickSize>
{
    protected override TickSize Wrap(long micros) => TickSize.FromMicros(micros);

    protected override long Unwrap(TickSize value) => value.ToMicros;
}

/// <summary>Writes an id as its text, also where it is the key of an object.</summary>
internal sealed class TextIdJsonConverter<T> : JsonConverter<T>
    where T : struct, ITextId<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.From(reader.GetString() ?? throw new JsonException("Expected an id."));

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);

    public override T ReadAsPropertyName(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.From(reader.GetString() ?? throw new JsonException("Expected an id."));

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.Value);
}
