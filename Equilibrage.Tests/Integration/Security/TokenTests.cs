using System.Net;
using System.Text.RegularExpressions;

namespace Equilibrage.Tests.Integration.Security;

/// <summary>Who gets in when an access token is set.</summary>
[Trait("Tier", "Integration")]
public sealed partial class TokenTests
{
    [Theory]
    [InlineData("Bearer " + GuardedHost.Token, HttpStatusCode.OK)]
    [InlineData("bearer " + GuardedHost.Token, HttpStatusCode.OK)]
    [InlineData("Bearer " + GuardedHost.Token + "x", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer ", HttpStatusCode.Unauthorized)]
    [InlineData("Basic b3BlcmF0b3I6eA==", HttpStatusCode.Unauthorized)]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    public async Task Api_Authorization_OnlyTheTokenPasses(string? header, HttpStatusCode expected)
    {
        await using var app = await GuardedHost.StartAsync(GuardedHost.Token);

        foreach (var (method, path) in ((HttpMethod, string)[])
            [(HttpMethod.Get, "/api/read"), (HttpMethod.Post, "/api/change")])
        {
            using var response = header is null
                ? await app.SendAsync(method, path)
                : await app.SendAsync(method, path, ("Authorization", header));
            Assert.Equal(expected, response.StatusCode);
        }
    }

    [Fact]
    public async Task Circuit_WithoutToken_IsRefused()
    {
        await using var app = await GuardedHost.StartAsync(GuardedHost.Token);

        using var response = await app.SendAsync(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Page_WithoutToken_LeadsToTheSignInPage()
    {
        await using var app = await GuardedHost.StartAsync(GuardedHost.Token);

        using var response = await app.SendAsync(HttpMethod.Get, "/history?days=7", ("Accept", "text/html"));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/login?returnUrl=%2Fhistory%3Fdays%3D7", response.Headers.Location?.PathAndQuery);
    }

    [Fact]
    public async Task SignIn_RightToken_OpensTheDeskAndReturnsToThePage()
    {
        await using var app = await GuardedHost.StartAsync(GuardedHost.Token);

        using var response = await SignInAsync(app, GuardedHost.Token, "/history");

        Assert.Equal("/history", response.Headers.Location?.OriginalString);
        var cookie = response.Headers.GetValues("Set-Cookie").Single(
            c => c.StartsWith("equilibrage-session", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("horse", cookie, StringComparison.Ordinal);
        using var page = await app.SendAsync(HttpMethod.Get, "/api/read", ("Cookie", cookie.Split(';')[0]));
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
    }

    [Fact]
    public async Task SignIn_WrongToken_StaysOutside()
    {
        await using var app = await GuardedHost.StartAsync(GuardedHost.Token);

        using var response = await SignInAsync(app, "something else entirely", "/history");

        Assert.Equal("/login?failed=true&returnUrl=%2Fhistory", response.Headers.Location?.OriginalString);
        Assert.False(response.Headers.TryGetValues("Set-Cookie", out var cookies)
            && cookies.Any(c => c.StartsWith("equilibrage-session", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task SignIn_ForeignReturnAddress_IsIgnored(string target)
    {
        await using var app = await GuardedHost.StartAsync(GuardedHost.Token);

        using var response = await SignInAsync(app, GuardedHost.Token, target);

        Assert.Equal("/", response.Headers.Location?.OriginalString);
    }

    [Fact]
    public async Task SignIn_ManyAttempts_AreSlowedDown()
    {
        await using var app = await GuardedHost.StartAsync(GuardedHost.Token);

        var last = HttpStatusCode.OK;
        for (var attempt = 0; attempt < 11; attempt++)
        {
            using var response = await SignInAsync(app, $"guess number {attempt}", "/");
            last = response.StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
    }

    [Fact]
    public async Task Assets_WithoutToken_AreServedForTheSignInPage()
    {
        await using var app = await GuardedHost.StartAsync(GuardedHost.Token);

        using var response = await app.SendAsync(HttpMethod.Get, "/app.css");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task<HttpResponseMessage> SignInAsync(GuardedHost app, string token, string returnUrl)
    {
        using var client = app.Client();
        using var page = await client.GetAsync("/login");
        var html = await page.Content.ReadAsStringAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/login/token");
        request.Headers.Add("Cookie", page.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        request.Headers.Add("Origin", "http://127.0.0.1:5080");
        request.Content = new FormUrlEncodedContent(
        [
            new("__RequestVerificationToken", FormToken().Match(html).Groups[1].Value),
            new("token", token),
            new("returnUrl", returnUrl),
        ]);
        return await client.SendAsync(request);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
