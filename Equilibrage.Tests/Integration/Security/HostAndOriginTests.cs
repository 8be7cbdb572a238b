using System.Net;

namespace Equilibrage.Tests.Integration.Security;

/// <summary>What other web sites may make the operator's browser do: nothing.</summary>
[Trait("Tier", "Integration")]
public sealed class HostAndOriginTests
{
    [Theory]
    [InlineData("127.0.0.1:5080", HttpStatusCode.OK)]
    [InlineData("localhost:5080", HttpStatusCode.OK)]
    [InlineData("[::1]:5080", HttpStatusCode.OK)]
    [InlineData("desk.example", HttpStatusCode.OK)]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("192.168.1.5:5080", HttpStatusCode.MisdirectedRequest)]
    public async Task Host_OnLoopback_OnlyKnownNamesAreAnswered(string host, HttpStatusCode expected)
    {
        await using var app = await GuardedHost.StartAsync(hosts: "desk.example");

        using var response = await app.SendAsync(HttpMethod.Get, "/api/read", ("Host", host));

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Host_OnPublicBind_LiteralAddressesAreAnsweredAndForeignNamesAreNot()
    {
        await using var app = await GuardedHost.StartAsync(GuardedHost.Token, IPAddress.Any);
        var bearer = ("Authorization", $"Bearer {GuardedHost.Token}");

        using var address = await app.SendAsync(HttpMethod.Get, "/api/read", ("Host", "192.168.1.5:5080"), bearer);
        using var name = await app.SendAsync(HttpMethod.Get, "/api/read", ("Host", "evil.example"), bearer);

        Assert.Equal(HttpStatusCode.OK, address.StatusCode);
        Assert.Equal(HttpStatusCode.MisdirectedRequest, name.StatusCode);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.OK)]
    [InlineData("http://127.0.0.1:5080", HttpStatusCode.OK)]
    [InlineData("http://127.0.0.1:9999", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost:5080", HttpStatusCode.Forbidden)]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("http://127.0.0.1:5080.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("file://127.0.0.1:5080", HttpStatusCode.Forbidden)]
    public async Task Origin_OnStateChange_OnlyOwnOrNone(string? origin, HttpStatusCode expected)
    {
        await using var app = await GuardedHost.StartAsync();

        foreach (var method in (HttpMethod[])[HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete])
        {
            using var response = origin is null
                ? await app.SendAsync(method, "/api/change")
                : await app.SendAsync(method, "/api/change", ("Origin", origin));
            Assert.Equal(expected, response.StatusCode);
        }
    }

    [Fact]
    public async Task Origin_ForeignButOnlyReading_IsLeftToTheBrowser()
    {
        await using var app = await GuardedHost.StartAsync();

        using var response = await app.SendAsync(HttpMethod.Get, "/api/read", ("Origin", "https://evil.example"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Origin_MissingInCrossSiteRequest_IsRefused()
    {
        await using var app = await GuardedHost.StartAsync();

        using var response = await app.SendAsync(HttpMethod.Post, "/api/change", ("Sec-Fetch-Site", "cross-site"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Origin_BehindTlsProxy_SchemeMayDiffer()
    {
        await using var app = await GuardedHost.StartAsync(hosts: "desk.example");

        using var response = await app.SendAsync(
            HttpMethod.Post, "/api/change", ("Host", "desk.example"), ("Origin", "https://desk.example"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("http://127.0.0.1:5080")]
    public async Task WebSocket_OwnOriginOrNone_IsOpened(string? origin)
    {
        await using var app = await GuardedHost.StartAsync();

        Assert.Equal("hello", await app.EchoAsync(origin));
    }

    [Fact]
    public async Task WebSocket_ForeignOrigin_IsRefused()
    {
        await using var app = await GuardedHost.StartAsync();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => app.EchoAsync("https://evil.example"));

        Assert.Contains("403", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/_blazor/negotiate?negotiateVersion=1")]
    [InlineData("/hubs/echo")]
    public async Task Channel_ForeignOrigin_IsRefused(string path)
    {
        await using var app = await GuardedHost.StartAsync();

        using var post = await app.SendAsync(HttpMethod.Post, path, ("Origin", "https://evil.example"));
        using var get = await app.SendAsync(HttpMethod.Get, path, ("Origin", "https://evil.example"));

        Assert.Equal(HttpStatusCode.Forbidden, post.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, get.StatusCode);
    }

    [Fact]
    public async Task Form_WithoutAntiforgeryToken_IsRefused()
    {
        await using var app = await GuardedHost.StartAsync();
        using var form = new FormUrlEncodedContent([new("word", "hello")]);

        using var response = await app.Client().PostAsync("/form", form);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Page_Headers_ForbidForeignScriptsAndFrames()
    {
        await using var app = await GuardedHost.StartAsync();

        using var response = await app.SendAsync(HttpMethod.Get, "/", ("Accept", "text/html"));

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        var html = (await response.Content.ReadAsStringAsync())
            .Replace("http://www.w3.org", "", StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("://", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Address_Unknown_BrowsersGetAPageAndProgramsDoNot()
    {
        await using var app = await GuardedHost.StartAsync();

        using var page = await app.SendAsync(HttpMethod.Get, "/nothing", ("Accept", "text/html"));
        using var program = await app.SendAsync(HttpMethod.Get, "/nothing");

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Contains("does not exist", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, program.StatusCode);
        Assert.Equal("", await program.Content.ReadAsStringAsync());
    }
}
