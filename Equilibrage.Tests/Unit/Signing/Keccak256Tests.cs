using System.Text;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Signing;

[Trait("Tier", "Unit")]
public sealed class Keccak256Tests
{
    // The usual published values of Keccak-256 (not SHA3-256).
    [Theory]
    [InlineData("", "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData("testing", "0x5f16f4c7f149ac4f9510d9cf8cf384038ad348b3bcdc01915f95de12df9d1b02")]
    [InlineData(
        "The quick brown fox jumps over the lazy dog",
        "0x4d741b6f1eb29cb2a9b9911c82f56fa8d73b04959d3d9d222895df6c0b28aa15")]
    public void Hash_KnownText_IsItsDigest(string text, string expected) =>
        Assert.Equal(expected, Keccak256.Hash(Encoding.UTF8.GetBytes(text)).ToString());

    // Around the rate of 136 bytes the padding moves into a block of its own. Expected values: a plain implementation
    // straight from the specification.
    [Fact]
    public void Hash_AnyLength_EqualsThePlainImplementation()
    {
        var data = new byte[500];
        new Random(3).NextBytes(data);

        for (var length = 0; length <= data.Length; length++)
            Assert.Equal(
                Convert.ToHexString(PlainKeccak.Hash(data.AsSpan(0, length))),
                Convert.ToHexString(Keccak256.Hash(data.AsSpan(0, length)).ToArray()));
    }

    [Fact]
    public void Hash_DigestOverTheInput_IsTheSame()
    {
        var data = Encoding.UTF8.GetBytes(new string('x', 64));
        var expected = Keccak256.Hash(data);

        Keccak256.Hash(data, data);

        Assert.Equal(expected, Bytes32.From(data));
    }

    [Fact]
    public void Hash_NoRoom_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Keccak256.Hash([1], new byte[31]));
}
