using System.Text.Json;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Polymarket;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Rest.Clob;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Sandbox.Server.Auth;
using Equilibrage.Sandbox.Server.Http;
using Equilibrage.Sandbox.Server.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Equilibrage.Sandbox.Server.Orders;

/// <summary>
/// The cancels. An id that nothing is known of is answered like any other that cannot be canceled, and is refused
/// should its order still arrive.
/// </summary>
internal sealed class CancelRoutes(
    PracticeExchange exchange, Authentication authentication, SignerBuckets buckets)
{
    private const int MostIds = 1_000;
    private const string NotFound = "order can't be found - already canceled or matched";

    /// <summary>Maps the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapDelete("/clob/order", OneAsync);
        routes.MapDelete("/clob/orders", ManyAsync);
        routes.MapDelete("/clob/cancel-all", AllAsync);
        routes.MapDelete("/clob/cancel-market-orders", MarketAsync);
    }

    private async Task OneAsync(HttpContext http)
    {
        var (caller, body) = await ReadAsync(http);
        using (body)
        {
            if (body.RootElement.ValueKind != JsonValueKind.Object
                || !body.RootElement.TryGetProperty("orderID", out var id))
                throw new BadRequestException("Invalid payload");
            await CancelAsync(http, caller, [Id(id)]);
        }
    }

    private async Task ManyAsync(HttpContext http)
    {
        var (caller, body) = await ReadAsync(http);
        using (body)
        {
            if (body.RootElement.ValueKind != JsonValueKind.Array)
                throw new BadRequestException("Invalid payload");
            if (body.RootElement.GetArrayLength() > MostIds)
                throw new BadRequestException("Payload exceeds the limit");
            await CancelAsync(http, caller, [.. body.RootElement.EnumerateArray().Select(Id).Distinct()]);
        }
    }

    private async Task AllAsync(HttpContext http)
    {
        var caller = await authentication.RequireAsync(http, await Body.ReadAsync(http));
        await CancelAsync(http, caller, null, venue => All(venue, caller, null, null));
    }

    private async Task MarketAsync(HttpContext http)
    {
        var (caller, body) = await ReadAsync(http);
        using (body)
        {
            if (body.RootElement.ValueKind != JsonValueKind.Object)
                throw new BadRequestException("Invalid payload");
            MarketId? market = Text(body, "market") is { } condition ? new(condition) : null;
            TokenId? token = Text(body, "asset_id") is { } asset ? new(asset) : null;
            await CancelAsync(http, caller, null, venue => All(venue, caller, market, token));
        }
    }

    private async Task<(Caller Caller, JsonDocument Body)> ReadAsync(HttpContext http)
    {
        var bytes = await Body.ReadAsync(http);
        var caller = await authentication.RequireAsync(http, bytes);
        return (caller, Body.Parse(bytes));
    }

    private static string? Text(JsonDocument body, string name) =>
        body.RootElement.TryGetProperty(name, out var value) && value.GetString() is { Length: > 0 } text ? text : null;

    private static VenueOrderId Id(JsonElement json) =>
        json.ValueKind == JsonValueKind.String && Bytes32.TryParse(json.GetString(), out var id)
            ? new(id.ToString())
            : throw new BadRequestException("Invalid orderID");

    private Task CancelAsync(HttpContext http, Caller caller, IReadOnlyList<VenueOrderId> ids) => CancelAsync(
        http, caller, ids.Count, venue =>
        {
            var canceled = new List<VenueOrderId>();
            var others = new Dictionary<VenueOrderId, string>();
            foreach (var id in ids)
            {
                if (venue.Order(id) is not { } order)
                {
                    venue.Cancel(id);
                    others[id] = NotFound;
                }
                else if (!caller.Accounts.Contains(order.AccountId))
                {
                    others[id] = NotFound;
                }
                else
                {
                    var (done, left) = venue.Cancel(order.AccountId, [id]);
                    canceled.AddRange(done);
                    foreach (var (other, why) in left)
                        others[other] = why;
                }
            }

            return new(canceled, others);
        });

    private static Cancellation All(SimulatedVenue venue, Caller caller, MarketId? market, TokenId? token)
    {
        var canceled = new List<VenueOrderId>();
        var others = new Dictionary<VenueOrderId, string>();
        foreach (var account in caller.Accounts)
        {
            var (done, left) = venue.CancelAll(account, market, token);
            canceled.AddRange(done);
            foreach (var (id, why) in left)
                others[id] = why;
        }

        return new(canceled, others);
    }

    private async Task CancelAsync(
        HttpContext http, Caller caller, int? cost, Func<SimulatedVenue, Cancellation> work)
    {
        var (done, error) = await exchange.AskAsync(work, isChange: true, CancellationToken.None);
        if (error is not null)
            throw new VenueUnavailableException(error.Message);
        buckets.Charge(http, caller.Address, SignerBucket.Cancels, cost ?? 1 + done!.Canceled.Count);
        await Reply.RecordAsync(
            http,
            new CancelReply
            {
                Canceled = [.. done!.Canceled.Select(id => id.Value)],
                NotCanceled = done.NotCanceled.ToDictionary(entry => entry.Key.Value, entry => entry.Value),
            },
            PolymarketJson.Wire.CancelReply);
    }
}
