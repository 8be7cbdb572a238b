using System.Globalization;
using System.Text.Json;
using Equilibrage.Polymarket;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Rest.Clob;
using Equilibrage.Sandbox.Server.Auth;
using Equilibrage.Sandbox.Server.Faults;
using Equilibrage.Sandbox.Server.Http;
using Equilibrage.Sandbox.Server.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Equilibrage.Sandbox.Server.Orders;

/// <summary>Posting orders, one at a time and in batches.</summary>
internal sealed class OrderRoutes(
    Authentication authentication, OrderIntake intake, SignerBuckets buckets, FaultPlan faults)
{
    private const int MostPerBatch = 15;

    /// <summary>Maps the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/clob/order", OneAsync);
        routes.MapPost("/clob/orders", BatchAsync);
    }

    private async Task OneAsync(HttpContext http)
    {
        var bytes = await Body.ReadAsync(http);
        var caller = await authentication.RequireAsync(http, bytes);
        if (OrderJsonReader.Read(bytes, out var posted) is { } problem)
            throw Malformed(problem);
        buckets.Charge(http, caller.Address, SignerBucket.Orders, 1);
        if (await IsPostOnlyAsync(http, [posted]))
            return;
        var placed = (await intake.PlaceAsync(caller, [posted], http.RequestAborted))[0];
        if (placed.Reply is { } reply)
            await Reply.RecordAsync(http, reply, PolymarketJson.Wire.OrderReply);
        else
            await Reply.ErrorAsync(http, placed.Status, placed.Error!);
    }

    private async Task BatchAsync(HttpContext http)
    {
        var bytes = await Body.ReadAsync(http);
        var caller = await authentication.RequireAsync(http, bytes);
        RequireCount(bytes);
        if (OrderJsonReader.ReadBatch(bytes, out var posted) is { } problem)
            throw Malformed(problem);
        buckets.Charge(http, caller.Address, SignerBucket.Orders, posted.Count);
        if (await IsPostOnlyAsync(http, posted))
            return;
        var placed = await intake.PlaceAsync(caller, posted, http.RequestAborted);
        IReadOnlyList<OrderReply> replies =
        [
            .. placed.Select(each => each.Reply ?? new OrderReply { IsSuccess = true, ErrorMessage = each.Error }),
        ];
        await Reply.RecordAsync(http, replies, PolymarketJson.Wire.IReadOnlyListOrderReply);
    }

    // After a restart only orders that cannot take are taken.
    private async Task<bool> IsPostOnlyAsync(HttpContext http, IReadOnlyList<OrderRequest> posted)
    {
        if (posted.All(each => each.IsPostOnly)
            || faults.Strike(FaultKind.PostOnly, new() { Route = FaultGate.RouteOf(http.Request) }) is not { } rule)
            return false;
        http.Response.Headers.RetryAfter = rule.RetryAfter.ToString(CultureInfo.InvariantCulture);
        await Reply.JsonAsync(http, json =>
        {
            json.WriteStartObject();
            json.WriteString("error", "Trading is in post-only mode: only post-only orders and cancels are allowed.");
            json.WriteString("code", "post_only_mode");
            json.WriteNumber("retry_after_seconds", rule.RetryAfter);
            json.WriteEndObject();
        }, StatusCodes.Status503ServiceUnavailable);
        return true;
    }

    private static void RequireCount(byte[] bytes)
    {
        using var body = Body.Parse(bytes);
        if (body.RootElement.ValueKind != JsonValueKind.Array || body.RootElement.GetArrayLength() == 0)
            throw new BadRequestException("Invalid payload");
        var count = body.RootElement.GetArrayLength();
        if (count > MostPerBatch)
        {
            throw new BadRequestException(
                FormattableString.Invariant($"Too many orders in payload: {count}, max allowed: {MostPerBatch}"));
        }
    }

    private static BadRequestException Malformed(string problem) => new(
        problem.EndsWith("Invalid side", StringComparison.Ordinal) ? "Invalid side"
            : $"Invalid order payload: {problem}");
}
