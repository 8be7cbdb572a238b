using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Equilibrage.Polymarket.Rest.Gamma;

namespace Equilibrage.Polymarket.Rest;

/// <summary>Descriptions of markets, events and tags. One instance serves many callers at once.</summary>
public sealed class GammaClient
{
    /// <summary>Most rows of a page.</summary>
    public const int LargestPage = 100;

    private readonly RestClient rest;
    private readonly FieldDrift? drift;

    /// <summary>Creates a client.</summary>
    /// <param name="transport">Carries the calls.</param>
    /// <param name="drift">Counts differences between answers and records.</param>
    public GammaClient(IRestTransport transport, FieldDrift? drift = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        rest = new(PolymarketService.Gamma, transport, drift);
        this.drift = drift;
    }

    /// <summary>
    /// One page of markets, read by the fast parser. The market given to <paramref name="each"/> is filled again for
    /// the next one.
    /// </summary>
    /// <param name="query">Which markets.</param>
    /// <param name="cursor">The cursor of the page before; null for the first.</param>
    /// <param name="parser">Reads the markets; one for many pages, not for two callers at once.</param>
    /// <param name="each">Called for every market.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The page's cursor and counts.</returns>
    public async Task<PolymarketResult<GammaPage>> ReadMarketsAsync(
        GammaMarketQuery query, string? cursor, GammaMarketParser parser, Action<GammaMarket> each,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        var answer = await rest.RawAsync(rest.Get("/markets/keyset", query.Text(cursor)), cancellation);
        if (!answer.IsOk)
            return answer.As<GammaPage>();
        if (!GammaPage.TryRead(answer.Value.Span, parser, each, out var page))
        {
            drift?.Add(nameof(GammaMarketsPage), "", DriftKind.Changed);
            return PolymarketResult<GammaPage>.Fail(
                new(PolymarketErrorKind.Unreadable, "A page of markets is not the object that it was."));
        }

        drift?.Look(answer.Value.Span, PolymarketJson.Wire.GammaMarketsPage);
        return PolymarketResult<GammaPage>.Ok(page);
    }

    /// <summary>All markets that fit, as whole records.</summary>
    public Task<PolymarketResult<IReadOnlyList<GammaMarketRecord>>> GetMarketsAsync(
        GammaMarketQuery query, CancellationToken cancellation) =>
        AllAsync(
            cursor => rest.Get("/markets/keyset", query.Text(cursor)), PolymarketJson.Wire.GammaMarketsPage,
            page => (page.Markets, page.NextCursor), cancellation);

    /// <summary>All events that fit.</summary>
    public Task<PolymarketResult<IReadOnlyList<GammaEventRecord>>> GetEventsAsync(
        GammaEventQuery query, CancellationToken cancellation) =>
        AllAsync(
            cursor => rest.Get("/events/keyset", query.Text(cursor)), PolymarketJson.Wire.GammaEventsPage,
            page => (page.Events, page.NextCursor), cancellation);

    /// <summary>One market by Gamma's number.</summary>
    public Task<PolymarketResult<GammaMarketRecord>> GetMarketAsync(string id, CancellationToken cancellation) =>
        GetAsync($"/markets/{Part(id)}", PolymarketJson.Wire.GammaMarketRecord, cancellation);

    /// <summary>One market by its address part.</summary>
    public Task<PolymarketResult<GammaMarketRecord>> GetMarketBySlugAsync(
        string slug, CancellationToken cancellation) =>
        GetAsync($"/markets/slug/{Part(slug)}", PolymarketJson.Wire.GammaMarketRecord, cancellation);

    /// <summary>One event by Gamma's number.</summary>
    public Task<PolymarketResult<GammaEventRecord>> GetEventAsync(string id, CancellationToken cancellation) =>
        GetAsync($"/events/{Part(id)}", PolymarketJson.Wire.GammaEventRecord, cancellation);

    /// <summary>One event by its address part.</summary>
    public Task<PolymarketResult<GammaEventRecord>> GetEventBySlugAsync(string slug, CancellationToken cancellation) =>
        GetAsync($"/events/slug/{Part(slug)}", PolymarketJson.Wire.GammaEventRecord, cancellation);

