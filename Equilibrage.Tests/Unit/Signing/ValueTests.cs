using System.Globalization;
using System.Numerics;
using System.Text;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Tests.Unit.Signing;

/// <summary>Addresses, words and 256-bit numbers as text and bytes.</summary>
[Trait("Tier", "Unit")]
public sealed class ValueTests
{
    // The examples of EIP-55.
    [Theory]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359")]
    [InlineData("0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB")]
    [InlineData("0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb")]
    [InlineData("0x52908400098527886E0F7030069857D2E4169EE7")]
    [InlineData("0xde709f2102306220921060314715629080e2fb77")]
    public void Address_AnyCase_IsWrittenWithItsChecksum(string text)
    {
        var address = EthereumAddress.Parse(text.ToLowerInvariant());

        Assert.Equal(text, address.ToString());
        Assert.Equal(text.ToLowerInvariant(), address.ToLowerString());
        Assert.Equal(address, EthereumAddress.Parse(text));
        Assert.True(EthereumAddress.TryParse(Encoding.UTF8.GetBytes(text), out var fromUtf8));
        Assert.Equal(address, fromUtf8);
    }

    [Theory]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", true)]
    [InlineData("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", true)]
    [InlineData("0x5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED", true)]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", false)]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe", false)]
    public void TryParseChecked_Text_IsJudgedByItsChecksum(string text, bool expected) =>
        Assert.Equal(expected, EthereumAddress.TryParseChecked(text, out _));

    [Theory]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed00")]
    [InlineData("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1Be d")]
    public void Address_OtherText_IsRefused(string text)
    {
        Assert.False(EthereumAddress.TryParse(text, out _));
        Assert.False(EthereumAddress.TryParse(Encoding.UTF8.GetBytes(text), out _));
        Assert.Throws<FormatException>(() => EthereumAddress.Parse(text));
    }

    [Fact]
    public void Address_TooFewDigits_IsWrittenNowhere() =>
        Assert.False(EthereumAddress.Zero.TryFormat(new byte[41], out _));

    [Fact]
    public void Bytes32_Text_ComesBack()
    {
        const string Text = "0x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1eff";

        Assert.Equal(Text, Bytes32.Parse(Text.ToUpperInvariant().Replace("0X", "0x")).ToString());
        Assert.Equal(0xff, Bytes32.Parse(Text).ToArray()[31]);
        Assert.True(Bytes32.Zero.IsZero);
        Assert.False(Bytes32.TryParse(Text + "00", out _));
        Assert.False(Bytes32.TryParse(Text.AsSpan(2), out _));
    }

    public static TheoryData<string> Numbers =>
    [
        "0", "1", "9", "10", "18446744073709551615", "18446744073709551616", "340282366920938463463374607431768211456",
        "71321045679252212594626385532706912750332728571942532289631379312455583992563",
        "115792089237316195423570985008687907853269984665640564039457584007913129639935",
        "100000000000000000000000000000000000000000000000000000000000000000000000000000",
    ];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void UInt256_Decimal_ComesBack(string text)
    {
        var value = UInt256.Parse(text);

        Assert.Equal(text, value.ToString());
        Assert.Equal(BigInteger.Parse(text, CultureInfo.InvariantCulture), value.ToBigInteger());
        Assert.Equal(value, UInt256.From(BigInteger.Parse(text, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void UInt256_RandomNumbers_AgreeWithBigIntegers()
    {
        var random = new Random(11);
        var bytes = new byte[32];
        var previous = UInt256.Zero;
        for (var round = 0; round < 2_000; round++)
        {
            random.NextBytes(bytes);
            bytes.AsSpan(0, random.Next(33)).Clear();
            var (value, expected) = (UInt256.FromBigEndian(bytes), new BigInteger(bytes, true, true));

            Assert.Equal(expected.ToString(CultureInfo.InvariantCulture), value.ToString());
            Assert.Equal(value, UInt256.Parse(expected.ToString(CultureInfo.InvariantCulture)));
            Assert.Equal(expected.CompareTo(previous.ToBigInteger()), value.CompareTo(previous));
            previous = value;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.0")]
    [InlineData(" 1")]
    [InlineData("0x1")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639936")]
    [InlineData("1000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    public void UInt256_OtherText_IsRefused(string text) => Assert.False(UInt256.TryParse(text, out _));

    [Fact]
    public void UInt256_TooBigInteger_IsRefused()
    {
        Assert.Throws<OverflowException>(() => UInt256.From(BigInteger.One << 256));
        Assert.Throws<OverflowException>(() => UInt256.From(BigInteger.MinusOne));
        Assert.Null(UInt256.MaxValue.ToUInt64());
        Assert.Equal(7UL, ((UInt256)7).ToUInt64());
    }
}
