using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest.Clob;

namespace Equilibrage.Polymarket.Rest;

/// <summary>
/// The order book's service: every public call here, orders and keys in the other parts. One instance serves many
/// callers at once.
/// </summary>
public sealed partial class ClobClient
{
    /// <summary>Most tokens of one batch read.</summary>
    public const int LargestBatch = 500;

    /// <summary>Most tokens of one batch of histories.</summary>
    public const int LargestHistoryBatch = 20;

    // The year 5138: what is larger counts something else than seconds.
    private const long LastSecond = 100_000_000_000;

    private readonly RestClient rest;
    private readonly ClobAccount? account;

    /// <summary>Creates a client.</summary>
    /// <param name="transport">Carries the calls.</param>
    /// <param name="account">Whose private calls are made; null for public calls only.</param>
    /// <param name="drift">Counts differences between answers and records.</param>
    public ClobClient(IRestTransport transport, ClobAccount? account = null, FieldDrift? drift = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        rest = new(PolymarketService.Clob, transport, drift);
        this.account = account;
    }

    /// <summary>True when the service answers.</summary>
    public async Task<PolymarketResult<bool>> GetOkAsync(CancellationToken cancellation)
    {
        var answer = await rest.RawAsync(rest.Get("/ok"), cancellation);
        return answer.IsOk ? PolymarketResult<bool>.Ok(true) : answer.As<bool>();
    }

    /// <summary>The server's time, to the second.</summary>
    public async Task<PolymarketResult<DateTimeOffset>> GetTimeAsync(CancellationToken cancellation)
    {
        var answer = await rest.SendAsync(rest.Get("/time"), PolymarketJson.Wire.Int64, cancellation);
        if (!answer.IsOk)
            return answer.As<DateTimeOffset>();
        return answer.Value is > 0 and < LastSecond
            ? PolymarketResult<DateTimeOffset>.Ok(DateTimeOffset.FromUnixTimeSeconds(answer.Value))
            : PolymarketResult<DateTimeOffset>.Fail(
                new(PolymarketErrorKind.Unreadable, $"{answer.Value} is no time in seconds."));
    }

    /// <summary>The exchange's version.</summary>
    public Task<PolymarketResult<VersionReply>> GetVersionAsync(CancellationToken cancellation) =>
        GetAsync("/version", "", PolymarketJson.Wire.VersionReply, cancellation);

    /// <summary>One book; <see cref="PolymarketErrorKind.NotFound"/> for a token without one.</summary>
    public Task<PolymarketResult<BookReply>> GetBookAsync(TokenId token, CancellationToken cancellation) =>
        GetAsync("/book", Of(token), PolymarketJson.Wire.BookReply, cancellation);

    /// <summary>The books of at most <see cref="LargestBatch"/> tokens; tokens without one are absent.</summary>
    public Task<PolymarketResult<IReadOnlyList<BookReply>>> GetBooksAsync(
        IReadOnlyCollection<TokenId> tokens, CancellationToken cancellation) =>
        BatchAsync("/books", Requests(tokens), PolymarketJson.Wire.IReadOnlyListBookReply, cancellation);

    /// <summary>Best bid for the side of a purchase, best ask for that of a sale: as the exchange does.</summary>
    public Task<PolymarketResult<PriceReply>> GetPriceAsync(
        TokenId token, Side side, CancellationToken cancellation) =>
        GetAsync(
            "/price", new QueryText().Add("token_id", token.Value).Add("side", Word(side)).ToString(),
            PolymarketJson.Wire.PriceReply, cancellation);

    /// <summary>Best prices by token and side (BUY, SELL).</summary>
    public Task<PolymarketResult<IReadOnlyDictionary<string, IReadOnlyDictionary<string, Price>>>> GetPricesAsync(
        IReadOnlyCollection<(TokenId Token, Side Side)> wanted, CancellationToken cancellation) =>
        BatchAsync(
            "/prices", [.. wanted.Select(one => new TokenRequest { TokenId = one.Token.Value, Side = one.Side })],
            PolymarketJson.Wire.IReadOnlyDictionaryStringIReadOnlyDictionaryStringPrice, cancellation);

    /// <summary>The middle of one book.</summary>
    public Task<PolymarketResult<MidpointReply>> GetMidpointAsync(TokenId token, CancellationToken cancellation) =>
        GetAsync("/midpoint", Of(token), PolymarketJson.Wire.MidpointReply, cancellation);

    /// <summary>The middles by token.</summary>
    public Task<PolymarketResult<IReadOnlyDictionary<string, Price>>> GetMidpointsAsync(
        IReadOnlyCollection<TokenId> tokens, CancellationToken cancellation) =>
        BatchAsync(
            "/midpoints", Requests(tokens), PolymarketJson.Wire.IReadOnlyDictionaryStringPrice, cancellation);

