using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Signing;

[Trait("Tier", "Unit")]
public sealed class RequestSignerTests
{
    private const string Secret = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private static readonly EthereumAddress Account =
        EthereumAddress.Parse("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");

    [Fact]
    public void Sign_GoldenVectors_AgreeByteForByte()
    {
        foreach (var vector in Golden.Vectors("hmac-l2"))
        {
            var signer = Of(vector.Text("secret"));
            var body = Body(vector);
            var (timestamp, method, path) = (vector.Number("timestamp"), vector.Text("method"), vector.Text("path"));

            Assert.Equal(vector.Text("signature"), signer.Sign(timestamp, method, path, body));
            Assert.True(signer.Verify(timestamp, method, path, body, vector.Text("signature")));
        }
    }

    [Fact]
    public void Headers_GoldenExample_IsComplete()
    {
        var golden = Golden.Read("hmac-l2");
        var (credentials, expected) = (golden.GetProperty("creds"), golden.GetProperty("headersExample"));
        var signer = new RequestSigner(
            new(credentials.Text("key"), credentials.Text("secret"), credentials.Text("passphrase")), Account);
        using var request = new HttpRequestMessage();

        signer.Headers(1_777_377_600, "POST", "/order", """{"hash":"0x123"}"""u8).AddTo(request);

        Assert.Equal(
            expected.EnumerateObject().Select(header => (header.Name, header.Value.GetString()!)).Order(),
            request.Headers.Select(header => (header.Key, header.Value.Single())).Order());
    }

    [Fact]
    public void Sign_LongBody_IsTheSameAsInOnePiece()
    {
        var body = Encoding.UTF8.GetBytes(new string('é', 40_000));
        byte[] message = [.. "17POST/order"u8, .. body];
        var expected = HMACSHA256.HashData(new byte[32], message);

        Assert.Equal(
            Convert.ToBase64String(expected).Replace('+', '-').Replace('/', '_'),
            Of(Secret).Sign(17, "POST", "/order", body));
    }

    [Theory]
    [InlineData(17, "POST", "/order", "{ }")]
    [InlineData(18, "POST", "/order", "{}")]
    [InlineData(17, "GET", "/order", "{}")]
    [InlineData(17, "POST", "/orders", "{}")]
    public void Verify_AnotherRequest_IsRefused(long timestamp, string method, string path, string body)
    {
        var signer = Of(Secret);
        var code = signer.Sign(17, "POST", "/order", "{}"u8);

        Assert.True(signer.Verify(17, "POST", "/order", "{}"u8, code));
        Assert.False(signer.Verify(timestamp, method, path, Encoding.UTF8.GetBytes(body), code));
        Assert.False(signer.Verify(17, "POST", "/order", "{}"u8, code.AsSpan(0, code.Length - 1)));
        Assert.False(signer.Verify(17, "POST", "/order", "{}"u8, code + "="));
        Assert.False(signer.Verify(17, "POST", "/order", "{}"u8, ""));
    }

    [Theory]
    [InlineData("not base64!")]
    [InlineData("AAAAA")]
    public void DecodeSecret_OtherText_IsRefusedWithoutRepeatingIt(string secret)
    {
        var refusal = Assert.Throws<FormatException>(() => RequestSigner.DecodeSecret(secret));

        Assert.DoesNotContain(secret, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Credentials_Text_ShowsNoSecret()
    {
        var credentials = new ApiCredentials("the-key", "the-secret", "the-passphrase");

        Assert.Equal("the-key", credentials.ToString());
        Assert.Equal("the-key", new L2Headers("a", "b", "1", "the-key", "the-passphrase").ToString());
    }

    private static RequestSigner Of(string secret) => new(new ApiCredentials("key", secret, "passphrase"), Account);

    private static byte[] Body(JsonElement vector) =>
        vector.GetProperty("body") is { ValueKind: JsonValueKind.String } body
            ? Encoding.UTF8.GetBytes(body.GetString()!)
            : [];
}
