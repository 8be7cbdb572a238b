using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text.Unicode;

namespace Equilibrage.Polymarket.Socket;

/// <content>Strings.</content>
internal ref partial struct FrameScanner
{
    /// <summary>Takes a whole string; the text between the quotation marks is still escaped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TakeString(out int start, out int end)
    {
        start = end = 0;
        return Take((byte)'"') && TakeStringText(out start, out end);
    }

    /// <summary>The same, after the opening quotation mark.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TakeStringText(out int start, out int end)
    {
        start = At;
        end = FindSpecial(At);
        if (end >= length)
            return false;
        if (Unsafe.Add(ref origin, end) == '"')
        {
            At = end + 1;
            return true;
        }

        return TakeUnusualString(start, out end);
    }

    // Position of the next byte that may not stand in a plain string: the end mark, an escape, a control character or
    // the first byte of a longer character (negative when signed). The length when there is none.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int FindSpecial(int from)
    {
        var rest = length - from;
        while (rest >= Vector256<byte>.Count)
        {
            var special = Specials(from);
            if (special != 0)
                return from + BitOperations.TrailingZeroCount(special);
            from += Vector256<byte>.Count;
            rest -= Vector256<byte>.Count;
        }

        return FindSpecialInRest(from);
    }

    private readonly int FindSpecialInRest(int from)
    {
        if (length >= Vector256<byte>.Count)
        {
            var overlap = Vector256<byte>.Count - (length - from);
            var special = overlap == Vector256<byte>.Count ? 0 : Specials(from - overlap) >> overlap;
            return special == 0 ? length : from + BitOperations.TrailingZeroCount(special);
        }

        while (from < length && !IsSpecial(Unsafe.Add(ref origin, from)))
            from++;
        return from;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly uint Specials(int from)
    {
        var text = Vector256.LoadUnsafe(ref Unsafe.Add(ref origin, from));
        return (Vector256.Equals(text, Vector256.Create((byte)'"'))
            | Vector256.Equals(text, Vector256.Create((byte)'\\'))
            | Vector256.LessThan(text.AsSByte(), Vector256.Create((sbyte)' ')).AsByte()).ExtractMostSignificantBits();
    }

    private static bool IsSpecial(byte character) => character is (byte)'"' or (byte)'\\' or < 0x20 or >= 0x80;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TakeUnusualString(int start, out int end)
    {
        end = start;
        while (true)
        {
            end = FindSpecial(end);
            if (end >= length)
                return false;
            var character = Unsafe.Add(ref origin, end);
            if (character == '"')
                break;
            if (character >= 0x80)
                end++;
            else if (character < 0x20 || !SkipEscape(ref end))
                return false;
        }

        At = end + 1;
        return Utf8.IsValid(Slice(start, end));
    }

    private readonly bool SkipEscape(ref int at)
    {
        at++;
        if (at >= length)
            return false;
        var kind = Unsafe.Add(ref origin, at++);
        if (kind != 'u')
            return kind is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r'
                or (byte)'t';
        for (var digit = 0; digit < 4; digit++, at++)
        {
            if (at >= length || !char.IsAsciiHexDigit((char)Unsafe.Add(ref origin, at)))
                return false;
        }

        return true;
    }
}
