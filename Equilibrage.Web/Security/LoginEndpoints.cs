using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;

namespace Equilibrage.Web.Security;

/// <summary>Signing in and out with the access token.</summary>
internal static class LoginEndpoints
{
    internal const string PagePath = "/login";
    internal const string SignInPath = "/login/token";
    internal const string SignOutPath = "/logout";
    internal const string RateLimit = "sign-in";

    internal static void MapLogin(this IEndpointRouteBuilder app)
    {
        app.MapPost(SignInPath, SignInAsync).AllowAnonymous().RequireRateLimiting(RateLimit).ExcludeFromDescription();
        app.MapPost(SignOutPath, SignOutAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> SignInAsync(
        HttpContext context, AccessToken access, [FromForm(Name = "token")] string? guess, [FromForm] string? returnUrl)
    {
        var target = Local(returnUrl);
        if (!access.Matches(guess))
            return Results.LocalRedirect($"{PagePath}?failed=true&returnUrl={Uri.EscapeDataString(target)}");
        await context.SignInAsync(
            CookieAuthenticationDefaults.AuthenticationScheme,
            TokenAuthentication.Operator(access, CookieAuthenticationDefaults.AuthenticationScheme),
            new AuthenticationProperties { IsPersistent = true });
        return Results.LocalRedirect(target);
    }

    // The form is only there to demand the antiforgery token.
    private static async Task<IResult> SignOutAsync(HttpContext context, [FromForm] string? returnUrl)
    {
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return Results.LocalRedirect(returnUrl is null ? PagePath : Local(returnUrl));
    }

    // Only paths of this application: "//other.example" and "/\other.example" leave it.
    private static string Local(string? url) =>
        url is { Length: > 0 } && url[0] == '/' && (url.Length == 1 || url[1] is not ('/' or '\\')) ? url : "/";
}
