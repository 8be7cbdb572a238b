using System.Text.Json;
using Equilibrage.Core.Markets;
using Equilibrage.Sandbox.Server.Gamma;
using Equilibrage.Sandbox.Server.Http;
using Equilibrage.Sandbox.Server.Markets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Equilibrage.Sandbox.Server.Clob;

/// <summary>Price history: middles of a token on an even grid of market time.</summary>
internal sealed class ClobHistory(ExchangeView view)
{
    private const long Minute = 60;
    private const long Day = 86_400;
    private const int MostPoints = 20_000;
    private const int MostMarkets = 20;

    /// <summary>Maps the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/clob/prices-history", OneAsync);
        routes.MapPost("/clob/batch-prices-history", BatchAsync);
    }

    /// <summary>Writes a token's middles as <c>t</c> (seconds) and <c>p</c>.</summary>
    public static void WritePoints(
        Utf8JsonWriter json, MarketEntry entry, Outcome outcome, long from, long to, long seconds)
    {
        json.WriteStartArray();
        foreach (var (at, middle) in Points(entry, outcome, from, to, seconds))
        {
            json.WriteStartObject();
            json.WriteNumber("t", at);
            json.WriteMicros("p", middle);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A token's middles in micro-dollars.</summary>
    public static IEnumerable<(long At, long Middle)> Points(
        MarketEntry entry, Outcome outcome, long from, long to, long seconds)
    {
        var listing = entry.Listing;
        var last = entry.HasEnded ? Math.Min(to, listing.Plan.ResolvedAt - 1) : to;
        var first = Math.Max(from, listing.Path.EarliestAt);
        for (var at = (first + seconds - 1) / seconds * seconds; at <= last; at += seconds)
        {
            var (bid, ask) = listing.Makers.Best(listing.Path.At(at));
            var middle = (bid + ask) / 2;
            yield return (at, outcome == Outcome.Yes ? middle : 1_000_000 - middle);
        }
    }

    private Task OneAsync(HttpContext http)
    {
        var request = http.Request;
        var span = Span(
            request.Text("interval"), request.Number("startTs"), request.Number("endTs"), request.Number("fidelity"));
        var found = view.Find(request.Text("market") ?? throw new BadRequestException("market is required"));
        return Reply.JsonAsync(http, json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("history");
            if (found is { } known)
                WritePoints(json, known.Entry, known.Outcome, span.From, span.To, span.Seconds);
            else
                WriteNothing(json);
            json.WriteEndObject();
        });
    }

    private async Task BatchAsync(HttpContext http)
    {
        using var body = await Body.ReadJsonAsync(http);
        var root = body.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("markets", out var markets)
            || markets.ValueKind != JsonValueKind.Array)
            throw new BadRequestException("Invalid payload");
        var tokens = markets.EnumerateArray().Select(item => item.ToString()).Distinct().ToList();
        if (tokens.Count > MostMarkets)
            throw new BadRequestException($"at most {MostMarkets} markets are allowed");
        var span = Span(
            root.TryGetProperty("interval", out var interval) ? interval.GetString() : null,
            Number(root, "start_ts"), Number(root, "end_ts"), Number(root, "fidelity"));
        await Reply.JsonAsync(http, json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("history");
            foreach (var token in tokens)
            {
                if (view.Find(token) is not { } known)
                    continue;
                json.WritePropertyName(token);
                WritePoints(json, known.Entry, known.Outcome, span.From, span.To, span.Seconds);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static long? Number(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.TryGetInt64(out var number) ? number : null;

    private (long From, long To, long Seconds) Span(string? interval, long? from, long? to, long? fidelity)
    {
        var now = view.MarketTime.ToUnixTimeSeconds();
        if (interval is not null && (from ?? to) is not null)
            throw new BadRequestException("invalid filters: interval and startTs/endTs cannot be combined");
        if (interval is null && from is null)
            throw new BadRequestException("invalid filters: either startTs or interval is required");
        var length = interval switch
        {
            null => (to ?? now) - from!.Value,
            "max" or "all" => 365 * Day,
            "1m" => 30 * Day,
            "1w" => 7 * Day,
            "1d" => Day,
            "6h" => Day / 4,
            "1h" => Day / 24,
            _ => throw new BadRequestException("invalid filters: interval must be max, all, 1m, 1w, 1d, 6h or 1h"),
        };
        var start = from ?? now - length;
        var usual = length > 15 * Day ? 30 : length > Day ? 10 : 1;
        var seconds = Math.Max(1, fidelity ?? usual) * Minute;
        if (length / seconds > MostPoints)
            throw new BadRequestException("invalid filters: 'startTs' and 'endTs' interval is too long");
        return (start, Math.Min(to ?? now, now), seconds);
    }

    private static void WriteNothing(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        json.WriteEndArray();
    }
}
