using System.Buffers;

namespace Equilibrage.Polymarket.Signing;

/// <summary>Hexadecimal text as Ethereum writes bytes: <c>0x</c> and two lower-case digits a byte.</summary>
public static class Hex
{
    private const int PrefixLength = 2;

    /// <summary>The text of some bytes.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);

    /// <summary>Writes the text of some bytes as UTF-8; false when there is no room for it.</summary>
    public static bool TryEncode(ReadOnlySpan<byte> bytes, Span<byte> utf8Destination, out int bytesWritten)
    {
        bytesWritten = 0;
        if (utf8Destination.Length < PrefixLength + (2 * bytes.Length))
            return false;
        "0x"u8.CopyTo(utf8Destination);
        Convert.TryToHexStringLower(bytes, utf8Destination[PrefixLength..], out var digits);
        bytesWritten = PrefixLength + digits;
        return true;
    }

    /// <summary>
    /// Reads text of exactly as many bytes as <paramref name="bytes"/> has, digits of either case; false otherwise.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes) =>
        text.Length == PrefixLength + (2 * bytes.Length) && text.StartsWith("0x", StringComparison.Ordinal)
        && Convert.FromHexString(text[PrefixLength..], bytes, out _, out _) == OperationStatus.Done;

    /// <inheritdoc cref="TryDecode(ReadOnlySpan{char}, Span{byte})"/>
    public static bool TryDecode(ReadOnlySpan<byte> utf8, Span<byte> bytes) =>
        utf8.Length == PrefixLength + (2 * bytes.Length) && utf8.StartsWith("0x"u8)
        && Convert.FromHexString(utf8[PrefixLength..], bytes, out _, out _) == OperationStatus.Done;

    /// <summary>The bytes of some text; null when it is no hexadecimal text.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.Length < PrefixLength || text.Length % 2 != 0)
            return null;
        var bytes = new byte[(text.Length - PrefixLength) / 2];
        return TryDecode(text, bytes) ? bytes : null;
    }
}
