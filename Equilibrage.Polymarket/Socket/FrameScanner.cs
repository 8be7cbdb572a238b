using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Equilibrage.Polymarket.Socket;

/// <summary>
/// Walks over the bytes of one JSON text and judges all of them: grammar, escapes, UTF-8. It never reads outside: past
/// the end it sees zero, which no rule accepts. Strings are skipped 32 bytes and decimals read 16 bytes at a time.
/// </summary>
internal ref partial struct FrameScanner
{
    private const int DeepestNesting = 63;
    private const int MostWholeDigits = 10;
    private const int Decimals = 6;

    private readonly ref byte origin;
    private readonly int length;

    public FrameScanner(ReadOnlySpan<byte> text)
    {
        origin = ref MemoryMarshal.GetReference(text);
        length = text.Length;
        At = 0;
    }

    /// <summary>Position of the next byte.</summary>
    public int At { get; private set; }

    /// <summary>The next byte, or 0 at the end.</summary>
    public readonly byte Next
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => At < length ? Unsafe.Add(ref origin, At) : (byte)0;
    }

    /// <summary>Returns to a position that was passed.</summary>
    public void GoBack(int position) => At = position;

    /// <summary>True when everything was read, white space at the end included.</summary>
    public bool IsAtEnd()
    {
        SkipSpace();
        return At == length;
    }

    /// <summary>Text between two positions that were passed.</summary>
    public readonly ReadOnlySpan<byte> Slice(int start, int end) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref origin, start), end - start);

    /// <summary>Text of a piece that was passed.</summary>
    public readonly ReadOnlySpan<byte> Slice(Piece piece) => Slice(piece.Start, piece.End);

    /// <summary>Takes one byte, after white space; false leaves it where it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Take(byte expected)
    {
        if (Next != expected && !SkipSpaceTo(expected))
            return false;
        At++;
        return true;
    }

    /// <summary>Takes these exact bytes when they come next, as a short cut for what usually comes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryTake(ReadOnlySpan<byte> expected)
    {
        if (length - At < expected.Length
            || !MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref origin, At), expected.Length)
                .SequenceEqual(expected))
            return false;
        At += expected.Length;
        return true;
    }

    /// <summary>Takes a string with a decimal, an empty string, a bare number or null.</summary>
    public DecimalForm TakeDecimal(out long micros)
    {
        micros = 0;
        if (Next != '"' && !SkipSpaceTo((byte)'"'))
            return TakeBareDecimal(out micros);
        At++;
        return TakeDecimalText(out micros);
    }

    /// <summary>The same, after the opening quotation mark.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DecimalForm TakeDecimalText(out long micros)
    {
        if (length - At < Vector128<byte>.Count)
            return TakeLongDecimal(out micros);
        var text = Vector128.LoadUnsafe(ref Unsafe.Add(ref origin, At));
        var size = BitOperations.TrailingZeroCount(
            Vector128.Equals(text, Vector128.Create((byte)'"')).ExtractMostSignificantBits());
        var digits = text - Vector128.Create((byte)'0');
        var isDigit = Vector128.LessThanOrEqual(digits, Vector128.Create((byte)9)).ExtractMostSignificantBits();
        if (size >= Vector128<byte>.Count)
            return TakeLongDecimal(out micros);
        // The first byte that is no digit is the point, or the closing mark of a whole number.
        var point = BitOperations.TrailingZeroCount(~isDigit);
        var dots = Vector128.Equals(text, Vector128.Create((byte)'.')).ExtractMostSignificantBits();
        var wanted = (1u << size) - 1;
        var isValid = ((isDigit | (dots & (1u << point))) & wanted) == wanted;
        if (!isValid || point > MostWholeDigits || size - point > Decimals + 1 || size - point == 1 || size == 0)
            return TakeLongDecimal(out micros);
        micros = Gather(digits, point, size);
        At += size + 1;
        return DecimalForm.Value;
    }

    /// <summary>Takes a stamp of up to 15 digits, in a string or bare; -1 when it is something else.</summary>
    public bool TakeStamp(out long stamp)
    {
        stamp = -1;
        if (!IsString())
        {
            var from = At;
            if (!SkipValue())
                return false;
            stamp = Stamp(Slice(from, At));
            return true;
        }

        if (!TakeString(out var start, out var end))
            return false;
        stamp = Stamp(Slice(start, end));
        return true;
    }

    /// <summary>
    /// Takes a stamp in the way that stamps usually come; false, with nothing taken, for another way.
    /// </summary>
    public bool TryTakeUsualStamp(out long stamp)
    {
        stamp = -1;
        if (length - At <= Vector128<byte>.Count || Next != '"')
            return false;
        var text = Vector128.LoadUnsafe(ref Unsafe.Add(ref origin, At + 1));
        var digits = text - Vector128.Create((byte)'0');
        var isDigit = Vector128.LessThanOrEqual(digits, Vector128.Create((byte)9)).ExtractMostSignificantBits();
        var size = BitOperations.TrailingZeroCount(~isDigit);
        if (size is 0 or >= 16 || Unsafe.Add(ref origin, At + 1 + size) != '"')
            return false;
        var places = Vector128.Create(
            (sbyte)-16, -15, -14, -13, -12, -11, -10, -9, -8, -7, -6, -5, -4, -3, -2, -1)
            + Vector128.Create((sbyte)size);
        stamp = Join(Vector128.Shuffle(digits, places.AsByte()));
        At += size + 2;
        return true;
    }

    /// <summary>True when a string comes next, after white space.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsString() => Next == '"' || SkipSpaceTo((byte)'"');

    /// <summary>True when an object comes next, after white space.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsObject() => Next == '{' || SkipSpaceTo((byte)'{');

    /// <summary>True when a list comes next, after white space.</summary>
    public bool IsList() => Next == '[' || SkipSpaceTo((byte)'[');

    /// <summary>True when null, or something wrong with its first letter, comes next.</summary>
    public bool IsNull() => Next == 'n' || SkipSpaceTo((byte)'n');

    /// <summary>Passes over any one value, judging its grammar.</summary>
    public bool SkipValue()
    {
        ulong isObject = 0;
        var depth = 0;
        while (true)
        {
            SkipSpace();
            var opened = false;
            switch (Next)
            {
                case (byte)'{' or (byte)'[':
                    if (depth == DeepestNesting)
                        return false;
                    isObject = (isObject << 1) | (Next == '{' ? 1u : 0u);
                    depth++;
                    At++;
                    opened = true;
                    break;
                case (byte)'"':
                    if (!TakeString(out _, out _))
                        return false;
                    break;
                default:
                    if (!TakeScalar())
                        return false;
                    break;
            }

            if (!GoOn(ref isObject, ref depth, opened))
                return false;
            if (depth == 0)
                return true;
        }
    }

    // After a value, or an opening bracket: leaves what closes and stops before the next value.
    private bool GoOn(ref ulong isObject, ref int depth, bool opened)
    {
        while (depth > 0)
        {
            var inObject = (isObject & 1) != 0;
            if (Take(inObject ? (byte)'}' : (byte)']'))
            {
                isObject >>= 1;
                depth--;
                opened = false;
                continue;
            }

            if (!opened && !Take((byte)','))
                return false;
            return !inObject || (TakeString(out _, out _) && Take((byte)':'));
        }

        return true;
    }

    private bool TakeScalar() => Next switch
    {
        (byte)'t' => TryTake("true"u8),
        (byte)'f' => TryTake("false"u8),
        (byte)'n' => TryTake("null"u8),
        _ => TakeNumber(),
    };

    private bool TakeNumber()
    {
        if (Next == '-')
            At++;
        if (Next == '0')
            At++;
        else if (!TakeDigits())
            return false;
        if (Next == '.')
        {
            At++;
            if (!TakeDigits())
                return false;
        }

        if ((Next | 0x20) != 'e')
            return true;
        At++;
        if (Next is (byte)'+' or (byte)'-')
            At++;
        return TakeDigits();
    }

    private bool TakeDigits()
    {
        var from = At;
        while (Next is >= (byte)'0' and <= (byte)'9')
            At++;
        return At > from;
    }

    private DecimalForm TakeBareDecimal(out long micros)
    {
        var from = At;
        micros = 0;
        if (!SkipValue())
            return DecimalForm.Malformed;
        var text = Slice(from, At);
        if (text.SequenceEqual("null"u8))
            return DecimalForm.None;
        return WireDecimal.TryParse(text, out micros) ? DecimalForm.Value : DecimalForm.Wrong;
    }

    // Long, short of the end of the frame, empty or wrong: rare, so it may take its time.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private DecimalForm TakeLongDecimal(out long micros)
    {
        micros = 0;
        At--;
        if (!TakeString(out var start, out var end))
            return DecimalForm.Malformed;
        if (start == end)
            return DecimalForm.None;
        return WireDecimal.TryParse(Slice(start, end), out micros) ? DecimalForm.Value : DecimalForm.Wrong;
    }

    // Moves ten whole digits and six decimals to fixed places, zeros where there are none, and joins them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Gather(Vector128<byte> digits, int point, int size)
    {
        var places = Vector128.Create(
            (sbyte)-10, -9, -8, -7, -6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6) + Vector128.Create((sbyte)point);
        var isInside = Vector128.LessThan(places, Vector128.Create((sbyte)size));
        var sorted = Vector128.Shuffle(digits, places.AsByte()) & isInside.AsByte();
        return Join(sorted);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Join(Vector128<byte> digits)
    {
        var halves = digits.AsUInt64();
        return (long)((EightDigits(halves.GetElement(0)) * 100_000_000) + EightDigits(halves.GetElement(1)));
    }

    // Eight digits, one a byte, first one lowest: neighbours are joined to pairs, fours and the whole.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong EightDigits(ulong digits)
    {
        digits = (digits * 10) + (digits >> 8);
        return (((digits & 0x0000_00FF_0000_00FF) * 0x000F_4240_0000_0064)
            + (((digits >> 16) & 0x0000_00FF_0000_00FF) * 0x0000_2710_0000_0001)) >> 32;
    }

    private static long Stamp(ReadOnlySpan<byte> text)
    {
        const int MostDigits = 15;
        if (text.Length is 0 or > MostDigits)
            return -1;
        long value = 0;
        foreach (var character in text)
        {
            var digit = (uint)(character - '0');
            if (digit > 9)
                return -1;
            value = (value * 10) + digit;
        }

        return value;
    }

    private void SkipSpace()
    {
        while (Next is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            At++;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool SkipSpaceTo(byte expected)
    {
        SkipSpace();
        return Next == expected;
    }
}
