using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;

namespace Equilibrage.Web.Security;

/// <summary>Signing in with the access token or the operator's password, choosing the first password, signing out.
/// </summary>
internal static class LoginEndpoints
{
    internal const string PagePath = "/login";
    internal const string SetupPagePath = "/login/setup";
    internal const string SignInPath = "/login/token";
    internal const string PasswordPath = "/login/password";
    internal const string SetupPath = "/login/first-password";
    internal const string SignOutPath = "/logout";
    internal const string RateLimit = "sign-in";
    internal const string PasswordClaim = "password";

    private static readonly TimeSpan Session = TimeSpan.FromHours(12);

    internal static void MapLogin(this IEndpointRouteBuilder app, WebSecurityOptions options)
    {
        if (options.Token is not null)
            app.MapPost(SignInPath, SignInAsync).AllowAnonymous().RequireRateLimiting(RateLimit)
                .ExcludeFromDescription();
        if (options.Password is not null)
        {
            app.MapPost(PasswordPath, PasswordAsync).AllowAnonymous().RequireRateLimiting(RateLimit)
                .ExcludeFromDescription();
            app.MapPost(SetupPath, SetupAsync).AllowAnonymous().RequireRateLimiting(RateLimit)
                .ExcludeFromDescription();
        }

        app.MapPost(SignOutPath, SignOutAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> PasswordAsync(
        HttpContext context, OperatorPassword kept, [FromForm(Name = "password")] string? guess,
        [FromForm] string? returnUrl)
    {
        var target = Local(returnUrl);
        if (await kept.TryAsync(guess, context.RequestAborted) is not null)
            return Results.LocalRedirect($"{PagePath}?wrong=true&returnUrl={Uri.EscapeDataString(target)}");

        await OpenSessionAsync(context, kept);
        return Results.LocalRedirect(target);
    }

    private static async Task<IResult> SetupAsync(
        HttpContext context, OperatorPassword kept, [FromForm] string? key,
        [FromForm(Name = "password")] string? chosen, [FromForm] string? again)
    {
        if (!kept.MayBeSetWith(key))
            return Results.LocalRedirect(PagePath);
        if (chosen != again || OperatorPassword.WhyNot(chosen) is not null)
            return Results.LocalRedirect($"{SetupPagePath}?key={key}&wrong=true");
        kept.Set(chosen!);
        await OpenSessionAsync(context, kept);
        return Results.LocalRedirect("/settings");
    }

    private static Task OpenSessionAsync(HttpContext context, OperatorPassword kept) => context.SignInAsync(
        CookieAuthenticationDefaults.AuthenticationScheme,
        new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.Name, "operator"), new Claim(PasswordClaim, kept.Stamp)],
            CookieAuthenticationDefaults.AuthenticationScheme)),
        new AuthenticationProperties
        {
            IsPersistent = true,
            ExpiresUtc = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() + Session,
        });

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
