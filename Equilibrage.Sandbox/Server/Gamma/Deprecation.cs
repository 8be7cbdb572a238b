using Microsoft.AspNetCore.Http;

namespace Equilibrage.Sandbox.Server.Gamma;

/// <summary>What the offset lists say about themselves.</summary>
internal static class Deprecation
{
    /// <summary>Marks an answer as deprecated in favour of another route.</summary>
    public static void Mark(HttpResponse response, string successor)
    {
        response.Headers["Deprecation"] = "@1775779200";
        response.Headers["Sunset"] = "Fri, 01 May 2026 00:00:00 GMT";
        response.Headers["Link"] = $"<{successor}>; rel=\"successor-version\"";
    }
}
