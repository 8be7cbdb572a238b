using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest.Data;

namespace Equilibrage.Polymarket.Rest;

/// <summary>
/// Public positions, trades and activity (Data API v2). What it says lags the chain by seconds to minutes and may come
/// from a cache: for money the chain decides. One instance serves many callers at once.
/// </summary>
public sealed class DataClient
{
    /// <summary>Most conditions of one question.</summary>
    public const int MostConditions = 20;

    private readonly RestClient rest;

    /// <summary>Creates a client.</summary>
    /// <param name="transport">Carries the calls.</param>
    /// <param name="drift">Counts differences between answers and records.</param>
    public DataClient(IRestTransport transport, FieldDrift? drift = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        rest = new(PolymarketService.Data, transport, drift);
    }

    /// <summary>All positions of a wallet, dust included.</summary>
    /// <param name="user">Wallet.</param>
    /// <param name="status">OPEN, REDEEMABLE, REDEEMABLE_LOST, MERGEABLE or CLOSED.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<PolymarketResult<IReadOnlyList<DataPosition>>> GetPositionsAsync(
        string user, string status, CancellationToken cancellation) =>
        AllAsync(
            "/v2/positions",
            () => new QueryText().Add("user", user).Add("status", status).Add("filter_amount", "0").Add("limit", 500),
            PolymarketJson.Wire.DataReplyIReadOnlyListDataPosition, null, cancellation);

    /// <summary>All trades that fit, newest first, up to <paramref name="most"/>.</summary>
    public Task<PolymarketResult<IReadOnlyList<DataTrade>>> GetTradesAsync(
        DataQuery query, int? most, CancellationToken cancellation) =>
        AllAsync(
            "/v2/trades", () => query.Text().Add("taker_only", query.IsTakerOnly).Add("limit", 1000),
            PolymarketJson.Wire.DataReplyIReadOnlyListDataTrade, most, cancellation);

    /// <summary>Everything that a wallet did that fits, newest first, up to <paramref name="most"/>.</summary>
    public Task<PolymarketResult<IReadOnlyList<DataActivity>>> GetActivityAsync(
        DataQuery query, int? most, CancellationToken cancellation) =>
        AllAsync(
            "/v2/activity", () => query.Text().Add("type", query.Type).Add("limit", 500),
            PolymarketJson.Wire.DataReplyIReadOnlyListDataActivity, most, cancellation);

    /// <summary>What a wallet's open positions are worth.</summary>
    public async Task<PolymarketResult<DataValue>> GetValueAsync(string user, CancellationToken cancellation)
    {
        var answer = await rest.SendAsync(
            rest.Get("/v2/value", User(user).ToString()), PolymarketJson.Wire.DataReplyJsonElement, cancellation);
        if (!answer.IsOk)
            return answer.As<DataValue>();
        // A value alone, or the only one of a list.
        var one = answer.Value?.Data is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0
            ? list[0]
            : answer.Value?.Data ?? default;
        if (one.ValueKind != JsonValueKind.Object)
            return PolymarketResult<DataValue>.Ok(null);
        try
        {
            return PolymarketResult<DataValue>.Ok(one.Deserialize(PolymarketJson.Wire.DataValue));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return PolymarketResult<DataValue>.Fail(new(PolymarketErrorKind.Unreadable, error.Message));
        }
    }

    /// <summary>Counts of a wallet.</summary>
    public Task<PolymarketResult<DataReply<DataUserStats>>> GetUserStatsAsync(
        string user, CancellationToken cancellation) =>
        GetAsync("/v2/user-stats", User(user), PolymarketJson.Wire.DataReplyDataUserStats, cancellation);

    /// <summary>Dollars that a wallet traded, as it comes.</summary>
    public Task<PolymarketResult<DataReply<JsonElement>>> GetUserVolumeAsync(
        string user, CancellationToken cancellation) =>
        GetAsync("/v2/user-volume", User(user), PolymarketJson.Wire.DataReplyJsonElement, cancellation);

    /// <summary>A wallet's profit over time.</summary>
    /// <param name="user">Wallet.</param>
    /// <param name="interval">max, all, 1m, 1w, 1d, 12h or 6h.</param>
    /// <param name="fidelity">1d, 18h, 12h, 3h or 1h.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<PolymarketResult<DataReply<IReadOnlyList<DataPnlPoint>>>> GetUserPnlAsync(
        string user, string interval, string fidelity, CancellationToken cancellation) =>
        GetAsync(
            "/v2/user-pnl", User(user).Add("interval", interval).Add("fidelity", fidelity),
            PolymarketJson.Wire.DataReplyIReadOnlyListDataPnlPoint, cancellation);

    /// <summary>The holders of a market's tokens.</summary>
    public Task<PolymarketResult<DataReply<IReadOnlyList<DataHolders>>>> GetHoldersAsync(
        MarketId market, bool includePnl, CancellationToken cancellation) =>
        GetAsync(
            "/v2/holders", Of([market]).Add("include_pnl", includePnl),
            PolymarketJson.Wire.DataReplyIReadOnlyListDataHolders, cancellation);

    /// <summary>Dollars that lie in markets.</summary>
    public Task<PolymarketResult<DataReply<IReadOnlyList<DataOpenInterest>>>> GetOpenInterestAsync(
        IReadOnlyCollection<MarketId> markets, CancellationToken cancellation) =>
        GetAsync("/v2/oi", Of(markets), PolymarketJson.Wire.DataReplyIReadOnlyListDataOpenInterest, cancellation);

    /// <summary>Dollars traded in an event, as it comes.</summary>
    public Task<PolymarketResult<DataReply<JsonElement>>> GetLiveVolumeAsync(
        string eventId, CancellationToken cancellation) =>
        GetAsync(
            "/v2/live-volume", new QueryText().Add("event_id", eventId), PolymarketJson.Wire.DataReplyJsonElement,
            cancellation);

    /// <summary>Past prices of a token, as they come.</summary>
    public Task<PolymarketResult<DataReply<JsonElement>>> GetHistoryAsync(
        TokenId token, DateTimeOffset start, DateTimeOffset end, int bucketSeconds, CancellationToken cancellation) =>
        GetAsync(
            "/v2/prices-history",
            new QueryText().Add("token_id", token.Value).Add("start", start).Add("end", end)
                .Add("bucket_seconds", bucketSeconds),
            PolymarketJson.Wire.DataReplyJsonElement, cancellation);

    /// <summary>How questions stand with their oracle.</summary>
    public Task<PolymarketResult<DataReply<IReadOnlyList<DataResolution>>>> GetResolutionsAsync(
        IReadOnlyCollection<MarketId> markets, CancellationToken cancellation) =>
        GetAsync(
            "/v2/resolutions", Of(markets), PolymarketJson.Wire.DataReplyIReadOnlyListDataResolution, cancellation);

    /// <summary>The best traders.</summary>
    /// <param name="period">day, week, month or all.</param>
    /// <param name="category">Category; null for all.</param>
    /// <param name="sortBy">PNL or VOLUME.</param>
    /// <param name="most">Rows at most.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<PolymarketResult<IReadOnlyList<DataLeader>>> GetLeaderboardAsync(
        string period, string? category, string sortBy, int most, CancellationToken cancellation) =>
        AllAsync(
            "/v2/leaderboard",
            () => new QueryText().Add("time_period", period).Add("category", category).Add("sort_by", sortBy)
                .Add("limit", Math.Min(most, 90)),
            PolymarketJson.Wire.DataReplyIReadOnlyListDataLeader, most, cancellation);

    /// <summary>What a wallet has allowed on the chain.</summary>
    public Task<PolymarketResult<DataReply<IReadOnlyList<DataApproval>>>> GetApprovalsAsync(
        string user, CancellationToken cancellation) =>
        GetAsync("/v2/approvals", User(user), PolymarketJson.Wire.DataReplyIReadOnlyListDataApproval, cancellation);

    private static QueryText User(string user) => new QueryText().Add("user", user);

    private static QueryText Of(IReadOnlyCollection<MarketId> markets)
    {
        ArgumentNullException.ThrowIfNull(markets);
        return markets.Count is > 0 and <= MostConditions
            ? new QueryText().AddList("condition", markets.Select(market => market.Value))
            : throw new ArgumentException($"One to {MostConditions} markets are asked for at once.", nameof(markets));
    }

    private Task<PolymarketResult<T>> GetAsync<T>(
        string path, QueryText query, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        rest.SendAsync(rest.Get(path, query.ToString()), type, cancellation);

    private async Task<PolymarketResult<IReadOnlyList<T>>> AllAsync<T>(
        string path, Func<QueryText> query, JsonTypeInfo<DataReply<IReadOnlyList<T>>> type, int? most,
        CancellationToken cancellation)
    {
        var rows = new List<T>();
        var seen = new HashSet<string>();
        for (string? cursor = null; ;)
        {
            var call = rest.Get(path, query().Add("cursor", cursor).ToString());
            var answer = await rest.SendAsync(call, type, cancellation);
            if (!answer.IsOk)
                return answer.As<IReadOnlyList<T>>();
            rows.AddRange(answer.Value?.Data ?? []);
            if (rows.Count >= most)
                return PolymarketResult<IReadOnlyList<T>>.Ok(rows[..most.Value]);
            if (answer.Value?.Pagination is not { HasMore: not false, NextCursor: { Length: > 0 } next })
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

/// <summary>Which trades or activity are wanted; what is null does not matter.</summary>
public sealed record DataQuery
{
    /// <summary>Wallet.</summary>
    public string? User { get; init; }

    /// <summary>Markets, at most twenty.</summary>
    public IReadOnlyCollection<MarketId>? Markets { get; init; }

    /// <summary>Event.</summary>
    public string? EventId { get; init; }

    /// <summary>Side.</summary>
    public Side? Side { get; init; }

    /// <summary>Kind of activity.</summary>
    public string? Type { get; init; }

    /// <summary>Only the takers of trades.</summary>
    public bool? IsTakerOnly { get; init; }

    /// <summary>From.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>To.</summary>
    public DateTimeOffset? End { get; init; }

    internal QueryText Text()
    {
        var query = new QueryText().Add("user", User);
        if (Markets is { Count: > 0 })
            query.AddList("condition", Markets.Select(market => market.Value));
        return query.Add("event_id", EventId)
            .Add("side", Side switch { null => null, Core.Primitives.Side.Buy => "BUY", _ => "SELL" })
            .Add("start", Start).Add("end", End);
    }
}
