using System.Globalization;
using System.Text.Json;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Sandbox.Server.Chain;
using Equilibrage.Sandbox.Server.Http;
using Equilibrage.Sandbox.Server.Markets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Equilibrage.Sandbox.Server.Control;

/// <summary>
/// What the world outside does to an account or a market: dollars that come and go, ends that come otherwise than they
/// were drawn. Everything is on record before it is answered.
/// </summary>
internal sealed class ControlRoutes(PracticeExchange exchange, ExchangeView view, ChainExecutor executor)
{
    private const decimal MostDollars = 1_000_000_000;

    /// <summary>Maps the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/practice/accounts/{wallet}/deposit", http => TransferAsync(http, 1));
        routes.MapPost("/practice/accounts/{wallet}/withdraw", http => TransferAsync(http, -1));
        routes.MapPost("/practice/markets/{condition}/resolve", ResolveAsync);
    }

    private async Task TransferAsync(HttpContext http, int direction)
    {
        if (!EthereumAddress.TryParse((string)http.Request.RouteValues["wallet"]!, out var wallet))
            throw new BadRequestException("wallet is no address");
        using var body = await Body.ReadJsonAsync(http);
        var amount = Number(body.RootElement, "amount")
            ?? throw new BadRequestException("amount (dollars) is missing");
        if (amount is <= 0 or > MostDollars || decimal.Round(amount, 6) != amount)
            throw new BadRequestException("amount must be above 0 and have at most six decimals");
        var micros = (long)(amount * Micros.PerUnit);
        if (await executor.TransferAsync(wallet, direction * micros, http.RequestAborted) is { } problem)
            throw new BadRequestException(problem);
        await Reply.BytesAsync(http, """{"status":"ok"}"""u8.ToArray());
    }

    private async Task ResolveAsync(HttpContext http)
    {
        using var body = await Body.ReadJsonAsync(http);
        var condition = (string)http.Request.RouteValues["condition"]!;
        if (view.Index.ByCondition(condition) is not { HasEnded: false } entry)
            throw new BadRequestException("no such market is listed", StatusCodes.Status404NotFound);
        var payout = Text(body.RootElement, "outcome") switch
        {
            null => (Price?)null,
            "yes" => Price.One,
            "no" => Price.Zero,
            "half" => Price.FromDecimal(0.5m),
            _ => throw new BadRequestException("outcome must be yes, no or half"),
        };
        var delay = Number(body.RootElement, "after_seconds") ?? 0;
        if (delay is < 0 or > 365 * 86_400)
            throw new BadRequestException("after_seconds must be from 0 to a year of market time");
        var (end, error) = await exchange.AskAsync(
            venue => Force(venue, entry.Market.Id, payout, (long)delay), isChange: true, http.RequestAborted);
        if (error is not null)
            throw new VenueUnavailableException(error.Message);
        if (end is null)
            throw new BadRequestException("no such market is listed", StatusCodes.Status404NotFound);
        await Reply.JsonAsync(http, json =>
        {
            json.WriteStartObject();
            json.WriteString("condition_id", end.MarketId.Value);
            json.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(end.Kind.ToString()));
            json.WriteNumber("resolved_at", end.ResolvedAt);
            json.WriteEndObject();
        });
    }

    private static ForcedEnd? Force(SimulatedVenue venue, MarketId market, Price? payout, long delay)
    {
        if (venue.Listing(market) is not { } listing)
            return null;
        var at = venue.MarketTime.ToUnixTimeSeconds() + Math.Max(1, delay);
        var kind = payout == Price.FromDecimal(0.5m) ? ResolutionKind.Voided
            : at > listing.Plan.ResolvedAt ? ResolutionKind.Late
            : ResolutionKind.Early;
        var end = new ForcedEnd(market, kind, payout, at);
        return venue.Force(end) ? end : null;
    }

    private static decimal? Number(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.Number when value.TryGetDecimal(out var number) => number,
                JsonValueKind.String when decimal.TryParse(
                    value.GetString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => number,
                _ => throw new BadRequestException($"{name} is no number"),
            }
            : null;

    private static string? Text(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