    /// <summary>Best ask less best bid.</summary>
    public Task<PolymarketResult<SpreadReply>> GetSpreadAsync(TokenId token, CancellationToken cancellation) =>
        GetAsync("/spread", Of(token), PolymarketJson.Wire.SpreadReply, cancellation);

    /// <summary>The spreads by token.</summary>
    public Task<PolymarketResult<IReadOnlyDictionary<string, Price>>> GetSpreadsAsync(
        IReadOnlyCollection<TokenId> tokens, CancellationToken cancellation) =>
        BatchAsync("/spreads", Requests(tokens), PolymarketJson.Wire.IReadOnlyDictionaryStringPrice, cancellation);

    /// <summary>The last trade's price and side.</summary>
    public Task<PolymarketResult<LastTradeReply>> GetLastTradeAsync(TokenId token, CancellationToken cancellation) =>
        GetAsync("/last-trade-price", Of(token), PolymarketJson.Wire.LastTradeReply, cancellation);

    /// <summary>The last trades; tokens that were never traded are absent.</summary>
    public Task<PolymarketResult<IReadOnlyList<LastTradeReply>>> GetLastTradesAsync(
        IReadOnlyCollection<TokenId> tokens, CancellationToken cancellation) =>
        BatchAsync(
            "/last-trades-prices", Requests(tokens), PolymarketJson.Wire.IReadOnlyListLastTradeReply, cancellation);

    /// <summary>The price grid.</summary>
    public Task<PolymarketResult<TickSizeReply>> GetTickSizeAsync(TokenId token, CancellationToken cancellation) =>
        GetAsync("/tick-size", Of(token), PolymarketJson.Wire.TickSizeReply, cancellation);

    /// <summary>Whether the token's market belongs to a negative-risk group.</summary>
    public Task<PolymarketResult<NegRiskReply>> GetNegRiskAsync(TokenId token, CancellationToken cancellation) =>
        GetAsync("/neg-risk", Of(token), PolymarketJson.Wire.NegRiskReply, cancellation);

    /// <summary>A flag-like base value, never the effective fee.</summary>
    public Task<PolymarketResult<FeeRateReply>> GetFeeRateAsync(TokenId token, CancellationToken cancellation) =>
        GetAsync("/fee-rate", Of(token), PolymarketJson.Wire.FeeRateReply, cancellation);

    /// <summary>Past middles of one token.</summary>
    public Task<PolymarketResult<PriceHistoryReply>> GetHistoryAsync(
        TokenId token, HistoryRange range, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(range);
        var query = new QueryText().Add("market", token.Value).Add("startTs", range.Start).Add("endTs", range.End)
            .Add("interval", range.Interval).Add("fidelity", range.FidelityMinutes);
        return GetAsync("/prices-history", query.ToString(), PolymarketJson.Wire.PriceHistoryReply, cancellation);
    }

    /// <summary>Past middles of at most <see cref="LargestHistoryBatch"/> tokens.</summary>
    public Task<PolymarketResult<BatchHistoryReply>> GetHistoriesAsync(
        IReadOnlyCollection<TokenId> tokens, HistoryRange range, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(range);
        var body = new BatchHistoryRequest
        {
            Markets = [.. tokens.Select(token => token.Value)],
            Start = range.Start,
            End = range.End,
            Interval = range.Interval,
            FidelityMinutes = range.FidelityMinutes,
        };
        var call = rest.Post("/batch-prices-history", body, PolymarketJson.Wire.BatchHistoryRequest);
        return rest.SendAsync(call with { IsRepeatable = true }, PolymarketJson.Wire.BatchHistoryReply, cancellation);
    }

    /// <summary>A market in its compact form: the first source of its fees.</summary>
    public Task<PolymarketResult<ClobMarketInfo>> GetMarketInfoAsync(
        MarketId market, CancellationToken cancellation) =>
        GetAsync($"/clob-markets/{market.Value}", "", PolymarketJson.Wire.ClobMarketInfo, cancellation);

    /// <summary>The market of a token.</summary>
    public Task<PolymarketResult<MarketByTokenReply>> GetMarketByTokenAsync(
        TokenId token, CancellationToken cancellation) =>
        GetAsync($"/markets-by-token/{token.Value}", "", PolymarketJson.Wire.MarketByTokenReply, cancellation);