    /// <summary>Tags of a market.</summary>
    public Task<PolymarketResult<IReadOnlyList<GammaTag>>> GetMarketTagsAsync(
        string id, CancellationToken cancellation) =>
        GetAsync($"/markets/{Part(id)}/tags", PolymarketJson.Wire.IReadOnlyListGammaTag, cancellation);

    /// <summary>Tags of an event.</summary>
    public Task<PolymarketResult<IReadOnlyList<GammaTag>>> GetEventTagsAsync(
        string id, CancellationToken cancellation) =>
        GetAsync($"/events/{Part(id)}/tags", PolymarketJson.Wire.IReadOnlyListGammaTag, cancellation);

    /// <summary>One page of all tags.</summary>
    public Task<PolymarketResult<IReadOnlyList<GammaTag>>> GetTagsAsync(
        int limit, int offset, CancellationToken cancellation) =>
        rest.SendAsync(
            rest.Get("/tags", new QueryText().Add("limit", limit).Add("offset", offset).ToString()),
            PolymarketJson.Wire.IReadOnlyListGammaTag, cancellation);

    /// <summary>One tag by its address part.</summary>
    public Task<PolymarketResult<GammaTag>> GetTagBySlugAsync(string slug, CancellationToken cancellation) =>
        GetAsync($"/tags/slug/{Part(slug)}", PolymarketJson.Wire.GammaTag, cancellation);

    /// <summary>Tags that belong with a tag.</summary>
    public Task<PolymarketResult<IReadOnlyList<GammaTag>>> GetRelatedTagsAsync(
        string slug, CancellationToken cancellation) =>
        GetAsync($"/tags/slug/{Part(slug)}/related-tags/tags", PolymarketJson.Wire.IReadOnlyListGammaTag, cancellation);

    /// <summary>One series of events.</summary>
    public Task<PolymarketResult<GammaSeries>> GetSeriesAsync(string id, CancellationToken cancellation) =>
        GetAsync($"/series/{Part(id)}", PolymarketJson.Wire.GammaSeries, cancellation);

    /// <summary>Finds events, tags and profiles by words.</summary>
    public Task<PolymarketResult<GammaSearchReply>> SearchAsync(
        string words, int limitPerType, int page, CancellationToken cancellation) =>
        rest.SendAsync(
            rest.Get(
                "/public-search",
                new QueryText().Add("q", words).Add("limit_per_type", limitPerType).Add("page", page).ToString()),
            PolymarketJson.Wire.GammaSearchReply, cancellation);

    /// <summary>A trader's public face.</summary>
    public Task<PolymarketResult<GammaProfile>> GetProfileAsync(string address, CancellationToken cancellation) =>
        rest.SendAsync(
            rest.Get("/public-profile", new QueryText().Add("address", address).ToString()),
            PolymarketJson.Wire.GammaProfile, cancellation);

    /// <summary>The leagues that have markets, as they come.</summary>
    public Task<PolymarketResult<JsonElement>> GetSportsAsync(CancellationToken cancellation) =>
        GetAsync("/sports", PolymarketJson.Wire.JsonElement, cancellation);

    /// <summary>One page of teams, as they come.</summary>
    public Task<PolymarketResult<JsonElement>> GetTeamsAsync(int limit, int offset, CancellationToken cancellation) =>
        rest.SendAsync(
            rest.Get("/teams", new QueryText().Add("limit", limit).Add("offset", offset).ToString()),
            PolymarketJson.Wire.JsonElement, cancellation);

    private static string Part(string text) => Uri.EscapeDataString(text);

