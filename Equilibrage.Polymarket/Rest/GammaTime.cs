namespace Equilibrage.Polymarket.Rest;

/// <summary>
/// Reads Gamma's dates: RFC 3339 with any number of decimals, <c>2026-04-05 15:10:00+00</c>, and plain dates (midnight
/// UTC).
/// </summary>
public static class GammaTime
{
    private const int DateLength = 10;

    /// <summary>Reads UTF-8 text as a moment in UTC; false when it is none of the known forms.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < DateLength || text[4] != '-' || text[7] != '-'
            || !TryDigits(text[..4], out var year) || !TryDigits(text[5..7], out var month)
            || !TryDigits(text[8..10], out var day))
            return false;
        if (year is < 1 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        var ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks;
        var rest = text[DateLength..];
        if (rest.Length > 0 && !TryTime(rest, ref ticks))
            return false;
        if (ticks < 0)
            return false;
        time = new(ticks, TimeSpan.Zero);
        return true;
    }

    private static bool TryTime(ReadOnlySpan<byte> text, ref long ticks)
    {
        if (text.Length < 6 || (text[0] != 'T' && text[0] != 't' && text[0] != ' ') || text[3] != ':'
            || !TryDigits(text[1..3], out var hour) || !TryDigits(text[4..6], out var minute)
            || hour > 23 || minute > 59)
            return false;
        ticks += (hour * TimeSpan.TicksPerHour) + (minute * TimeSpan.TicksPerMinute);
        text = text[6..];
        if (text.Length >= 3 && text[0] == ':')
        {
            // A leap second is the first moment of the next minute here.
            if (!TryDigits(text[1..3], out var second) || second > 60)
                return false;
            ticks += second * TimeSpan.TicksPerSecond;
            text = text[3..];
            if (text.Length > 0 && text[0] == '.' && !TryFraction(ref text, ref ticks))
                return false;
        }

        return TryOffset(text, ref ticks);
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> text, ref long ticks)
    {
        var unit = TimeSpan.TicksPerSecond;
        var length = 1;
        while (length < text.Length && text[length] is >= (byte)'0' and <= (byte)'9')
        {
            unit /= 10;
            ticks += (text[length] - '0') * unit;
            length++;
        }

        text = text[length..];
        return length > 1;
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, ref long ticks)
    {
        if (text.Length == 0 || (text.Length == 1 && text[0] is (byte)'Z' or (byte)'z'))
            return true;
        if (text[0] != '+' && text[0] != '-')
            return false;
        var sign = text[0] == '+' ? -1 : 1;
        text = text[1..];
        var minutes = 0;
        if (text.Length < 2 || !TryDigits(text[..2], out var hours) || hours > 14)
            return false;
        text = text[2..];
        if (text.Length > 0 && text[0] == ':')
            text = text[1..];
        if (text.Length > 0 && (text.Length != 2 || !TryDigits(text, out minutes) || minutes > 59))
            return false;
        ticks += sign * ((hours * TimeSpan.TicksPerHour) + (minutes * TimeSpan.TicksPerMinute));
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            value = (value * 10) + (digit - '0');
        }

        return true;
    }
}
