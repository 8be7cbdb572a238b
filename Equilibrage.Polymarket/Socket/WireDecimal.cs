using Equilibrage.Core.Primitives;

namespace Equilibrage.Polymarket.Socket;

/// <summary>
/// The exchange's decimals as UTF-8 text, straight from and to micro-units: digits, an optional point, at most six
/// decimals that count. No sign, no exponent, no white space.
/// </summary>
public static class WireDecimal
{
    /// <summary>Bytes that the longest text takes: twelve digits, a point and six decimals.</summary>
    public const int LongestText = 20;

    // Twelve digits of whole units are below 2^63 micro-units with every fraction.
    private const int MostWholeDigits = 12;
    private const int Decimals = 6;

    private static ReadOnlySpan<uint> Scale => [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];

    /// <summary>
    /// Reads a decimal exactly; false when it is none, is negative or carries more than six decimals.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out long micros)
    {
        ulong value = 0;
        var index = 0;
        for (; index < text.Length; index++)
        {
            var digit = (uint)(text[index] - '0');
            if (digit > 9)
                break;
            value = (value * 10) + digit;
        }

        micros = 0;
        if (index > MostWholeDigits)
            return false;
        if (index == text.Length)
        {
            micros = (long)(value * Micros.PerUnit);
            return index > 0;
        }

        if (text[index] != '.')
            return false;
        return TryParseFraction(text[(index + 1)..], value, out micros);
    }

    /// <summary>Reads a price, 0 to 1.</summary>
    public static bool TryParsePrice(ReadOnlySpan<byte> text, out Price price)
    {
        var ok = TryParse(text, out var micros) && micros <= Micros.PerUnit;
        price = ok ? Price.FromMicros(micros) : default;
        return ok;
    }

    /// <summary>Writes the shortest exact text, such as <c>0.35</c>; returns its length.</summary>
    /// <param name="micros">Micro-units, 0 or more.</param>
    /// <param name="output">Room for <see cref="LongestText"/> bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public static int Format(long micros, Span<byte> output)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(micros);
        var (whole, fraction) = Math.DivRem(micros, Micros.PerUnit);
        whole.TryFormat(output, out var length, default, System.Globalization.CultureInfo.InvariantCulture);
        if (fraction == 0)
            return length;
        output[length++] = (byte)'.';
        for (var unit = Micros.PerUnit / 10; fraction > 0; unit /= 10)
        {
            output[length++] = (byte)('0' + (fraction / unit));
            fraction %= unit;
        }

        return length;
    }

    private static bool TryParseFraction(ReadOnlySpan<byte> text, ulong value, out long micros)
    {
        micros = 0;
        var count = 0;
        for (; count < text.Length && count < Decimals; count++)
        {
            var digit = (uint)(text[count] - '0');
            if (digit > 9)
                return false;
            value = (value * 10) + digit;
        }

        if (count == 0 || text[count..].ContainsAnyExcept((byte)'0'))
            return false;
        micros = (long)(value * Scale[count]);
        return true;
    }
}
