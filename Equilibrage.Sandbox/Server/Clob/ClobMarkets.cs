using System.Text.Json;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Sandbox.Server.Gamma;
using Equilibrage.Sandbox.Server.Http;
using Equilibrage.Sandbox.Server.Markets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Equilibrage.Sandbox.Server.Clob;

/// <summary>
/// Markets in the CLOB's own forms: the compact one, the legacy one, and their pages. Markets that are listed come
/// first in a page, ended ones after them; the practice exchange pays no liquidity rewards, so "sampling" lists every
/// market that takes orders.
/// </summary>
internal sealed class ClobMarkets(ExchangeView view)
{
    private const int PageSize = 500;
    private const int BaseFee = 1000;

    /// <summary>Maps the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/clob/markets", http => PageAsync(http, WriteMarket, withEnded: true));
        routes.MapGet("/clob/simplified-markets", http => PageAsync(http, WriteSimple, withEnded: true));
        routes.MapGet("/clob/sampling-markets", http => PageAsync(http, WriteMarket, withEnded: false));
        routes.MapGet("/clob/sampling-simplified-markets", http => PageAsync(http, WriteSimple, withEnded: false));
        routes.MapGet("/clob/markets/{condition}", http => OneAsync(http, WriteMarket));
        routes.MapGet("/clob/markets/live-activity/{condition}", ActivityAsync);
        routes.MapGet("/clob/clob-markets/{condition}", http => OneAsync(http, WriteCompact));
        routes.MapGet("/clob/markets-by-token/{token}", ByTokenAsync);
    }

    private MarketEntry Asked(HttpContext http) =>
        view.Index.ByCondition((string)http.Request.RouteValues["condition"]!)
        ?? throw new BadRequestException("market not found", StatusCodes.Status404NotFound);

    private Task OneAsync(HttpContext http, Action<Utf8JsonWriter, MarketEntry> write)
    {
        var entry = Asked(http);
        return Reply.JsonAsync(http, json => write(json, entry));
    }

    private Task ByTokenAsync(HttpContext http)
    {
        var found = view.Find((string)http.Request.RouteValues["token"]!)
            ?? throw new BadRequestException("market not found", StatusCodes.Status404NotFound);
        return Reply.JsonAsync(http, json =>
        {
            json.WriteStartObject();
            json.WriteString("condition_id", found.Entry.Market.Id.Value);
            json.WriteString("primary_token_id", found.Entry.Market.TokenYes.Value);
            json.WriteString("secondary_token_id", found.Entry.Market.TokenNo.Value);
            json.WriteEndObject();
        });
    }

    private Task ActivityAsync(HttpContext http)
    {
        var entry = Asked(http);
        var now = view.MarketTime.ToUnixTimeSeconds();
        var prints = entry.HasEnded ? [] : PublicPrint.OfCrowd(entry.Listing, now - 86_400, now, 50);
        return Reply.JsonAsync(http, json =>
        {
            json.WriteStartArray();
            foreach (var print in prints)
            {
                json.WriteStartObject();
                json.WriteString("condition_id", entry.Market.Id.Value);
                json.WriteString("asset_id", entry.Market.Token(print.Outcome).Value);
                json.WriteString("outcome", entry.Market.Name(print.Outcome));
                json.WriteString("side", print.Side == Side.Buy ? "BUY" : "SELL");
                json.WriteMicrosText("price", print.Price.ToMicros);
                json.WriteMicrosText("size", print.Quantity.ToMicros);
                json.WriteNumber("timestamp", print.At);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private Task PageAsync(HttpContext http, Action<Utf8JsonWriter, MarketEntry> write, bool withEnded)
    {
        var position = PageCursor.Read(http.Request.Text("next_cursor"));
        var count = view.Index.Count;
        var (page, next) = position < count
            ? view.Index.Listed(position, PageSize, _ => true)
            : view.Index.Ended(position - count, PageSize, _ => withEnded);
        if (position < count && next is null && withEnded)
            next = count;
        else if (position >= count && next is not null)
            next += count;
        return Reply.JsonAsync(http, json =>
        {
            json.WriteStartObject();
            json.WriteNumber("limit", PageSize);
            json.WriteNumber("count", page.Count);
            json.WriteString("next_cursor", PageCursor.Write(next));
            json.WriteStartArray("data");
            page.ForEach(entry => write(json, entry));
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private void WriteMarket(Utf8JsonWriter json, MarketEntry entry)
    {
        var market = entry.Market;
        json.WriteStartObject();
        json.WriteBoolean("enable_order_book", !entry.HasEnded);
        WriteState(json, entry);
        json.WriteString("accepting_order_timestamp", GammaText.Time(
            DateTimeOffset.FromUnixTimeSeconds(entry.Listing.ListedAt)));
        json.WriteMicros("minimum_order_size", market.MinimumOrderSize.ToMicros);
        json.WriteMicros("minimum_tick_size", market.TickSize.ToMicros);
        json.WriteString("condition_id", market.Id.Value);
        json.WriteString("question_id", DerivedId.Hex("practice-question", market.Id.Value));
        json.WriteString("question", market.Question);
        json.WriteString("description", $"This practice market asks: {market.Question} Its outcome is simulated.");
        json.WriteString("market_slug", market.Slug);
        json.WriteString("end_date_iso", GammaText.Time(market.ExpectedEnd));
        if (market.EventStart is { } start)
            json.WriteString("game_start_time", GammaText.Time(start));
        else
            json.WriteNull("game_start_time");
        json.WriteNumber("seconds_delay", entry.Listing.TakerDelayMs / 1000);
        json.WriteString("fpmm", "");
        json.WriteNumber("maker_base_fee", BaseFee);
        json.WriteNumber("taker_base_fee", BaseFee);
        json.WriteBoolean("notifications_enabled", false);
        json.WriteBoolean("neg_risk", market.IsNegRisk);
        json.WriteString(
            "neg_risk_market_id", market.IsNegRisk ? DerivedId.Hex("practice-neg-risk", entry.Event.Id) : "");
        json.WriteString("neg_risk_request_id", "");
        json.WriteString("icon", "");
        json.WriteString("image", "");
        WriteRewards(json);
        json.WriteBoolean("is_50_50_outcome", entry is { HasEnded: true, Listing.Plan.IsHalfHalf: true });
        WriteTokens(json, entry);
        json.WriteStartArray("tags");
        json.WriteStringValue(market.Category);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteSimple(Utf8JsonWriter json, MarketEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("condition_id", entry.Market.Id.Value);
        WriteRewards(json);
        WriteTokens(json, entry);
        WriteState(json, entry);
        json.WriteEndObject();
    }

    private static void WriteState(Utf8JsonWriter json, MarketEntry entry)
    {
        json.WriteBoolean("active", true);
        json.WriteBoolean("closed", entry.HasEnded);
        json.WriteBoolean("archived", false);
        json.WriteBoolean("accepting_orders", !entry.HasEnded && entry.Market.IsTradable);
    }

    private static void WriteRewards(Utf8JsonWriter json)
    {
        json.WriteStartObject("rewards");
        json.WriteNull("rates");
        json.WriteNumber("min_size", 0);
        json.WriteNumber("max_spread", 0);
        json.WriteEndObject();
    }

    private void WriteTokens(Utf8JsonWriter json, MarketEntry entry)
    {
        var middle = entry.HasEnded
            ? entry.Listing.Resolution.PayoutYes
            : Price.FromMicros(PriceFigures.MiddleOf(entry.Listing, view.MarketTime.ToUnixTimeSeconds()));
        json.WriteStartArray("tokens");
        foreach (var outcome in Outcomes.Both)
        {
            json.WriteStartObject();
            json.WriteString("token_id", entry.Market.Token(outcome).Value);
            json.WriteString("outcome", entry.Market.Name(outcome));
            json.WriteMicros("price", (outcome == Outcome.Yes ? middle : middle.Complement).ToMicros);
            json.WriteBoolean("winner", entry.HasEnded && entry.Listing.Resolution.Winner == outcome);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCompact(Utf8JsonWriter json, MarketEntry entry)
    {
        var market = entry.Market;
        json.WriteStartObject();
        json.WriteString("c", market.Id.Value);
        json.WriteString("v", "v1");
        json.WriteStartArray("t");
        foreach (var outcome in Outcomes.Both)
        {
            json.WriteStartObject();
            json.WriteString("t", market.Token(outcome).Value);
            json.WriteString("o", market.Name(outcome));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteMicros("mos", market.MinimumOrderSize.ToMicros);
        json.WriteMicros("mts", market.TickSize.ToMicros);
        json.WriteBoolean("nr", market.IsNegRisk);
        json.WriteNumber("mbf", BaseFee);
        json.WriteNumber("tbf", BaseFee);
        json.WriteStartObject("fd");
        json.WriteMicros("r", market.Fees!.RateMicros);
        json.WriteNumber("e", market.Fees.Exponent);
        json.WriteBoolean("to", true);
        json.WriteEndObject();
        json.WriteBoolean("ao", !entry.HasEnded && market.IsTradable);
        json.WriteString("aot", GammaText.Time(DateTimeOffset.FromUnixTimeSeconds(entry.Listing.ListedAt)));
        json.WriteNumber("sd", entry.Listing.TakerDelayMs / 1000);
        if (market.EventStart is { } start)
            json.WriteString("gst", GammaText.Time(start));
        json.WriteBoolean("cbos", false);
        json.WriteBoolean("rfqe", false);
        json.WriteBoolean("itode", entry.Listing.TakerDelayMs is > 0 and < 1000);
        json.WriteBoolean("ibce", false);
        json.WriteEndObject();
    }
}
