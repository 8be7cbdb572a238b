using Equilibrage.Sandbox.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Equilibrage.Sandbox.Server.Gamma;

/// <summary>Gamma's errors.</summary>
internal static class GammaReply
{
    /// <summary>Nothing has this id or slug.</summary>
    public static Task NotFoundAsync(HttpContext http) => Reply.JsonAsync(http, json =>
    {
        json.WriteStartObject();
        json.WriteString("type", "not found error");
        json.WriteString("error", "id not found");
        json.WriteEndObject();
    }, StatusCodes.Status404NotFound);
}
