using System.Text.Json;
using System.Text.Json.Serialization;

namespace Equilibrage.Core.Primitives;

/// <summary>
/// Writes a micro-unit amount as a JSON number of at most six decimals and reads the same back exactly.
/// </summary>
public abstract class MicrosJsonConverter<T> : JsonConverter<T>
{
    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(Micros.ToDecimal(Unwrap(value)));

    /// <summary>The value of so many micro-units.</summary>
    protected abstract T Wrap(long micros);

    /// <summary>Its micro-units.</summary>
    protected abstract long Unwrap(T value);
}

/// <summary>A price as a number.</summary>
public sealed class PriceJsonConverter : MicrosJsonConverter<Price>
{
    /// <inheritdoc/>
    protected override Price Wrap(long micros) => Price.FromMicros(micros);

    /// <inheritdoc/>
    protected override long Unwrap(Price value) => value.ToMicros;
}

/// <summary>Shares as a number.</summary>
public sealed class QuantityJsonConverter : MicrosJsonConverter<Quantity>
{
    /// <inheritdoc/>
    protected override Quantity Wrap(long micros) => Quantity.FromMicros(micros);

    /// <inheritdoc/>
    protected override long Unwrap(Quantity value) => value.ToMicros;
}

/// <summary>Dollars as a number.</summary>
public sealed class UsdcJsonConverter : MicrosJsonConverter<Usdc>
{
    /// <inheritdoc/>
    protected override Usdc Wrap(long micros) => Usdc.FromMicros(micros);

    /// <inheritdoc/>
    protected override long Unwrap(Usdc value) => value.ToMicros;
}

/// <summary>A price grid as a number.</summary>
public sealed class TickSizeJsonConverter : MicrosJsonConverter<TickSize>
{
    /// <inheritdoc/>
    protected override TickSize Wrap(long micros) => TickSize.FromMicros(micros);

    /// <inheritdoc/>
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
