using System.Net;
using System.Text.RegularExpressions;
using Equilibrage.Tests.Support;
using Equilibrage.Web.Security;

namespace Equilibrage.Tests.Integration.Security;

/// <summary>Who gets in where the operator's password is asked for.</summary>
[Trait("Tier", "Integration")]
public sealed partial class PasswordTests : IDisposable
{
    private const string Right = "correct horse battery";

    private readonly TempFolder folder = new();
    private readonly ManualTime clock = new();
    private readonly OperatorPassword password;

    public PasswordTests() => password = new(folder.Path, clock);

    [Fact]
    public async Task Password_RightOne_OpensTheDeskAndTheOperatorsActions()
    {
        password.Set(Right);
        await using var app = await StartAsync();

        using var before = await app.SendAsync(HttpMethod.Get, "/api/read");
        using var signedIn = await SendAsync(app, "/login", "/login/password", ("password", Right));
        var cookie = Session(signedIn);
        using var after = await app.SendAsync(HttpMethod.Get, "/api/read", ("Cookie", cookie));
        using var action = await app.SendAsync(HttpMethod.Post, "/operator", ("Cookie", cookie));

        Assert.Equal(HttpStatusCode.Unauthorized, before.StatusCode);
        Assert.Equal("/", signedIn.Headers.Location?.OriginalString);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
        Assert.Equal(HttpStatusCode.OK, action.StatusCode);
        var kept = await File.ReadAllTextAsync(
            Path.Combine(folder.Path, "operator.json"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("horse", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Password_ChangedMeanwhile_EndsTheSession()
    {
        password.Set(Right);
        await using var app = await StartAsync();
        using var signedIn = await SendAsync(app, "/login", "/login/password", ("password", Right));

        password.Set("another horse entirely");
        using var after = await app.SendAsync(HttpMethod.Get, "/api/read", ("Cookie", Session(signedIn)));

        Assert.NotEqual(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task Password_WrongOnes_AreSlowedEvenAfterARestart()
    {
        password.Set(Right);
        for (var attempt = 0; attempt < 6; attempt++)
            Assert.NotNull(await password.TryAsync("a wrong guess", default));

        using var restarted = new OperatorPassword(folder.Path, clock);
        Assert.Contains("try again in 1 s", await restarted.TryAsync(Right, default), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await restarted.TryAsync(Right, default));
    }

    [Fact]
    public async Task Token_OpensTheDesk_ButNotTheOperatorsActions()
    {
        password.Set(Right);
        await using var app = await StartAsync(GuardedHost.Token);
        var bearer = ("Authorization", "Bearer " + GuardedHost.Token);

        using var read = await app.SendAsync(HttpMethod.Get, "/api/read", bearer);
        using var action = await app.SendAsync(HttpMethod.Post, "/operator", bearer);

        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, action.StatusCode);
    }

    [Fact]
    public async Task FirstPassword_ByTheOneTimeLink_IsSetOnceAndSignsIn()
    {
        await using var app = await StartAsync();
        var link = $"/login/setup?key={password.SetupKey}";
        (string, string)[] chosen = [("key", password.SetupKey), ("password", Right), ("again", Right)];

        using var strange = await SendAsync(
            app, link, "/login/first-password", ("key", new string('0', 64)), ("password", Right), ("again", Right));
        using var set = await SendAsync(app, link, "/login/first-password", chosen);
        using var used = await app.SendAsync(HttpMethod.Get, link, ("Accept", "text/html"));

        Assert.Equal("/login", strange.Headers.Location?.OriginalString);
        Assert.Equal("/settings", set.Headers.Location?.OriginalString);
        Assert.NotEmpty(Session(set));
        Assert.Contains("not good any more", await used.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.False(password.MayBeSetWith(password.SetupKey));
    }

    [Theory]
    [InlineData("short")]
    [InlineData(null)]
    public void Password_TooShort_IsRefused(string? chosen) => Assert.NotNull(OperatorPassword.WhyNot(chosen));

    [Fact]
    public void Bind_BeyondLoopback_NeedsATokenOrAPassword()
    {
        var options = new WebSecurityOptions(IPAddress.Any, 0, null, []) { Password = password };

        Assert.Throws<WebSecurityException>(options.Validate);
        password.Set(Right);
        options.Validate();

        Assert.True(options.AsksSignIn);
    }

    public void Dispose()
    {
        password.Dispose();
        folder.Dispose();
    }

    private static string Session(HttpResponseMessage answer) => answer.Headers.GetValues("Set-Cookie")
        .Single(cookie => cookie.StartsWith("equilibrage-session", StringComparison.Ordinal)).Split(';')[0];

    private static async Task<HttpResponseMessage> SendAsync(
        GuardedHost app, string page, string path, params (string Name, string Value)[] fields)
    {
        using var form = await app.SendAsync(HttpMethod.Get, page, ("Accept", "text/html"));
        var html = await form.Content.ReadAsStringAsync();
        var cookie = form.Headers.GetValues("Set-Cookie")
            .Single(each => each.StartsWith("equilibrage-form", StringComparison.Ordinal)).Split(';')[0];
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Add("Cookie", cookie);
        request.Content = new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", FormToken().Match(html).Groups[1].Value))
                .Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        return await app.Client().SendAsync(request);
    }

    private Task<GuardedHost> StartAsync(string? token = null) => GuardedHost.StartAsync(
        new WebSecurityOptions(IPAddress.Loopback, 0, token, []) { Password = password, AsksPassword = true });

    [GeneratedRegex("name=\"__RequestVerificationToken\" (?:type=\"hidden\" )?value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}
