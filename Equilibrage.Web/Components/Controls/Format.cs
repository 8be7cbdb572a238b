using System.Globalization;

namespace Equilibrage.Web.Components.Controls;

/// <summary>
/// How numbers and times read on a page: English digits, a true minus sign, UTC. Display rounds half away from
/// zero; the exact value belongs in a tooltip.
/// </summary>
public static class Format
{
    private const string Minus = "\u2212";

    /// <summary>Dollars: 1234.5 is "$1,234.50", signed "+$1,234.50".</summary>
    public static string Money(decimal value, int decimals = 2, bool signed = false, string unit = "$") =>
        Signed(value, decimals, signed, unit, string.Empty, 1);

    /// <summary>A fraction as a percentage: 0.1234 is "12.3%", signed "+12.3%".</summary>
    public static string Percent(decimal fraction, int decimals = 1, bool signed = false) =>
        Signed(fraction, decimals, signed, string.Empty, "%", 100);

    /// <summary>A price between 0 and 1 in cents: 0.4725 is "47.25¢" at two decimals.</summary>
    public static string Price(decimal price, int decimals = 1) =>
        Signed(price, decimals, false, string.Empty, "¢", 100);

    /// <summary>A plain number with thousands separators.</summary>
    public static string Number(decimal value, int decimals = 0) =>
        Signed(value, decimals, false, string.Empty, string.Empty, 1);

    /// <summary>A time of UTC to the minute, with its year only on request: "12 Mar 14:05".</summary>
    public static string Utc(DateTimeOffset time, bool withYear = false, bool withSeconds = false) =>
        time.UtcDateTime.ToString(
            (withYear ? "d MMM yyyy HH:mm" : "d MMM HH:mm") + (withSeconds ? ":ss" : string.Empty),
            CultureInfo.InvariantCulture);

    /// <summary>A length of time in its largest whole unit: "45 s", "3 min", "5 h", "2 d".</summary>
    public static string Duration(TimeSpan length)
    {
        var span = length.Duration();
        return span switch
        {
            { TotalSeconds: < 60 } => Whole(span.TotalSeconds, "s"),
            { TotalMinutes: < 60 } => Whole(span.TotalMinutes, "min"),
            { TotalHours: < 48 } => Whole(span.TotalHours, "h"),
            _ => Whole(span.TotalDays, "d"),
        };
    }

    /// <summary>A time seen from another one: "3 min ago", "in 2 d", "now".</summary>
    public static string Ago(DateTimeOffset time, DateTimeOffset now)
    {
        var age = now - time;
        if (age.Duration() < TimeSpan.FromSeconds(1)) return "now";
        return age > TimeSpan.Zero ? $"{Duration(age)} ago" : $"in {Duration(age)}";
    }

    /// <summary>The class that colours a signed number: gain, loss or flat.</summary>
    public static string ToneOf(decimal value) => value switch { > 0 => "gain", < 0 => "loss", _ => "flat" };

    private static string Whole(double value, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(value):0} {unit}");

    private static string Signed(
        decimal value, int decimals, bool signed, string prefix, string suffix, decimal scale)
    {
        var rounded = Math.Round(value * scale, decimals, MidpointRounding.AwayFromZero);
        var digits = Math.Abs(rounded).ToString("N" + decimals, CultureInfo.InvariantCulture);
        var sign = rounded switch { < 0 => Minus, > 0 when signed => "+", _ => string.Empty };
        return sign + prefix + digits + suffix;
    }
}
