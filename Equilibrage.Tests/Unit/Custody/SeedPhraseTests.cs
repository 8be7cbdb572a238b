using System.Security.Cryptography;
using System.Text;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Web.Custody;

namespace Equilibrage.Tests.Unit.Custody;

/// <summary>Vectors of BIP-39 and BIP-32, and accounts that every Ethereum wallet shows for these words.</summary>
[Trait("Tier", "Unit")]
public sealed class SeedPhraseTests
{
    private const string Abandon =
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

    private const string Junk = "test test test test test test test test test test test junk";

    [Fact]
    public void List_HasThePublishedWords()
    {
        Assert.Equal(2048, SeedPhrase.List.Count);
        Assert.Equal(SeedPhrase.List.Order(StringComparer.Ordinal), SeedPhrase.List);
        var text = string.Concat(SeedPhrase.List.Select(word => word + "\n"));
        // The hash of the list as the standard publishes it.
        Assert.Equal(
            "2f5eed53a4727b4bf8880d8f3f199efc90e58503646d9ff8eff3a2ed3b24dbda",
            Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text))));
    }

    [Theory]
    [InlineData(Abandon, "5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc1"
        + "9a5ac40b389cd370d086206dec8aa6c43daea6690f20ad3d8d48b2d2ce9e38e4")]
    [InlineData(
        "  Legal winner THANK year wave sausage\nworth useful legal winner thank   yellow ",
        "878386efb78845b3355bd15ea4d39ef97d179cb712b77d5c12b6be415fffeffe"
        + "5f377ba02bf3f8544ab800b955e51fbff09828f682052a20faa6addbbddfb096")]
    public void ToSeed_GivesTheStandardsSeed(string words, string seed)
    {
        // The first is the seed without a further passphrase, the second too, in the spelling of a hurried operator.
        Assert.Equal(seed, Convert.ToHexStringLower(SeedOf(words)));
    }

    [Theory]
    [InlineData(Abandon, "0x9858EfFD232B4033E47d90003D41EC34EcaEda94")]
    [InlineData(Junk, "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266")]
    public void Phrase_LeadsToTheAccountThatWalletsShowFirst(string words, string account)
    {
        Span<byte> key = stackalloc byte[32];
        HdKey.Derive(SeedOf(words), HdKey.EthereumPath, key);
        using var signer = EthereumSigner.FromBytes(key);

        Assert.Equal(account, signer.Address.ToString());
    }

    [Theory]
    [InlineData(
        "000102030405060708090a0b0c0d0e0f", "",
        "e8f32e723decf4051aefac8e2c93c9c5b214313817cdb01a1494b917c8436b35")]
    [InlineData(
        "000102030405060708090a0b0c0d0e0f", "0'",
        "edb2e14f9ee77d26dd93b4ecede8d16ed408ce149b6cd80b0715a2d911a0afea")]
    [InlineData(
        "000102030405060708090a0b0c0d0e0f", "0' 1 2' 2 1000000000",
        "471b76e389e528d6de6d816857e012c5455051cad6660850e58372a6c3e6e7c8")]
    public void Derive_FollowsBip32(string seed, string path, string key)
    {
        var steps = path.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(step => uint.Parse(step.TrimEnd('\''), System.Globalization.CultureInfo.InvariantCulture)
                | (step.EndsWith('\'') ? HdKey.Hardened : 0))
            .ToArray();
        Span<byte> derived = stackalloc byte[32];

        HdKey.Derive(Convert.FromHexString(seed), steps, derived);

        Assert.Equal(key, Convert.ToHexStringLower(derived));
    }

    [Theory]
    [InlineData("abandon abandon about", "has 12, 15, 18, 21 or 24 words; this one has 3")]
    [InlineData("abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon",
        "checksum")]
    [InlineData("test test test test test tset test test test test test junk", "Word 6")]
    public void ToSeed_WrongWords_SaysWhereAndRepeatsNone(string words, string expected)
    {
        var error = Assert.Throws<FormatException>(() => SeedOf(words));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("tset", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("abandon", error.Message, StringComparison.Ordinal);
    }

    private static byte[] SeedOf(string words)
    {
        var seed = new byte[SeedPhrase.SeedLength];
        SeedPhrase.ToSeed(Encoding.UTF8.GetBytes(words), seed);
        return seed;
    }
}
