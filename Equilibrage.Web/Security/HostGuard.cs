using System.Net;

namespace Equilibrage.Web.Security;

/// <summary>
/// Answers only under known names. Without it a web site could point its own name at this machine (DNS rebinding)
/// and read the desk as if it were its own pages.
/// </summary>
internal sealed class HostGuard(RequestDelegate next, WebSecurityOptions options)
{
    public Task InvokeAsync(HttpContext context)
    {
        var host = context.Request.Host.Host;
        if (IsAllowed(host)) return next(context);
        return context.RefuseAsync(
            StatusCodes.Status421MisdirectedRequest,
            "Unknown host name",
            $"This application does not answer as \"{host}\". Add the name to {WebSecurityOptions.HostsKey} if it "
            + "is yours.");
    }

    internal bool IsAllowed(string host)
    {
        if (string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)) return true;
        if (options.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase)) return true;
        // A literal address cannot be rebound; with a public bind the token is the boundary.
        return IPAddress.TryParse(host.Trim('[', ']'), out var address)
            && (IPAddress.IsLoopback(address) || !IPAddress.IsLoopback(options.Bind));
    }
}
