using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;

namespace Equilibrage.Web.Security;

/// <summary>
/// Who may reach the desk. Loopback is no defence by itself: any web site can make the operator's browser send
/// requests to it, so host names and origins are checked always, and a token is asked for beyond loopback.
/// </summary>
public static class WebSecurity
{
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
        if (options.Token is not null) AddTokenAuthentication(builder.Services, options.Token);
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
        var hasToken = app.Services.GetRequiredService<WebSecurityOptions>().Token is not null;
        if (hasToken)
        {
            app.UseAuthentication();
            app.UseAuthorization();
        }
        app.UseAntiforgery();
        if (hasToken) app.MapLogin();
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

    private static void AddTokenAuthentication(IServiceCollection services, string token)
    {
        services.AddSingleton(new AccessToken(token));
        services.AddAuthentication(Scheme)
            .AddPolicyScheme(Scheme, Scheme, policy => policy.ForwardDefaultSelector = ChooseScheme)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.SchemeName, null)
            .AddCookie(ConfigureCookie);
        services.AddAuthorizationBuilder().SetFallbackPolicy(
            new AuthorizationPolicyBuilder(Scheme).RequireAuthenticatedUser().Build());
    }

    // A browser that wants a page is sent to the sign-in page; everything else is told which header to send.
    private static string ChooseScheme(HttpContext context)
    {
        var wantsPage = context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
        var hasCookie = context.Request.Cookies.ContainsKey(SessionCookie);
        return !TokenAuthentication.Applies(context.Request) && (wantsPage || hasCookie)
            ? CookieAuthenticationDefaults.AuthenticationScheme
            : TokenAuthentication.SchemeName;
    }

    private static void ConfigureCookie(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = SessionCookie;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.LoginPath = LoginEndpoints.PagePath;
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.ExpireTimeSpan = TimeSpan.FromDays(7);
        cookie.SlidingExpiration = true;
        cookie.Events.OnValidatePrincipal = RejectOtherTokensAsync;
    }

    // A cookie outlives the process, so a changed token must end the sessions of the old one.
    private static Task RejectOtherTokensAsync(CookieValidatePrincipalContext context)
    {
        var token = context.HttpContext.RequestServices.GetRequiredService<AccessToken>();
        var claim = context.Principal?.FindFirst(TokenAuthentication.FingerprintClaim)?.Value;
        if (claim != token.Fingerprint) context.RejectPrincipal();
        return Task.CompletedTask;
    }
}
