using System.Runtime.InteropServices;

namespace Equilibrage.Polymarket.Signing;

/// <summary>
/// Thirty-two bytes: a digest, a condition id, an order id, a builder code. Its text is <c>0x</c> and 64 lower-case
/// hexadecimal digits.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct Bytes32 : IUtf8SpanFormattable
{
    /// <summary>Bytes of the value.</summary>
    public const int Length = 32;

    /// <summary>Characters of the text, <c>0x</c> included.</summary>
    public const int TextLength = 66;

    private readonly ulong first;
    private readonly ulong second;
    private readonly ulong third;
    private readonly ulong fourth;

    /// <summary>Thirty-two zero bytes.</summary>
    public static Bytes32 Zero => default;

    /// <summary>True for thirty-two zero bytes.</summary>
    public bool IsZero => (first | second | third | fourth) == 0;

    /// <summary>Takes the first 32 bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    public static Bytes32 From(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<Bytes32>(bytes);

    /// <summary>Reads <c>0x</c> and 64 hexadecimal digits of either case; false for anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Bytes32 value)
    {
        Span<byte> bytes = stackalloc byte[Length];
        var ok = Hex.TryDecode(text, bytes);
        value = ok ? From(bytes) : default;
        return ok;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out Bytes32)"/>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out Bytes32 value)
    {
        Span<byte> bytes = stackalloc byte[Length];
        var ok = Hex.TryDecode(utf8, bytes);
        value = ok ? From(bytes) : default;
        return ok;
    }

    /// <summary>Reads <c>0x</c> and 64 hexadecimal digits of either case.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static Bytes32 Parse(ReadOnlySpan<char> text) => TryParse(text, out var value)
        ? value
        : throw new FormatException("32 bytes are written as 0x and 64 hexadecimal digits.");

    /// <summary>Writes the 32 bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no room.</exception>
    public void CopyTo(Span<byte> destination) => MemoryMarshal.Write(destination, in this);

    /// <summary>The bytes in a new array.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return Hex.Encode(bytes);
    }

    /// <summary>Writes the text as UTF-8.</summary>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten)
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return Hex.TryEncode(bytes, utf8Destination, out bytesWritten);
    }

    /// <inheritdoc/>
    bool IUtf8SpanFormattable.TryFormat(
        Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        TryFormat(utf8Destination, out bytesWritten);
}
