using System.Text.Json;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Sandbox.Server.Http;
using Equilibrage.Sandbox.Server.Markets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Equilibrage.Sandbox.Server.Gamma;

/// <summary>Gamma's events, tags and search.</summary>
internal sealed class GammaEvents(MarketIndex index, Func<DateTimeOffset> marketTime)
{
    private const int MostPerPage = 100;
    private const int UsualPage = 20;
    private const int MostFound = 50;

    /// <summary>Maps the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/gamma/events/keyset", (RequestDelegate)KeysetAsync);
        routes.MapGet("/gamma/events", (RequestDelegate)OffsetAsync);
        routes.MapGet("/gamma/events/slug/{slug}", http => OneAsync(http, index.EventBySlug(Route(http, "slug"))));
        routes.MapGet("/gamma/events/{id}", http => OneAsync(http, index.EventById(Route(http, "id"))));
        routes.MapGet("/gamma/events/{id}/tags", http => EventTagsAsync(http, index.EventById(Route(http, "id"))));
        routes.MapGet("/gamma/tags", (RequestDelegate)TagsAsync);
        routes.MapGet("/gamma/tags/{id:long}", http =>
            TagAsync(http, id => GammaEventWriter.TagId(id) == Route(http, "id")));
        routes.MapGet("/gamma/tags/slug/{slug}", http => TagAsync(http, slug => slug == Route(http, "slug")));
        routes.MapGet("/gamma/public-search", (RequestDelegate)SearchAsync);
        foreach (var empty in (string[])["series", "sports", "teams", "comments", "market-clarifications"])
            routes.MapGet($"/gamma/{empty}", http => Reply.BytesAsync(http, "[]"u8.ToArray()));
    }

    private static string Route(HttpContext http, string name) => (string)http.Request.RouteValues[name]!;

    private Task KeysetAsync(HttpContext http)
    {
        var limit = (int)Math.Clamp(http.Request.Number("limit") ?? UsualPage, 1, MostPerPage);
        var from = Cursor.Read(http.Request.Text("after_cursor"));
        var page = Fitting(http.Request, from).Take(limit + 1).ToList();
        return Reply.JsonAsync(http, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("events");
            foreach (var entry in page.Take(limit))
                WriteEvent(json, entry);
            json.WriteEndArray();
            if (page.Count > limit)
                json.WriteString("next_cursor", Cursor.Write(page[limit].Order));
            json.WriteEndObject();
        });
    }

    private Task OffsetAsync(HttpContext http)
    {
        Deprecation.Mark(http.Response, "/events/keyset");
        var limit = (int)Math.Clamp(http.Request.Number("limit") ?? UsualPage, 0, MostPerPage);
        var offset = (int)Math.Clamp(http.Request.Number("offset") ?? 0, 0, int.MaxValue);
        var page = Fitting(http.Request, 0).Skip(offset).Take(limit).ToList();
        return Reply.JsonAsync(http, json =>
        {
            json.WriteStartArray();
            foreach (var entry in page)
                WriteEvent(json, entry);
            json.WriteEndArray();
        });
    }

    // Places are listed again for ever, so an event never ends as a whole.
    private IEnumerable<EventEntry> Fitting(HttpRequest request, long from)
    {
        if (request.Flag("closed") == true)
            return [];
        var ids = request.Texts("id");
        var slugs = request.Texts("slug");
        var tags = request.Texts("tag_id");
        var tag = request.Text("tag_slug");
        var title = request.Text("title_search");
        return index.Events.Skip((int)Math.Min(from, int.MaxValue)).Where(entry =>
            (ids.Count == 0 || ids.Contains(entry.Id))
            && (slugs.Count == 0 || slugs.Contains(entry.Slug))
            && (tags.Count == 0 || tags.Contains(GammaEventWriter.TagId(entry.Category)))
            && (tag is null || tag == entry.Category)
            && (title is null || entry.Title.Contains(title, StringComparison.OrdinalIgnoreCase)));
    }

    private void WriteEvent(Utf8JsonWriter json, EventEntry entry) =>
        GammaEventWriter.Write(json, entry, index.At(entry.Places), marketTime());

    private Task OneAsync(HttpContext http, EventEntry? entry) => entry is null
        ? GammaReply.NotFoundAsync(http)
        : Reply.JsonAsync(http, json => WriteEvent(json, entry));

    private static Task EventTagsAsync(HttpContext http, EventEntry? entry) => entry is null
        ? GammaReply.NotFoundAsync(http)
        : Reply.JsonAsync(http, json =>
        {
            json.WriteStartArray();
            GammaEventWriter.WriteTag(json, entry.Category);
            json.WriteEndArray();
        });

    private static Task TagsAsync(HttpContext http) => Reply.JsonAsync(http, json =>
    {
        json.WriteStartArray();
        foreach (var category in MarketCategory.All)
            GammaEventWriter.WriteTag(json, category);
        json.WriteEndArray();
    });

    private static Task TagAsync(HttpContext http, Func<string, bool> isIt) =>
        MarketCategory.All.FirstOrDefault(isIt) is { } category
            ? Reply.JsonAsync(http, json => GammaEventWriter.WriteTag(json, category))
            : GammaReply.NotFoundAsync(http);

    private Task SearchAsync(HttpContext http)
    {
        var text = http.Request.Required("q");
        var limit = (int)Math.Clamp(http.Request.Number("limit_per_type") ?? UsualPage, 1, MostFound);
        var page = (int)Math.Clamp(http.Request.Number("page") ?? 1, 1, 1_000_000);
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = index.Events
            .Where(entry => Says(entry.Title, words)
                || index.At(entry.Places).Any(market => Says(market.Market.Question, words)))
            .ToList();
        return Reply.JsonAsync(http, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("events");
            foreach (var entry in found.Skip((page - 1) * limit).Take(limit))
                WriteEvent(json, entry);
            json.WriteEndArray();
            json.WriteStartArray("tags");
            foreach (var category in MarketCategory.All.Where(category => Says(category, words)))
                GammaEventWriter.WriteTag(json, category);
            json.WriteEndArray();
            json.WriteStartArray("profiles");
            json.WriteEndArray();
            json.WriteStartObject("pagination");
            json.WriteBoolean("hasMore", found.Count > page * limit);
            json.WriteNumber("totalResults", found.Count);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static bool Says(string text, string[] words) =>
        Array.TrueForAll(words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
