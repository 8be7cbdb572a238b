using System.Net;
using Equilibrage.Web.Security;
using Microsoft.Extensions.Configuration;

namespace Equilibrage.Tests.Integration.Security;

/// <summary>Which addresses the desk may listen on.</summary>
[Trait("Tier", "Integration")]
public sealed class BindTests
{
    [Fact]
    public void Options_NothingSet_IsLoopbackAndPort5080()
    {
        var options = Read();

        Assert.Equal(IPAddress.Loopback, options.Bind);
        Assert.Equal(5080, options.Port);
        Assert.Null(options.Token);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.168.1.5")]
    [InlineData("::")]
    [InlineData("*")]
    public void Options_PublicBindWithoutToken_IsRefusedWithTheRemedy(string bind)
    {
        var error = Assert.Throws<WebSecurityException>(() => Read(("bind", bind)));

        Assert.Contains("EQUILIBRAGE_TOKEN", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.8.8")]
    [InlineData("::1")]
    [InlineData("localhost")]
    public void Options_LoopbackWithoutToken_IsAllowed(string bind) =>
        Assert.True(IPAddress.IsLoopback(Read(("bind", bind)).Bind));

    [Fact]
    public void Options_PublicBindWithToken_IsAllowed() =>
        Assert.Equal(IPAddress.Any, Read(("bind", "0.0.0.0"), ("EQUILIBRAGE_TOKEN", "0123456789abcdef")).Bind);

    [Theory]
    [InlineData("EQUILIBRAGE_TOKEN", "short")]
    [InlineData("bind", "my-machine")]
    [InlineData("port", "http")]
    [InlineData("port", "65536")]
    [InlineData("port", "-1")]
    public void Options_Unusable_IsRefused(string name, string value) =>
        Assert.Throws<WebSecurityException>(() => Read((name, value)));

    [Fact]
    public void Options_Hosts_AreSplit() =>
        Assert.Equal(["a.example", "b.example"], Read(("EQUILIBRAGE_HOSTS", "a.example, b.example,")).Hosts);

    private static WebSecurityOptions Read(params (string Name, string Value)[] values) =>
        WebSecurityOptions.Read(new ConfigurationBuilder()
            .AddInMemoryCollection(values.ToDictionary(v => v.Name, v => (string?)v.Value))
            .Build());
}
