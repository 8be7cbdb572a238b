namespace Equilibrage.Web.Security;

/// <summary>
/// Refuses requests that a page of another site makes a browser send: every state change, and everything on the
/// hubs and the circuit, whose WebSockets no same-origin policy protects. Programs that are not browsers send no
/// Origin and pass; they carry no ambient credentials to abuse.
/// </summary>
internal sealed class OriginGuard(RequestDelegate next)
{
    private static readonly PathString[] Channels = ["/_blazor", "/hubs"];

    public Task InvokeAsync(HttpContext context)
    {
        if (!NeedsCheck(context) || IsOwn(context.Request)) return next(context);
        return context.RefuseAsync(
            StatusCodes.Status403Forbidden,
            "Request from another site",
            "A page of another origin may not change anything here or listen in. Send the request from this "
            + "application's own pages, or from a program that sends no Origin header.");
    }

    private static bool NeedsCheck(HttpContext context) =>
        !IsSafe(context.Request.Method)
        || context.WebSockets.IsWebSocketRequest
        || Array.Exists(
            Channels, channel => context.Request.Path.StartsWithSegments(channel, StringComparison.OrdinalIgnoreCase));

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method)
        || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method);

    private static bool IsOwn(HttpRequest request)
    {
        var origins = request.Headers.Origin;
        if (origins.Count == 0) return IsOwnByFetchMetadata(request);
        return origins.Count == 1
            && Uri.TryCreate(origins[0], UriKind.Absolute, out var origin)
            && (origin.Scheme == Uri.UriSchemeHttp || origin.Scheme == Uri.UriSchemeHttps)
            && string.Equals(origin.Authority, Authority(request, origin), StringComparison.OrdinalIgnoreCase);
    }

    // Behind a TLS proxy the scheme of the request differs from the browser's, so the browser's one decides
    // which port goes without saying.
    private static string Authority(HttpRequest request, Uri origin) =>
        Uri.TryCreate($"{origin.Scheme}://{request.Host.Value}", UriKind.Absolute, out var own)
            ? own.Authority
            : string.Empty;

    private static bool IsOwnByFetchMetadata(HttpRequest request) =>
        (string?)request.Headers["Sec-Fetch-Site"] is null or "" or "same-origin" or "none";
}
