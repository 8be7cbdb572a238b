using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Equilibrage.Polymarket.Signing;

/// <summary>
/// An unsigned integer of 256 bits, as contracts count. It is read, written and compared, not computed with: outcome
/// token ids are such numbers, of up to 78 decimal digits.
/// </summary>
public readonly record struct UInt256 : IUtf8SpanFormattable, IComparable<UInt256>
{
    /// <summary>Most decimal digits of a value.</summary>
    public const int MaxDigits = 78;

    private const int Limbs = 8;
    private const int DigitsPerChunk = 9;
    private const ulong Chunk = 1_000_000_000;

    private readonly ulong low;
    private readonly ulong second;
    private readonly ulong third;
    private readonly ulong high;

    private UInt256(ulong low, ulong second, ulong third, ulong high) =>
        (this.low, this.second, this.third, this.high) = (low, second, third, high);

    /// <summary>Zero.</summary>
    public static UInt256 Zero => default;

    /// <summary>2^256 − 1, the allowance without an end.</summary>
    public static UInt256 MaxValue => new(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, ulong.MaxValue);

    /// <summary>True for zero.</summary>
    public bool IsZero => (low | second | third | high) == 0;

    /// <summary>A small number.</summary>
    public static implicit operator UInt256(ulong value) => new(value, 0, 0, 0);

    /// <summary>Reads 32 bytes, the highest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    public static UInt256 FromBigEndian(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(bytes));

    /// <summary>Converts a big integer.</summary>
    /// <exception cref="OverflowException">Negative, or more than 256 bits.</exception>
    public static UInt256 From(BigInteger value)
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Length];
        if (value.Sign < 0 || value.GetByteCount(isUnsigned: true) > bytes.Length)
            throw new OverflowException("The number does not fit 256 bits without a sign.");
        bytes.Clear();
        value.TryWriteBytes(bytes[^value.GetByteCount(isUnsigned: true)..], out _, isUnsigned: true, isBigEndian: true);
        return FromBigEndian(bytes);
    }

    /// <summary>Reads decimal digits and nothing else; false when there are others, none, or too many.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out UInt256 value)
    {
        Span<byte> utf8 = stackalloc byte[MaxDigits];
        value = default;
        return text.Length <= MaxDigits && Encoding.UTF8.TryGetBytes(text, utf8, out var length)
            && TryParse(utf8[..length], out value);
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, out UInt256)"/>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out UInt256 value)
    {
        value = default;
        if (utf8.IsEmpty || utf8.Length > MaxDigits || utf8.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        while (!utf8.IsEmpty)
        {
            var (chunk, scale) = (0UL, 1UL);
            var taken = Math.Min(utf8.Length, 19);
            foreach (var digit in utf8[..taken])
                (chunk, scale) = ((chunk * 10) + digit - '0', scale * 10);
            if (!value.TryMultiplyAdd(scale, chunk, out value))
                return false;
            utf8 = utf8[taken..];
        }
        return true;
    }

    /// <summary>Reads decimal digits.</summary>
    /// <exception cref="FormatException">The text is anything else, or more than 256 bits.</exception>
    public static UInt256 Parse(ReadOnlySpan<char> text) => TryParse(text, out var value)
        ? value
        : throw new FormatException($"'{text}' is no whole number of at most 256 bits.");

    /// <summary>Writes 32 bytes, the highest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no room.</exception>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], low);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], second);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], third);
        BinaryPrimitives.WriteUInt64BigEndian(destination, high);
    }

    /// <summary>The same number as a big integer.</summary>
    public BigInteger ToBigInteger()
    {
        Span<byte> bytes = stackalloc byte[Bytes32.Length];
        CopyTo(bytes);
        return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
    }

    /// <summary>The number where it fits 64 bits; null where it does not.</summary>
    public ulong? ToUInt64() => (second | third | high) == 0 ? low : null;

    /// <inheritdoc/>
    public int CompareTo(UInt256 other) =>
        high != other.high ? high.CompareTo(other.high)
        : third != other.third ? third.CompareTo(other.third)
        : second != other.second ? second.CompareTo(other.second)
        : low.CompareTo(other.low);

    /// <summary>The decimal digits.</summary>
    public override string ToString()
    {
        Span<byte> digits = stackalloc byte[MaxDigits];
        TryFormat(digits, out var length);
        return Encoding.ASCII.GetString(digits[..length]);
    }

    /// <summary>Writes the decimal digits as UTF-8.</summary>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten)
    {
        Span<uint> limbs =
        [
            (uint)(high >> 32), (uint)high, (uint)(third >> 32), (uint)third,
            (uint)(second >> 32), (uint)second, (uint)(low >> 32), (uint)low,
        ];
        Span<byte> digits = stackalloc byte[MaxDigits + DigitsPerChunk];
        var start = digits.Length;
        var top = 0;
        while (top < Limbs)
        {
            var rest = 0UL;
            for (var limb = top; limb < Limbs; limb++)
            {
                var part = (rest << 32) | limbs[limb];
                limbs[limb] = (uint)(part / Chunk);
                rest = part % Chunk;
            }
            for (var digit = 0; digit < DigitsPerChunk; digit++, rest /= 10)
                digits[--start] = (byte)('0' + (rest % 10));
            while (top < Limbs && limbs[top] == 0)
                top++;
        }

        ReadOnlySpan<byte> text = digits[start..].TrimStart((byte)'0');
        if (text.IsEmpty)
            text = "0"u8;
        bytesWritten = text.TryCopyTo(utf8Destination) ? text.Length : 0;
        return bytesWritten > 0;
    }

    /// <inheritdoc/>
    bool IUtf8SpanFormattable.TryFormat(
        Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        TryFormat(utf8Destination, out bytesWritten);

    /// <summary>Numerically below.</summary>
    public static bool operator <(UInt256 left, UInt256 right) => left.CompareTo(right) < 0;
    /// <summary>Numerically above.</summary>
    public static bool operator >(UInt256 left, UInt256 right) => left.CompareTo(right) > 0;
    /// <summary>Numerically below or equal.</summary>
    public static bool operator <=(UInt256 left, UInt256 right) => left.CompareTo(right) <= 0;
    /// <summary>Numerically above or equal.</summary>
    public static bool operator >=(UInt256 left, UInt256 right) => left.CompareTo(right) >= 0;

    private bool TryMultiplyAdd(ulong factor, ulong addend, out UInt256 product)
    {
        var carry = Step(low, factor, addend, out var product0);
        carry = Step(second, factor, carry, out var product1);
        carry = Step(third, factor, carry, out var product2);
        carry = Step(high, factor, carry, out var product3);
        product = new(product0, product1, product2, product3);
        return carry == 0;
    }

    private static ulong Step(ulong limb, ulong factor, ulong carry, out ulong result)
    {
        var carryOut = Math.BigMul(limb, factor, out result);
        result += carry;
        return result < carry ? carryOut + 1 : carryOut;
    }
}
