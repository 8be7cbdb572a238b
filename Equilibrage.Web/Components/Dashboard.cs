using Equilibrage.Web.Components.Trading;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Radzen;

namespace Equilibrage.Web.Components;

/// <summary>The Blazor dashboard as a part of the host.</summary>
public static class Dashboard
{
    /// <summary>Adds what the pages need.</summary>
    public static void AddDashboard(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        // The build output names its static files in a manifest that hosts read by themselves only in development.
        builder.WebHost.UseStaticWebAssets();
        var services = builder.Services;
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddRadzenComponents();
        services.AddHttpContextAccessor();
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<OperatorActions>();
    }

    /// <summary>Answers browsers with a page when something is missing or fails; programs get problem+json.</summary>
    public static void UseErrorPages(this WebApplication app)
    {
        app.UseExceptionHandler("/error", createScopeForErrors: true);
        app.UseWhen(
            context => context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal),
            pages => pages.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
    }

    /// <summary>Serves the pages, their circuit and their static files.</summary>
    public static void MapDashboard(this WebApplication app)
    {
        // Style sheets, scripts and fonts hold no secrets, and the sign-in page needs them.
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(
            options => options.ContentSecurityFrameAncestorsPolicy = null); // The security headers say it for all.
    }
}
