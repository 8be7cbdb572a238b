using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Equilibrage.Polymarket.Rest.Json;

/// <summary>How one kind of value stands on the wire: read from text or number, written in the official form.</summary>
internal interface IWireForm<T>
    where T : struct
{
    /// <summary>Reads the text between the quotes, or the digits of a number; false when it is no such value.</summary>
    static abstract bool TryRead(ReadOnlySpan<byte> text, out T value);

    /// <summary>Writes the official form.</summary>
    static abstract void Write(Utf8JsonWriter writer, T value);
}

/// <summary>A value that must be there: null and empty text are refused.</summary>
internal class WireConverter<T, TForm> : JsonConverter<T>
    where T : struct
    where TForm : IWireForm<T>
{
    private const int LongestText = 256;

    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ReadOptional(ref reader) ?? throw new JsonException($"A {typeof(T).Name} is missing.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        TForm.Write(writer, value);

    internal static T? ReadOptional(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            throw new JsonException($"Expected a {typeof(T).Name}, found {reader.TokenType}.");
        ReadOnlySpan<byte> text;
        if (!reader.HasValueSequence && !reader.ValueIsEscaped)
            text = reader.ValueSpan;
        else if ((reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length) > LongestText)
            throw new JsonException($"A {typeof(T).Name} of more than {LongestText} characters.");
        else
            text = Copy(ref reader);
        if (text.IsEmpty)
            return null;
        return TForm.TryRead(text, out var value)
            ? value
            : throw new JsonException($"Unreadable {typeof(T).Name}: {Encoding.UTF8.GetString(text)}");
    }

    // Rare: escaped text, or a value that lies across two buffers.
    private static byte[] Copy(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
            return reader.ValueSequence.ToArray();
        var copy = new byte[LongestText];
        return copy[..reader.CopyString(copy)];
    }
}

/// <summary>A value that may be absent: null and empty text read as null, null is written as null.</summary>
internal class OptionalConverter<T, TForm> : JsonConverter<T?>
    where T : struct
    where TForm : IWireForm<T>
{
    public override bool HandleNull => true;

    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        WireConverter<T, TForm>.ReadOptional(ref reader);

    public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options)
    {
        if (value is { } present)
            TForm.Write(writer, present);
        else
            WriteNull(writer);
    }

    protected virtual void WriteNull(Utf8JsonWriter writer) => writer.WriteNullValue();
}

/// <summary>Like <see cref="OptionalConverter{T,TForm}"/>, but nothing is written as empty text.</summary>
internal sealed class EmptyTextConverter<T, TForm> : OptionalConverter<T, TForm>
    where T : struct
    where TForm : IWireForm<T>
{
    protected override void WriteNull(Utf8JsonWriter writer) => writer.WriteStringValue(ReadOnlySpan<char>.Empty);
}
