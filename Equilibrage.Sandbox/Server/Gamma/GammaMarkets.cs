using System.Text.Json;
using Equilibrage.Sandbox.Server.Http;
using Equilibrage.Sandbox.Server.Markets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Equilibrage.Sandbox.Server.Gamma;

/// <summary>Gamma's markets: keyset and offset lists, single look-ups.</summary>
internal sealed class GammaMarkets(MarketIndex index, Func<DateTimeOffset> marketTime)
{
    private const int MostPerPage = 100;
    private const int MostPerOffsetPage = 500;
    private const int UsualPage = 20;

    /// <summary>Maps the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/gamma/markets/keyset", (RequestDelegate)KeysetAsync);
        routes.MapGet("/gamma/markets", (RequestDelegate)OffsetAsync);
        routes.MapGet("/gamma/markets/slug/{slug}", http => OneAsync(http, index.BySlug(Route(http, "slug"))));
        routes.MapGet("/gamma/markets/{id:long}", http => OneAsync(http, index.ByNumber(Route(http, "id"))));
        routes.MapGet("/gamma/markets/{id:long}/tags", http => TagsAsync(http, index.ByNumber(Route(http, "id"))));
    }

    private static string Route(HttpContext http, string name) => (string)http.Request.RouteValues[name]!;

    private Task KeysetAsync(HttpContext http)
    {
        var limit = (int)Math.Clamp(http.Request.Number("limit") ?? UsualPage, 1, MostPerPage);
        var filter = MarketFilter.Read(http.Request);
        var from = Cursor.Read(http.Request.Text("after_cursor"));
        var (page, next) = Page(filter, from, limit);
        return Reply.JsonAsync(http, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("markets");
            WriteAll(json, page, filter.WithTags);
            json.WriteEndArray();
            if (next is { } position)
                json.WriteString("next_cursor", Cursor.Write(position));
            json.WriteEndObject();
        });
    }

    private Task OffsetAsync(HttpContext http)
    {
        Deprecation.Mark(http.Response, "/markets/keyset");
        var limit = (int)Math.Clamp(http.Request.Number("limit") ?? UsualPage, 0, MostPerOffsetPage);
        var offset = http.Request.Number("offset") ?? 0;
        if (offset < 0)
            throw new BadRequestException("offset must be non-negative", StatusCodes.Status422UnprocessableEntity);
        var filter = MarketFilter.Read(http.Request);
        var page = limit == 0 ? [] : Skip(filter, offset, limit);
        return Reply.JsonAsync(http, json =>
        {
            json.WriteStartArray();
            WriteAll(json, page, filter.WithTags);
            json.WriteEndArray();
        });
    }

    private (List<MarketEntry> Page, long? Next) Page(MarketFilter filter, long from, int limit)
    {
        if (filter.Names(index) is { } named)
        {
            var rest = named.Where(filter.Fits).Skip((int)Math.Min(from, int.MaxValue)).ToList();
            return ([.. rest.Take(limit)], rest.Count > limit ? from + limit : null);
        }

        if (filter.Order is { } order)
        {
            var source = filter.IsClosed
                ? index.Ended(0, MarketIndex.MostEnded, filter.Fits).Page
                : index.All().Where(filter.Fits).ToList();
            var sorted = filter.IsAscending ? source.OrderBy(order) : source.OrderByDescending(order);
            var rest = sorted.Skip((int)Math.Min(from, int.MaxValue)).Take(limit + 1).ToList();
            return ([.. rest.Take(limit)], rest.Count > limit ? from + limit : null);
        }

        return filter.IsClosed ? index.Ended(from, limit, filter.Fits) : index.Listed(from, limit, filter.Fits);
    }

    private List<MarketEntry> Skip(MarketFilter filter, long offset, int limit)
    {
        // Named and sorted pages count by position anyway; the others are counted through.
        if (filter.Order is not null || filter.Names(index) is not null)
            return Page(filter, offset, limit).Page;
        var skipped = 0L;
        bool FitsAfterOffset(MarketEntry entry) => filter.Fits(entry) && skipped++ >= offset;
        return filter.IsClosed
            ? index.Ended(0, limit, FitsAfterOffset).Page
            : index.Listed(0, limit, FitsAfterOffset).Page;
    }

    private void WriteAll(Utf8JsonWriter json, List<MarketEntry> page, bool withTags)
    {
        var now = marketTime();
        foreach (var entry in page)
            GammaMarketWriter.Write(json, entry, now, withTags: withTags);
    }

    private Task OneAsync(HttpContext http, MarketEntry? entry) => entry is null
        ? GammaReply.NotFoundAsync(http)
        : Reply.JsonAsync(http, json =>
            GammaMarketWriter.Write(
                json, entry, marketTime(), withTags: http.Request.Flag("include_tag") ?? false));

    private static Task TagsAsync(HttpContext http, MarketEntry? entry) => entry is null
        ? GammaReply.NotFoundAsync(http)
        : Reply.JsonAsync(http, json =>
        {
            json.WriteStartArray();
            GammaEventWriter.WriteTag(json, entry.Market.Category);
            json.WriteEndArray();
        });
}
