using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Equilibrage.Web.Security;

/// <summary>Accepts <c>Authorization: Bearer TOKEN</c>, for programs.</summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, AccessToken token)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    internal const string SchemeName = "Bearer";
    internal const string FingerprintClaim = "token";
    private const string Prefix = "Bearer ";

    internal static bool Applies(HttpRequest request) =>
        ((string?)request.Headers.Authorization)?.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) is true;

    internal static ClaimsPrincipal Operator(AccessToken token, string scheme) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.Name, "operator"), new Claim(FingerprintClaim, token.Fingerprint)], scheme));

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!Applies(Request)) return Task.FromResult(AuthenticateResult.NoResult());
        var guess = Request.Headers.Authorization.ToString()[Prefix.Length..].Trim();
        return Task.FromResult(token.Matches(guess)
            ? AuthenticateResult.Success(new AuthenticationTicket(Operator(token, Scheme.Name), Scheme.Name))
            : AuthenticateResult.Fail("The access token is not right."));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = SchemeName;
        return Context.RefuseAsync(
            StatusCodes.Status401Unauthorized,
            "Access token needed",
            $"Send \"Authorization: Bearer TOKEN\" with the value of {WebSecurityOptions.TokenKey}.");
    }
}
