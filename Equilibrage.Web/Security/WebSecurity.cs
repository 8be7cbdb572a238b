using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;

namespace Equilibrage.Web.Security;

/// <summary>
/// Who may reach the desk. Loopback is no defence by itself: any web site can make the operator's browser send
/// requests to it, so host names and origins are checked always. Beyond loopback, and where real money is at stake,
/// one signs in with the token or the operator's password.
/// </summary>
public static class WebSecurity
{
    /// <summary>The policy of what only the operator may do: wallet and arming.</summary>
    internal const string OperatorPolicy = "operator";

    private const string Scheme = "Equilibrage";
    private const string SessionCookie = "equilibrage-session";

    /// <summary>Adds the guards, and binds the server to the one address that the options allow.</summary>
    /// <exception cref="WebSecurityException">The options are not safe; the message says what to do.</exception>
    public static void AddWebSecurity(this WebApplicationBuilder builder, WebSecurityOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        // Listening explicitly overrides every other way to name an address, such as ASPNETCORE_URLS.
        builder.WebHost.ConfigureKestrel(server => server.Listen(options.Bind, options.Port));
        builder.Services.AddSingleton(options);
        builder.Services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "equilibrage-form";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
        });
        AddKeys(builder.Services, options);
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.AddPolicy(LoginEndpoints.RateLimit, SignInLimit);
        });
        if (options.AsksSignIn) AddSignIn(builder.Services, options);
    }

    /// <summary>Puts the guards before everything else.</summary>
    public static void UseWebSecurity(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<HostGuard>();
        app.UseWebSockets();
        app.UseMiddleware<OriginGuard>();
        app.UseRouting();
        app.UseRateLimiter();
        var options = app.Services.GetRequiredService<WebSecurityOptions>();
        if (options.AsksSignIn)
        {
            app.UseAuthentication();
            app.UseAuthorization();
        }
        app.UseAntiforgery();
        if (options.AsksSignIn) app.MapLogin(options);
    }

    private static void AddKeys(IServiceCollection services, WebSecurityOptions options)
    {
        var keys = services.AddDataProtection().SetApplicationName("Equilibrage");
        if (options.KeyFolder is null) keys.AddKeyManagementOptions(k => k.XmlRepository = new MemoryKeys());
        else keys.PersistKeysToFileSystem(Directory.CreateDirectory(options.KeyFolder));
    }

    private static RateLimitPartition<IPAddress> SignInLimit(HttpContext context) =>
        RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress ?? IPAddress.None,
            _ => new FixedWindowRateLimiterOptions { PermitLimit = 10, Window = TimeSpan.FromMinutes(1) });

    private static void AddSignIn(IServiceCollection services, WebSecurityOptions options)
    {
        var signIn = services.AddAuthentication(Scheme)
            .AddPolicyScheme(Scheme, Scheme, policy => policy.ForwardDefaultSelector =
                context => ChooseScheme(context, options.Token is not null))
            .AddCookie(ConfigureCookie);
        if (options.Token is { } token)
        {
            services.AddSingleton(new AccessToken(token));
            signIn.AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, null);
        }

        if (options.Password is { } password) services.AddSingleton(password);
        services.AddAuthorizationBuilder()
            .AddPolicy(OperatorPolicy, policy => policy
                .AddAuthenticationSchemes(CookieAuthenticationDefaults.AuthenticationScheme)
                .RequireClaim(LoginEndpoints.PasswordClaim))
            .SetFallbackPolicy(new AuthorizationPolicyBuilder(Scheme).RequireAuthenticatedUser().Build());
    }

    // A browser that wants a page is sent to the sign-in page; everything else is told which header to send.
    private static string ChooseScheme(HttpContext context, bool hasToken)
    {
        var hasCookie = context.Request.Cookies.ContainsKey(SessionCookie);
        return !hasToken || (!TokenAuthentication.Applies(context.Request) && (WantsPage(context) || hasCookie))
            ? CookieAuthenticationDefaults.AuthenticationScheme
            : TokenAuthentication.SchemeName;
    }

    private static bool WantsPage(HttpContext context) =>
        context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    private static void ConfigureCookie(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = SessionCookie;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.LoginPath = LoginEndpoints.PagePath;
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.ExpireTimeSpan = TimeSpan.FromDays(7);
        cookie.SlidingExpiration = true;
        cookie.Events.OnValidatePrincipal = RejectOtherSecretsAsync;
        cookie.Events.OnRedirectToLogin = SendToSignInAsync;
        cookie.Events.OnRedirectToAccessDenied = context => context.HttpContext.RefuseAsync(
            StatusCodes.Status403Forbidden,
            "Password needed",
            "Only who has signed in with the operator's password may do this. Sign out, then sign in with it.");
    }

    private static Task SendToSignInAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (WantsPage(context.HttpContext) || context.HttpContext.Request.Cookies.ContainsKey(SessionCookie))
        {
            context.Response.Redirect(context.RedirectUri);
            return Task.CompletedTask;
        }

        return context.HttpContext.RefuseAsync(
            StatusCodes.Status401Unauthorized,
            "Sign-in needed",
            $"Sign in on {LoginEndpoints.PagePath} with the operator's password. Programs need a token: set "
            + $"{WebSecurityOptions.TokenKey}.");
    }

    // A cookie outlives the process, so a changed token or password must end the sessions of the old one.
    private static Task RejectOtherSecretsAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var isOurs = context.Principal?.FindFirst(LoginEndpoints.PasswordClaim)?.Value is { } stamp
            ? services.GetService<OperatorPassword>()?.Stamp == stamp
            : context.Principal?.FindFirst(TokenAuthentication.FingerprintClaim)?.Value is { } print
                && services.GetService<AccessToken>()?.Fingerprint == print;
        if (!isOurs) context.RejectPrincipal();
        return Task.CompletedTask;
    }
}
