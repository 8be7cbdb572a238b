using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Equilibrage.Polymarket.Socket;

/// <summary>The few ways in which frames are written by hand, where a general writer would cost too much.</summary>
internal static class FrameText
{
    private const int LongestNumber = 20;

    /// <summary>Frames keep quotation marks, signs and letters of all scripts as they are, like the exchange.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IBufferWriter<byte> Raw(this IBufferWriter<byte> output, ReadOnlySpan<byte> json)
    {
        output.Write(json);
        return output;
    }

    /// <summary>Text in quotation marks.</summary>
    public static IBufferWriter<byte> Quoted(this IBufferWriter<byte> output, string text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length) + 2;
        var room = output.GetSpan(most);
        room[0] = (byte)'"';
        var length = Encoding.UTF8.GetBytes(text, room[1..]);
        if (room.Slice(1, length).IndexOfAnyExceptInRange((byte)' ', (byte)'~') < 0
            && room.Slice(1, length).IndexOfAny((byte)'"', (byte)'\\') < 0)
        {
            room[length + 1] = (byte)'"';
            output.Advance(length + 2);
            return output;
        }

        var escaped = JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        return output.Raw("\""u8).Raw(escaped.EncodedUtf8Bytes).Raw("\""u8);
    }

    /// <summary>A decimal in quotation marks; an empty text for none.</summary>
    public static IBufferWriter<byte> QuotedDecimal(this IBufferWriter<byte> output, long? micros)
    {
        var room = output.GetSpan(WireDecimal.LongestText + 2);
        room[0] = (byte)'"';
        var length = micros is { } value ? WireDecimal.Format(value, room[1..]) : 0;
        room[length + 1] = (byte)'"';
        output.Advance(length + 2);
        return output;
    }

    /// <summary>An integer in quotation marks.</summary>
    public static IBufferWriter<byte> QuotedNumber(this IBufferWriter<byte> output, long number)
    {
        var room = output.GetSpan(LongestNumber + 2);
        room[0] = (byte)'"';
        number.TryFormat(room[1..], out var length, default, CultureInfo.InvariantCulture);
        room[length + 1] = (byte)'"';
        output.Advance(length + 2);
        return output;
    }
}
