using System.Text.Json;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Sandbox.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Equilibrage.Sandbox.Server.Faults;

/// <summary>The control endpoint of the faults: put in force, list, take out of force.</summary>
internal sealed class FaultRoutes(PracticeExchange exchange, FaultPlan plan)
{
    private const int MostFates = 10_000;

    /// <summary>Maps the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/practice/faults", AddAsync);
        routes.MapGet("/practice/faults", ListAsync);
        routes.MapDelete("/practice/faults", http =>
        {
            plan.Clear();
            return ListAsync(http);
        });
        routes.MapDelete("/practice/faults/{id:long}", http =>
        {
            plan.Clear(long.Parse((string)http.Request.RouteValues["id"]!, null));
            return ListAsync(http);
        });
    }

    /// <summary>Puts a script in force.</summary>
    /// <exception cref="BadRequestException">It cannot be; the message says why.</exception>
    public async Task ApplyAsync(ReadOnlyMemory<byte> json, CancellationToken cancellation)
    {
        var (faults, seed) = FaultScript.Read(json);
        foreach (var fault in faults)
        {
            if (fault.Kind is FaultKind.FailSettlement or FaultKind.RetrySettlement or FaultKind.PartialSettlement)
                await OrderFatesAsync(fault, cancellation);
            else if (fault.Kind == FaultKind.RefineTick)
                await RefineAsync(fault, cancellation);
            else if (!plan.TryAdd(fault, seed))
                throw new BadRequestException($"There are {FaultPlan.MostRules} faults in force; delete some first.");
        }
    }

    private async Task OrderFatesAsync(FaultScript fault, CancellationToken cancellation)
    {
        var fate = fault.Kind switch
        {
            FaultKind.FailSettlement => SettlementFate.Failing,
            FaultKind.PartialSettlement => SettlementFate.Partial,
            _ => SettlementFate.Retried,
        };
        var (_, error) = await exchange.AskAsync(
            venue =>
            {
                venue.OrderFates(fate, (int)Math.Clamp(fault.Count ?? 1, 1, MostFates));
                return true;
            },
            isChange: false, cancellation);
        if (error is not null)
            throw new VenueUnavailableException(error.Message);
    }

    private async Task RefineAsync(FaultScript fault, CancellationToken cancellation)
    {
        var token = new TokenId(fault.Asset ?? throw new BadRequestException("This is no fault: asset is missing"));
        var (isDone, error) = await exchange.AskAsync(
            venue => venue.Listing(token) is { } listing && venue.RefineTick(listing.Market.Id), isChange: true,
            cancellation);
        if (error is not null)
            throw new VenueUnavailableException(error.Message);
        if (!isDone)
            throw new BadRequestException("This is no fault: the asset is unknown or its grid is fine already");
    }

    private async Task AddAsync(HttpContext http)
    {
        await ApplyAsync(await Body.ReadAsync(http), http.RequestAborted);
        await ListAsync(http);
    }

    private Task ListAsync(HttpContext http) => Reply.JsonAsync(http, json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("faults");
        foreach (var rule in plan.Rules)
        {
            json.WriteStartObject();
            json.WriteNumber("id", rule.Id);
            json.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(rule.Kind.ToString()));
            json.WriteNumber("hits", rule.Hits);
            json.WriteBoolean("is_spent", rule.IsSpent(plan.Now));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
