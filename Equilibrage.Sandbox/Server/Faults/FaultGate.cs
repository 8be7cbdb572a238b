using System.Globalization;
using Equilibrage.Sandbox.Server.Auth;
using Equilibrage.Sandbox.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Equilibrage.Sandbox.Server.Faults;

/// <summary>Where requests go wrong: refused, late, or never answered.</summary>
internal sealed class FaultGate(RequestDelegate next, FaultPlan plan, TimeProvider wall)
{
    private const string Trading = "Trading is currently ";

    private static readonly string[] OrderRoutes =
        ["POST /order", "POST /orders", "DELETE /order", "DELETE /orders", "DELETE /cancel-"];

    /// <summary>Serves one request.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        if (plan.IsEmpty || http.WebSockets.IsWebSocketRequest
            || http.Request.Path.StartsWithSegments("/practice", StringComparison.Ordinal))
        {
            await next(http);
            return;
        }

        var target = new FaultTarget { Route = RouteOf(http.Request) };
        if (await IsRefusedAsync(http, target))
            return;
        if (plan.Strike(FaultKind.DelayAnswer, target) is { } late)
            await Task.Delay(TimeSpan.FromMilliseconds(late.DelayMs), wall, http.RequestAborted);
        if (plan.Strike(FaultKind.LoseAnswer, target) is null)
        {
            await next(http);
            return;
        }

        http.Response.Body = Stream.Null;
        await next(http);
        http.Abort();
    }

    /// <summary>Method and official path of a request.</summary>
    public static string RouteOf(HttpRequest request)
    {
        var path = request.Path.Value ?? "/";
        return path.StartsWith(Authentication.Base + "/", StringComparison.Ordinal)
            ? $"{request.Method} {path[Authentication.Base.Length..]}"
            : $"{request.Method} {path}";
    }

    private async Task<bool> IsRefusedAsync(HttpContext http, FaultTarget target)
    {
        if (plan.Strike(FaultKind.RateLimit, target) is { } limit)
            return await RefuseAsync(http, 429, "Too Many Requests", limit.RetryAfter);
        if (plan.Strike(FaultKind.Error, target) is { } error)
            return await RefuseAsync(http, error.Status, "could not run the execution");
        if (!Array.Exists(OrderRoutes, route => target.Route!.StartsWith(route, StringComparison.Ordinal)))
            return false;
        if (plan.Strike(FaultKind.Restart, target) is { } restart)
            return await RefuseAsync(http, 425, "service not ready", restart.RetryAfter);
        if (plan.Strike(FaultKind.Disabled, target) is not null)
            return await RefuseAsync(http, 503, $"{Trading}disabled. Check polymarket.com for updates");
        if (target.Route!.StartsWith("POST", StringComparison.Ordinal)
            && plan.Strike(FaultKind.CancelOnly, target) is not null)
        {
            return await RefuseAsync(
                http, 503, $"{Trading}cancel-only. New orders are not accepted, but cancels are allowed.");
        }

        return false;
    }

    private static async Task<bool> RefuseAsync(HttpContext http, int status, string text, int? retryAfter = null)
    {
        if (retryAfter is { } seconds)
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        await Reply.ErrorAsync(http, status, text);
        return true;
    }
}
