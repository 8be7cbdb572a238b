using System.Globalization;
using System.Text;
using Equilibrage.Sandbox.Server.Faults;
using Equilibrage.Sandbox.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Equilibrage.Sandbox.Server.Clob;

/// <summary>Whether the CLOB is there, its wall time, its version, and whether the caller may trade.</summary>
internal sealed class ClobStatus(TimeProvider wall, FaultPlan faults)
{
    /// <summary>Maps the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/clob/", http => Reply.BytesAsync(http, "\"OK\""u8.ToArray()));
        routes.MapGet("/clob/ok", http => Reply.BytesAsync(http, "\"OK\""u8.ToArray()));
        routes.MapGet("/clob/time", TimeAsync);
        routes.MapGet("/clob/version", http => Reply.BytesAsync(http, """{"version":2}"""u8.ToArray()));
        routes.MapGet("/api/geoblock", GeoblockAsync);
    }

    private Task TimeAsync(HttpContext http) => Reply.BytesAsync(
        http,
        Encoding.ASCII.GetBytes(wall.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));

    private Task GeoblockAsync(HttpContext http) => Reply.JsonAsync(http, json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("blocked", faults.Strike(FaultKind.BlockPlace, default) is not null);
        json.WriteString("ip", http.Connection.RemoteIpAddress?.ToString() ?? "");
        json.WriteString("country", "");
        json.WriteString("region", "");
        json.WriteEndObject();
    });
}
