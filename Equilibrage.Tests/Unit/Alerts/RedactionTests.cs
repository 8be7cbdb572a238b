using System.Net;
using Equilibrage.Adapters.Alerts;

namespace Equilibrage.Tests.Unit.Alerts;

/// <summary>What never leaves the machine, and where nothing is ever sent.</summary>
[Trait("Tier", "Unit")]
public sealed class RedactionTests
{
    [Theory]
    [InlineData("https://discord.com/api/webhooks/123/s3cr3tS3cr3t said no", "https://discord.com/… said no", "s3cr3t")]
    [InlineData("see https://user:pass@example.com/hook?key=abc", "see https://example.com/…", "pass")]
    [InlineData("bot 123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc failed", "bot [token] failed", "AAEhBOweik")]
    [InlineData("Authorization: Bearer abc.def.ghi", "Authorization: Bearer [secret]", "abc.def")]
    [InlineData(
        "key 0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d leaked", "key 0x59c6…690d leaked",
        "998f97a5a0044966")]
    [InlineData("secret=Ab3dEf6hIj9lMn2pQr5tUv8xYz1BcD4fGh7j", "secret [secret]", "Ab3dEf6h")]
    public void Text_WithASecret_IsShownWithoutIt(string text, string expected, string secret)
    {
        Assert.Equal(expected, Redaction.Text(text));
        Assert.DoesNotContain(secret, Redaction.Text(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Will \"Kilometre Zero\" score at least 65?\nAll of it would sell at 37.05¢.")]
    [InlineData("P&L +$12.34, fees $1.25. 93.88 shares of Under 6.5")]
    public void Text_WithoutOne_StaysAsItIs(string text) => Assert.Equal(text, Redaction.Text(text));

    [Fact]
    public void Text_TooLong_IsCut() => Assert.Equal(1_500, Redaction.Text(new string('x', 5_000)).Length);

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.20.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("2002:0a00:0001::", false)]
    public void Allows_Address_OnlyPublicOnes(string address, bool expected) =>
        Assert.Equal(expected, new OutboundGuard(allowsLoopback: false).Allows(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://example.com/hook", null)]
    [InlineData("http://example.com/hook", "https://")]
    [InlineData("https://user:pass@example.com/", "user name")]
    [InlineData("https://192.168.0.1/hook", "private network")]
    [InlineData("https://[::1]/hook", "private network")]
    [InlineData("http://127.0.0.1:5000/hook", "https://")]
    [InlineData("file:///etc/passwd", "https://")]
    [InlineData("hook", "an address such as")]
    public void Check_Target_SaysWhatIsAllowed(string target, string? complaint)
    {
        var wrong = new OutboundGuard(allowsLoopback: false).Check(target, out _);

        if (complaint is null)
            Assert.Null(wrong);
        else
            Assert.Contains(complaint, wrong!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_NameThatLeadsInside_IsNotConnectedTo()
    {
        using var client = new OutboundGuard(allowsLoopback: false).Client(TimeSpan.FromSeconds(5));

        var error = await Assert.ThrowsAsync<HttpRequestException>(
            () => client.GetAsync(new Uri("https://localhost:9/"), TestContext.Current.CancellationToken));

        Assert.Contains("private network", error.ToString(), StringComparison.Ordinal);
    }
}
