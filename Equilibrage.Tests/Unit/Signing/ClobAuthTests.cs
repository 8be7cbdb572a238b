using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Signing;

[Trait("Tier", "Unit")]
public sealed class ClobAuthTests
{
    [Fact]
    public void Sign_GoldenVectors_AgreeByteForByte()
    {
        using var signer = Golden.Signer();
        foreach (var vector in Golden.Vectors("clob-auth-l1"))
        {
            var (chainId, timestamp, nonce) = (
                vector.Number("chainId"), vector.Number("timestamp"), vector.Number("nonce"));
            var headers = ClobAuth.Sign(signer, timestamp, nonce, chainId);

            Assert.Equal(vector.Word("domainSeparator"), ClobAuth.DomainSeparator(chainId));
            Assert.Equal(vector.Word("structHash"), ClobAuth.StructHash(signer.Address, timestamp, nonce));
            Assert.Equal(vector.Word("digest"), ClobAuth.Digest(signer.Address, timestamp, nonce, chainId));
            Assert.Equal(vector.Text("signature"), headers.Signature);

            var expected = vector.GetProperty("headers");
            Assert.Equal(
                new L1Headers(
                    expected.Text(PolyHeaders.Address), expected.Text(PolyHeaders.Signature),
                    expected.Text(PolyHeaders.Timestamp), expected.Text(PolyHeaders.Nonce)),
                headers);
            Assert.True(ClobAuth.Verify(headers, chainId, out var address));
            Assert.Equal(vector.Address("recoveredSigner"), address);
        }
    }

    [Fact]
    public void Verify_ChangedHeaders_AreRefused()
    {
        using var signer = Golden.Signer();
        using var stranger = EthereumSigner.Generate();
        var headers = ClobAuth.Sign(signer, 1_777_377_600);

        Assert.True(ClobAuth.Verify(headers, 137, out _));
        Assert.False(ClobAuth.Verify(headers, 80002, out _));
        Assert.False(ClobAuth.Verify(headers with { Timestamp = "1777377601" }, 137, out _));
        Assert.False(ClobAuth.Verify(headers with { Timestamp = "soon" }, 137, out _));
        Assert.False(ClobAuth.Verify(headers with { Nonce = "1" }, 137, out _));
        Assert.False(ClobAuth.Verify(headers with { Address = stranger.Address.ToString() }, 137, out _));
        Assert.False(ClobAuth.Verify(headers with { Signature = headers.Signature[..^2] }, 137, out _));
    }

    [Fact]
    public void AddTo_Request_CarriesTheFourHeaders()
    {
        using var request = new HttpRequestMessage();

        new L1Headers("0xa", "0xb", "1", "0").AddTo(request);

        Assert.Equal(
            ["POLY_ADDRESS=0xa", "POLY_SIGNATURE=0xb", "POLY_TIMESTAMP=1", "POLY_NONCE=0"],
            request.Headers.Select(header => $"{header.Key}={header.Value.Single()}"));
    }
}
