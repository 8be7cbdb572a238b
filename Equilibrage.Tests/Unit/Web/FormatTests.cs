using System.Globalization;
using Equilibrage.Web.Components.Controls;

namespace Equilibrage.Tests.Unit.Web;

/// <summary>How numbers and times read on the pages.</summary>
[Trait("Tier", "Unit")]
public sealed class FormatTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 12, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("1234.5", false, "$1,234.50")]
    [InlineData("1234.5", true, "+$1,234.50")]
    [InlineData("-1234.565", true, "\u2212$1,234.57")]
    [InlineData("0", true, "$0.00")]
    [InlineData("-0.004", true, "$0.00")]
    public void Money_Value_HasSignUnitAndTwoDecimals(string value, bool signed, string expected) =>
        Assert.Equal(expected, Format.Money(Number(value), signed: signed));

    [Theory]
    [InlineData("0.1234", "+12.3%")]
    [InlineData("-0.00049", "0.0%")]
    [InlineData("-1", "\u2212100.0%")]
    public void Percent_Fraction_IsScaled(string fraction, string expected) =>
        Assert.Equal(expected, Format.Percent(Number(fraction), signed: true));

    [Theory]
    [InlineData("0.4725", 2, "47.25¢")]
    [InlineData("0.001", 1, "0.1¢")]
    [InlineData("1", 1, "100.0¢")]
    public void Price_Dollars_AreCents(string price, int decimals, string expected) =>
        Assert.Equal(expected, Format.Price(Number(price), decimals));

    [Theory]
    [InlineData(0, "now")]
    [InlineData(-59, "59 s ago")]
    [InlineData(-60, "1 min ago")]
    [InlineData(-7199, "1 h ago")]
    [InlineData(3 * 86_400, "in 3 d")]
    public void Ago_Seconds_AreInTheLargestWholeUnit(int seconds, string expected) =>
        Assert.Equal(expected, Format.Ago(Noon.AddSeconds(seconds), Noon));

    [Fact]
    public void Utc_TimeWithOffset_IsShownInUtc() =>
        Assert.Equal(
            "12 Mar 2026 10:00", Format.Utc(new(2026, 3, 12, 12, 0, 0, TimeSpan.FromHours(2)), withYear: true));

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
