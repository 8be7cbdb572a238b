using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Signing;

[Trait("Tier", "Unit")]
public sealed class EthereumSignerTests
{
    private static readonly Bytes32 Digest = Keccak256.Hash("something"u8);

    [Fact]
    public void FromHex_KnownKey_HasItsAddress()
    {
        using var signer = EthereumSigner.FromHex(Golden.PrivateKey);
        using var withoutPrefix = EthereumSigner.FromHex(Golden.PrivateKey.AsSpan(2));

        Assert.Equal("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266", signer.Address.ToString());
        Assert.Equal(signer.Address, withoutPrefix.Address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0x1234")]
    [InlineData("0x0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff8z")]
    public void FromHex_NoKey_IsRefusedWithoutRepeatingIt(string text)
    {
        var refusal = Assert.Throws<FormatException>(() => EthereumSigner.FromHex(text));

        Assert.True(text.Length == 0 || !refusal.ToString().Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void Sign_RandomDigests_AreRecoveredAndLow()
    {
        // Half the order of the curve: above it lies the other, malleable value of s.
        var half = Convert.FromHexString("7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0");
        using var signer = EthereumSigner.Generate();
        for (var round = 0; round < 200; round++)
        {
            var digest = Keccak256.Hash(BitConverter.GetBytes(round));
            var signature = signer.Sign(digest);

            Assert.True(signature.AsSpan(32, 32).SequenceCompareTo(half) <= 0);
            Assert.True(Secp256k1.TryRecover(digest, signature, out var address));
            Assert.Equal(signer.Address, address);
            Assert.Equal(signature, signer.Sign(digest));
        }
    }

    [Fact]
    public void TryRecover_HighS_IsRefused()
    {
        var order = Convert.FromHexString("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141");
        using var signer = Golden.Signer();
        var signature = signer.Sign(Digest);
        var high = new System.Numerics.BigInteger(order, true, true)
            - new System.Numerics.BigInteger(signature.AsSpan(32, 32), true, true);
        high.ToByteArray(true, true).CopyTo(signature.AsSpan(32));
        signature[64] ^= 27 ^ 28;

        Assert.False(Secp256k1.TryRecover(Digest, signature, out _));
    }

    [Fact]
    public void TryRecover_Malformed_IsRefused()
    {
        using var signer = Golden.Signer();
        var signature = signer.Sign(Digest);

        Assert.False(Secp256k1.TryRecover(Digest, signature.AsSpan(0, 64), out _));
        Assert.False(Secp256k1.TryRecover(Digest, new byte[65], out _));
        foreach (var recovery in new byte[] { 0, 1, 26, 29, 31 })
        {
            signature[64] = recovery;
            Assert.False(Secp256k1.TryRecover(Digest, signature, out _));
        }
        signature.AsSpan(0, 64).Fill(0xff);
        signature[64] = 27;
        Assert.False(Secp256k1.TryRecover(Digest, signature, out _));
    }

    [Fact]
    public void Key_IsNeverShown()
    {
        using var signer = Golden.Signer();

        Assert.Equal(signer.Address.ToString(), signer.ToString());
        Assert.DoesNotContain(
            Golden.PrivateKey[2..10], System.Text.Json.JsonSerializer.Serialize(signer),
            StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(typeof(EthereumSigner).GetProperties(), property => property.Name != "Address");
        Assert.Empty(typeof(EthereumSigner).GetFields());
    }

    [Fact]
    public void Sign_Disposed_IsRefused()
    {
        var signer = Golden.Signer();
        signer.Dispose();

        Assert.Throws<ObjectDisposedException>(() => signer.Sign(Digest));
    }

    [Fact]
    public void LibraryMissing_Message_SaysWhatToInstall() =>
        Assert.Contains(
            "apt-get install libsecp256k1-1", new SignatureLibraryException(new DllNotFoundException()).Message,
            StringComparison.Ordinal);
}
