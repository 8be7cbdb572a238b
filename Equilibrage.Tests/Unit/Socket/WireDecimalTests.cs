using System.Globalization;
using System.Text;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Socket;
using FsCheck;
using FsCheck.Fluent;

namespace Equilibrage.Tests.Unit.Socket;

[Trait("Tier", "Unit")]
public sealed class WireDecimalTests
{
    private static readonly Arbitrary<long> AnyAmount =
        (from digits in Gen.Choose(1, 18) from high in Gen.Choose(0, 999_999_999) from low in Gen.Choose(0, 999_999_999)
         select ((high * 1_000_000_000L) + low) % (long)Math.Pow(10, digits)).ToArbitrary();

    private static readonly Arbitrary<string> AnyText =
        Gen.Elements("0123456789.-e +".ToCharArray()).ArrayOf()
            .Select(characters => new string(characters)).ToArbitrary();

    [Fact]
    public void Format_AnyAmount_IsCoresTextAndIsReadBack() => Prop.ForAll(AnyAmount, micros =>
    {
        Span<byte> room = stackalloc byte[WireDecimal.LongestText];
        var text = room[..WireDecimal.Format(micros, room)];
        return Encoding.UTF8.GetString(text) == Micros.Format(micros)
            && WireDecimal.TryParse(text, out var read) && read == micros
            && Scanned(Encoding.UTF8.GetString(text)) == (DecimalForm.Value, micros);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Scanner_AnyText_AgreesWithTheSlowWay() => Prop.ForAll(AnyText, text =>
    {
        var isDecimal = WireDecimal.TryParse(Encoding.UTF8.GetBytes(text), out var micros);
        var expected = text.Length == 0 ? (DecimalForm.None, 0)
            : isDecimal ? (DecimalForm.Value, micros) : (DecimalForm.Wrong, 0);
        return Scanned(text) == expected;
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("0.5", 500_000)]
    [InlineData(".48", 480_000)]
    [InlineData("150.0", 150_000_000)]
    [InlineData("1.50000000", 1_500_000)]
    [InlineData("999999999999.999999", 999_999_999_999_999_999)]
    public void TryParse_Decimal_IsExact(string text, long micros)
    {
        Assert.True(WireDecimal.TryParse(Encoding.UTF8.GetBytes(text), out var read));
        Assert.Equal((micros, (DecimalForm.Value, micros)), (read, Scanned(text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("1.")]
    [InlineData("-1")]
    [InlineData("1e3")]
    [InlineData("0.0000001")]
    [InlineData("1000000000000")]
    public void TryParse_SomethingElse_IsRefused(string text) =>
        Assert.False(WireDecimal.TryParse(Encoding.UTF8.GetBytes(text), out _));

    // Once with room behind it, where 16 bytes are read at a time, and once at the very end.
    private static (DecimalForm Form, long Micros) Scanned(string text)
    {
        var far = new FrameScanner(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"\"{text}\",\"0123456789abcdef\"")));
        var near = new FrameScanner(Encoding.UTF8.GetBytes($"\"{text}\""));
        var form = far.TakeDecimal(out var micros);
        Assert.Equal(form, near.TakeDecimal(out var again));
        Assert.Equal(micros, again);
        Assert.Equal(text.Length + 2, far.At);
        Assert.True(near.IsAtEnd());
        return (form, micros);
    }
}