    private Task<PolymarketResult<T>> GetAsync<T>(
        string path, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        rest.SendAsync(rest.Get(path), type, cancellation);

    private async Task<PolymarketResult<IReadOnlyList<T>>> AllAsync<T, TPage>(
        Func<string?, RestCall> call, JsonTypeInfo<TPage> type,
        Func<TPage, (IReadOnlyList<T>? Rows, string? Next)> read, CancellationToken cancellation)
        where TPage : class
    {
        var rows = new List<T>();
        var seen = new HashSet<string>();
        for (string? cursor = null; ;)
        {
            var answer = await rest.SendAsync(call(cursor), type, cancellation);
            if (!answer.IsOk)
                return answer.As<IReadOnlyList<T>>();
            var (found, next) = answer.Value is { } page ? read(page) : (null, null);
            rows.AddRange(found ?? []);
            if (string.IsNullOrEmpty(next))
                return PolymarketResult<IReadOnlyList<T>>.Ok(rows);
            if (!seen.Add(next))
            {
                return PolymarketResult<IReadOnlyList<T>>.Fail(
                    new(PolymarketErrorKind.Unreadable, $"The cursor {next} came twice: the list has no end."));
            }

            cursor = next;
        }
    }
}

/// <summary>Which markets are wanted; what is null does not matter.</summary>
public sealed record GammaMarketQuery
{
    /// <summary>Ended or not; without it the service leaves ended markets out.</summary>
    public bool? IsClosed { get; init; }

    /// <summary>Condition ids.</summary>
    public IReadOnlyCollection<string>? ConditionIds { get; init; }

    /// <summary>Tokens.</summary>
    public IReadOnlyCollection<string>? TokenIds { get; init; }

    /// <summary>Address parts.</summary>
    public IReadOnlyCollection<string>? Slugs { get; init; }

    /// <summary>Field to sort by.</summary>
    public string? Order { get; init; }

    /// <summary>Smallest first.</summary>
    public bool? IsAscending { get; init; }

    /// <summary>Earliest expected end.</summary>
    public DateTimeOffset? EndsAfter { get; init; }

    /// <summary>Latest expected end.</summary>
    public DateTimeOffset? EndsBefore { get; init; }

    /// <summary>Least dollars resting.</summary>
    public long? LeastLiquidity { get; init; }

    /// <summary>Least dollars traded.</summary>
    public long? LeastVolume { get; init; }

    /// <summary>Tag's number.</summary>
    public long? TagId { get; init; }

    /// <summary>Send the tags along.</summary>
    public bool? IncludeTags { get; init; }

    /// <summary>Rows of a page.</summary>
    public int Limit { get; init; } = GammaClient.LargestPage;

    internal string Text(string? cursor) => new QueryText().Add("limit", Limit).Add("closed", IsClosed)
        .Add("order", Order).Add("ascending", IsAscending).Add("end_date_min", Iso(EndsAfter))
        .Add("end_date_max", Iso(EndsBefore)).Add("liquidity_num_min", LeastLiquidity)
        .Add("volume_num_min", LeastVolume).Add("tag_id", TagId).Add("include_tag", IncludeTags)
        .AddAll("condition_ids", ConditionIds).AddAll("clob_token_ids", TokenIds).AddAll("slug", Slugs)
        .Add("after_cursor", cursor).ToString();

    private static string? Iso(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Which events are wanted; what is null does not matter.</summary>
public sealed record GammaEventQuery
{
    /// <summary>Ended or not.</summary>
    public bool? IsClosed { get; init; }

    /// <summary>Address parts.</summary>
    public IReadOnlyCollection<string>? Slugs { get; init; }

    /// <summary>Series' number.</summary>
    public long? SeriesId { get; init; }

    /// <summary>Tag's number.</summary>
    public long? TagId { get; init; }

    /// <summary>Tag's address part.</summary>
    public string? TagSlug { get; init; }

    /// <summary>Field to sort by.</summary>
    public string? Order { get; init; }

    /// <summary>Smallest first.</summary>
    public bool? IsAscending { get; init; }

    /// <summary>Under way now.</summary>
    public bool? IsLive { get; init; }

    /// <summary>Words in the title.</summary>
    public string? TitleWords { get; init; }

    /// <summary>Rows of a page.</summary>
    public int Limit { get; init; } = GammaClient.LargestPage;

    internal string Text(string? cursor) => new QueryText().Add("limit", Limit).Add("closed", IsClosed)
        .Add("order", Order).Add("ascending", IsAscending).Add("series_id", SeriesId).Add("tag_id", TagId)
        .Add("tag_slug", TagSlug).Add("live", IsLive).Add("title_search", TitleWords).AddAll("slug", Slugs)
        .Add("after_cursor", cursor).ToString();
}