    /// <summary>A market in its long form, which names the winner.</summary>
    public Task<PolymarketResult<ClobMarket>> GetMarketAsync(MarketId market, CancellationToken cancellation) =>
        GetAsync($"/markets/{market.Value}", "", PolymarketJson.Wire.ClobMarket, cancellation);

    /// <summary>One page of a list of markets.</summary>
    public Task<PolymarketResult<CursorPage<ClobMarket>>> GetMarketsPageAsync(
        ClobMarketList list, string cursor, CancellationToken cancellation) =>
        GetAsync(
            list switch
            {
                ClobMarketList.All => "/markets",
                ClobMarketList.Simplified => "/simplified-markets",
                ClobMarketList.Sampling => "/sampling-markets",
                ClobMarketList.SamplingSimplified => "/sampling-simplified-markets",
                _ => throw new ArgumentOutOfRangeException(nameof(list), list, "There is no such list."),
            },
            new QueryText().Add("next_cursor", cursor).ToString(), PolymarketJson.Wire.CursorPageClobMarket,
            cancellation);

    /// <summary>The ticker of a market's activity, as it comes.</summary>
    public Task<PolymarketResult<JsonElement>> GetLiveActivityAsync(MarketId market, CancellationToken cancellation) =>
        GetAsync($"/markets/live-activity/{market.Value}", "", PolymarketJson.Wire.JsonElement, cancellation);

    /// <summary>What a builder code charges.</summary>
    public Task<PolymarketResult<BuilderFeesReply>> GetBuilderFeesAsync(
        string builderCode, CancellationToken cancellation) =>
        GetAsync(
            $"/fees/builder-fees/{Uri.EscapeDataString(builderCode)}", "", PolymarketJson.Wire.BuilderFeesReply,
            cancellation);

    /// <summary>All trades that are attributed to a builder code.</summary>
    public Task<PolymarketResult<IReadOnlyList<ClobTrade>>> GetBuilderTradesAsync(
        string builderCode, CancellationToken cancellation) =>
        AllPagesAsync(
            cursor => rest.Get(
                "/builder/trades",
                new QueryText().Add("builder_code", builderCode).Add("next_cursor", cursor).ToString()),
            PolymarketJson.Wire.CursorPageClobTrade, cancellation);

    private static string Of(TokenId token) => new QueryText().Add("token_id", token.Value).ToString();

    private static string Word(Side side) => side == Side.Buy ? "BUY" : "SELL";

    private static List<TokenRequest> Requests(IReadOnlyCollection<TokenId> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return tokens.Count <= LargestBatch
            ? [.. tokens.Select(token => new TokenRequest { TokenId = token.Value })]
            : throw new ArgumentException($"At most {LargestBatch} tokens are read at once.", nameof(tokens));
    }

    private Task<PolymarketResult<T>> GetAsync<T>(
        string path, string query, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        rest.SendAsync(rest.Get(path, query), type, cancellation);

    private Task<PolymarketResult<T>> BatchAsync<T>(
        string path, IReadOnlyList<TokenRequest> body, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        var call = rest.Post(path, body, PolymarketJson.Wire.IReadOnlyListTokenRequest);
        return rest.SendAsync(call with { IsRepeatable = true }, type, cancellation);
    }

    private async Task<PolymarketResult<IReadOnlyList<T>>> AllPagesAsync<T>(
        Func<string, RestCall> call, JsonTypeInfo<CursorPage<T>> type, CancellationToken cancellation)
    {
        var rows = new List<T>();
        var seen = new HashSet<string>();
        for (var cursor = CursorPage<T>.FirstCursor; ;)
        {
            var answer = await rest.SendAsync(call(cursor), type, cancellation);
            if (!answer.IsOk)
                return answer.As<IReadOnlyList<T>>();
            rows.AddRange(answer.Value?.Data ?? []);
            if (answer.Value is not { IsLast: false, NextCursor: { } next })
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

/// <summary>The lists of markets that the order book's service keeps.</summary>
public enum ClobMarketList
{
    /// <summary>Every market.</summary>
    All,

    /// <summary>Every market, in few fields.</summary>
    Simplified,

    /// <summary>Markets with liquidity rewards.</summary>
    Sampling,

    /// <summary>Markets with liquidity rewards, in few fields.</summary>
    SamplingSimplified,
}

/// <summary>Which past prices are wanted: two moments, or an interval that ends now.</summary>
public sealed record HistoryRange
{
    /// <summary>From; with <see cref="End"/>.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>To; at most 15 days after <see cref="Start"/> for fine points.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>max, all, 1m, 1w, 1d, 6h or 1h.</summary>
    public string? Interval { get; init; }

    /// <summary>Minutes between points.</summary>
    public int? FidelityMinutes { get; init; }
}
