using System.Globalization;

namespace Equilibrage.Core.Primitives;

/// <summary>
/// Exact arithmetic on 64-bit micro-units (1 unit = 0.000001), shared by <see cref="Price"/>, <see cref="Quantity"/>
/// and <see cref="Usdc"/>. Products run in <see cref="Int128"/> and are narrowed with a check.
/// </summary>
public static class Micros
{
    /// <summary>Micro-units in one whole unit.</summary>
    public const long PerUnit = 1_000_000;

    /// <summary>Converts a decimal exactly.</summary>
    /// <exception cref="ArgumentOutOfRangeException">More than six decimals, or outside the 64-bit range.</exception>
    public static long FromDecimal(decimal value)
    {
        if (value is > 9_223_372_036_855m or < -9_223_372_036_855m)
            throw new ArgumentOutOfRangeException(nameof(value), value, "The amount is too large.");
        var scaled = value * PerUnit;
        if (decimal.Truncate(scaled) != scaled)
            throw new ArgumentOutOfRangeException(nameof(value), value, "At most six decimals can be represented.");
        if (scaled is > long.MaxValue or < long.MinValue)
            throw new ArgumentOutOfRangeException(nameof(value), value, "The amount is too large.");
        return (long)scaled;
    }

    /// <summary>The exact decimal of a micro-unit amount, without trailing zeros.</summary>
    public static decimal ToDecimal(long micros) => micros / 1_000_000m;

    /// <summary>
    /// Reads plain decimal notation: optional sign, digits, optional point and at most six decimals. No exponent,
    /// no group separators, no white space: what an exchange or a form sends is either exactly this or refused.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long micros)
    {
        micros = 0;
        var ok = decimal.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var value);
        // Digits beyond the 28 of a decimal would be rounded away in silence: a fraction is counted, not measured.
        var point = text.IndexOf('.');
        if (!ok || (point >= 0 && text[(point + 1)..].TrimEnd('0').Length > 6)
            || value is > 9_223_372_036_855m or < -9_223_372_036_855m)
            return false;
        var scaled = value * PerUnit;
        if (scaled is > long.MaxValue or < long.MinValue)
            return false;
        micros = (long)scaled;
        return true;
    }

    /// <summary>Shortest exact text, such as <c>0.35</c>, <c>-12</c> or <c>0.000001</c>.</summary>
    public static string Format(long micros) => ToDecimal(micros).ToString("0.######", CultureInfo.InvariantCulture);

    /// <summary>Integer division rounding toward negative infinity.</summary>
    public static Int128 FloorDiv(Int128 dividend, Int128 divisor)
    {
        var quotient = dividend / divisor;
        return dividend % divisor != 0 && (dividend < 0) != (divisor < 0) ? quotient - 1 : quotient;
    }

    /// <summary>Integer division rounding toward positive infinity.</summary>
    public static Int128 CeilDiv(Int128 dividend, Int128 divisor) => -FloorDiv(-dividend, divisor);

    /// <summary>Narrows an intermediate result.</summary>
    /// <exception cref="OverflowException">The result does not fit 64 bits.</exception>
    public static long Narrow(Int128 value) => checked((long)value);
}
