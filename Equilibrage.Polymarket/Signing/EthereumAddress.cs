using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Equilibrage.Polymarket.Signing;

/// <summary>
/// A 20-byte account address. Its text is <c>0x</c> and 40 hexadecimal digits whose case is a checksum (EIP-55); text
/// is read in any case, so compare addresses, never their texts.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
[JsonConverter(typeof(EthereumAddressJsonConverter))]
public readonly record struct EthereumAddress : IUtf8SpanFormattable
{
    /// <summary>Bytes of an address.</summary>
    public const int Length = 20;

    /// <summary>Characters of the text, <c>0x</c> included.</summary>
    public const int TextLength = 42;

    private const int UncompressedKeyLength = 64;

    private readonly ulong first;
    private readonly ulong second;
    private readonly uint third;

    /// <summary>Twenty zero bytes, which stand for nobody.</summary>
    public static EthereumAddress Zero => default;

    /// <summary>True for twenty zero bytes.</summary>
    public bool IsZero => (first | second | third) == 0;

    /// <summary>Takes the first 20 bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    public static EthereumAddress From(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<EthereumAddress>(bytes);

    /// <summary>The account of a public key: the last 20 bytes of its Keccak-256.</summary>
    /// <param name="publicKey">The coordinates x and y, 32 bytes each, without the leading 0x04.</param>
    /// <exception cref="ArgumentException">There are not 64 bytes.</exception>
    public static EthereumAddress FromPublicKey(ReadOnlySpan<byte> publicKey)
    {
        if (publicKey.Length != UncompressedKeyLength)
            throw new ArgumentException("A public key has 64 bytes, x and y.", nameof(publicKey));
        Span<byte> digest = stackalloc byte[Keccak256.DigestLength];
        Keccak256.Hash(publicKey, digest);
        return From(digest[^Length..]);
    }

    /// <summary>
    /// Reads <c>0x</c> and 40 hexadecimal digits of any case, whose checksum is not judged; false for anything else.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out EthereumAddress address)
    {
        Span<byte> bytes = stackalloc byte[Length];
        var ok = Hex.TryDecode(text, bytes);
        address = ok ? From(bytes) : default;
        return ok;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out EthereumAddress)"/>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out EthereumAddress address)
    {
        Span<byte> bytes = stackalloc byte[Length];
        var ok = Hex.TryDecode(utf8, bytes);
        address = ok ? From(bytes) : default;
        return ok;
    }

    /// <summary>Reads <c>0x</c> and 40 hexadecimal digits of any case.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static EthereumAddress Parse(ReadOnlySpan<char> text) => TryParse(text, out var address)
        ? address
        : throw new FormatException($"'{text}' is no address: 0x and 40 hexadecimal digits are expected.");

    /// <summary>
    /// Reads an address that somebody typed: as <see cref="TryParse(ReadOnlySpan{char}, out EthereumAddress)"/>, but
    /// digits of mixed case must carry the right checksum, which finds nearly every slip of a finger.
    /// </summary>
    public static bool TryParseChecked(ReadOnlySpan<char> text, out EthereumAddress address)
    {
        if (!TryParse(text, out address))
            return false;
        var digits = text[2..];
        return !digits.ContainsAnyInRange('a', 'f') || !digits.ContainsAnyInRange('A', 'F')
            || text.SequenceEqual(address.ToString());
    }

    /// <summary>Writes the 20 bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no room.</exception>
    public void CopyTo(Span<byte> destination) => MemoryMarshal.Write(destination, in this);

    /// <summary>Writes the 32 bytes of the address in a call or a hashed struct: twelve zero bytes lead it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no room.</exception>
    public void CopyToWord(Span<byte> destination)
    {
        const int Zeros = Bytes32.Length - Length;
        destination[..Zeros].Clear();
        CopyTo(destination[Zeros..]);
    }

    /// <summary>The text with the checksum's case.</summary>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[TextLength];
        TryFormat(text, out _);
        return Encoding.ASCII.GetString(text);
    }

    /// <summary>The text in lower case, as indexers and derivations write it.</summary>
    public string ToLowerString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return Hex.Encode(bytes);
    }

    /// <summary>Writes the text with the checksum's case as UTF-8.</summary>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten)
    {
        if (!TryFormatLower(utf8Destination, out bytesWritten))
            return false;
        // EIP-55: a letter is upper case where the digit of the hash of the lower-case text is 8 or more.
        Span<byte> digest = stackalloc byte[Keccak256.DigestLength];
        var digits = utf8Destination[2..TextLength];
        Keccak256.Hash(digits, digest);
        for (var index = 0; index < digits.Length; index++)
        {
            var half = index % 2 == 0 ? digest[index / 2] >> 4 : digest[index / 2] & 0x0F;
            if (half >= 8 && digits[index] >= (byte)'a')
                digits[index] -= 'a' - 'A';
        }
        return true;
    }

    /// <summary>Writes the lower-case text as UTF-8.</summary>
    public bool TryFormatLower(Span<byte> utf8Destination, out int bytesWritten)
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

/// <summary>Reads and writes an address as text.</summary>
internal sealed class EthereumAddressJsonConverter : JsonConverter<EthereumAddress>
{
    public override EthereumAddress Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        EthereumAddress.TryParse(reader.GetString(), out var address)
            ? address
            : throw new JsonException("An address is 0x and 40 hexadecimal digits.");

    public override void Write(Utf8JsonWriter writer, EthereumAddress value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
