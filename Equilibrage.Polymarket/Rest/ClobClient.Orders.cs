using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest.Clob;

namespace Equilibrage.Polymarket.Rest;

/// <content>Orders, trades, balances and what else belongs to an account.</content>
public sealed partial class ClobClient
{
    /// <summary>Most orders of one placement.</summary>
    public const int LargestOrderBatch = 15;

    /// <summary>Most orders of one cancel.</summary>
    public const int LargestCancelBatch = 1000;

    /// <summary>Places one order. Never repeated by anybody: an error that is ambiguous is looked up.</summary>
    /// <param name="body">The signed order's exact bytes.</param>
    /// <param name="isPostOnly">True when the order is post-only, which the window after a restart still takes.</param>
    /// <param name="cancellation">Gives up; the order may be placed nevertheless.</param>
    public Task<PolymarketResult<OrderReply>> PostOrderAsync(
        ReadOnlyMemory<byte> body, bool isPostOnly, CancellationToken cancellation) =>
        rest.SendAsync(
            Mine(new()
            {
                Service = PolymarketService.Clob,
                Method = "POST",
                Path = "/order",
                Body = body,
                IsPostOnly = isPostOnly,
            }),
            PolymarketJson.Wire.OrderReply, cancellation);

    /// <summary>Places up to <see cref="LargestOrderBatch"/> orders, each of which succeeds or fails by itself.
    /// </summary>
    /// <param name="bodies">The signed orders' exact bytes.</param>
    /// <param name="arePostOnly">True when all of them are post-only.</param>
    /// <param name="cancellation">Gives up; the orders may be placed nevertheless.</param>
    /// <exception cref="ArgumentException">Too many orders.</exception>
    public Task<PolymarketResult<IReadOnlyList<OrderReply>>> PostOrdersAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> bodies, bool arePostOnly, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        if (bodies.Count is 0 or > LargestOrderBatch)
            throw new ArgumentException($"One to {LargestOrderBatch} orders are placed at once.", nameof(bodies));
        var call = new RestCall
        {
            Service = PolymarketService.Clob,
            Method = "POST",
            Path = "/orders",
            Body = Join(bodies),
            Cost = bodies.Count,
            IsPostOnly = arePostOnly,
        };
        return rest.SendAsync(Mine(call), PolymarketJson.Wire.IReadOnlyListOrderReply, cancellation);
    }

    /// <summary>Cancels one order.</summary>
    public Task<PolymarketResult<CancelReply>> CancelAsync(VenueOrderId order, CancellationToken cancellation) =>
        CancelCallAsync(
            "/order", RestClient.Bytes(new(order.Value), PolymarketJson.Wire.CancelRequest), 1, cancellation);

    /// <summary>Cancels up to <see cref="LargestCancelBatch"/> orders.</summary>
    /// <exception cref="ArgumentException">Too many orders.</exception>
    public Task<PolymarketResult<CancelReply>> CancelAsync(
        IReadOnlyCollection<VenueOrderId> orders, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(orders);
        if (orders.Count is 0 or > LargestCancelBatch)
            throw new ArgumentException($"One to {LargestCancelBatch} orders are canceled at once.", nameof(orders));
        IReadOnlyList<string> ids = [.. orders.Select(order => order.Value)];
        return CancelCallAsync(
            "/orders", RestClient.Bytes(ids, PolymarketJson.Wire.IReadOnlyListString), ids.Count, cancellation);
    }

    /// <summary>Cancels everything. An order on its way may be missed: ask again once its fate is known.</summary>
    public Task<PolymarketResult<CancelReply>> CancelAllAsync(CancellationToken cancellation) =>
        CancelCallAsync("/cancel-all", default, 1, cancellation);

    /// <summary>Cancels everything of a market, of a token, or of both together.</summary>
    public Task<PolymarketResult<CancelReply>> CancelMarketAsync(
        MarketId? market, TokenId? token, CancellationToken cancellation)
    {
        var body = new MarketCancelRequest { Market = market?.Value, AssetId = token?.Value };
        return CancelCallAsync(
            "/cancel-market-orders", RestClient.Bytes(body, PolymarketJson.Wire.MarketCancelRequest), 1, cancellation);
    }

    /// <summary>All open orders, of a market, or of a token. A token alone is sifted here: the exchange will ask for
    /// its market too.</summary>
    public async Task<PolymarketResult<IReadOnlyList<OpenOrder>>> GetOrdersAsync(
        MarketId? market, TokenId? token, CancellationToken cancellation)
    {
        var asset = market is null ? null : token?.Value;
        var all = await AllPagesAsync(
            cursor => Mine(rest.Get(
                "/data/orders",
                new QueryText().Add("market", market?.Value).Add("asset_id", asset).Add("next_cursor", cursor)
                    .ToString())),
            PolymarketJson.Wire.CursorPageOpenOrder, cancellation);
        return token is { } wanted && all.Value is { } orders
            ? PolymarketResult<IReadOnlyList<OpenOrder>>.Ok([.. orders.Where(order => order.AssetId == wanted.Value)])
            : all;
    }

    /// <summary>One order; a null value when there is none. Only live orders are sure to be found.</summary>
    public async Task<PolymarketResult<OpenOrder>> GetOrderAsync(VenueOrderId order, CancellationToken cancellation)
    {
        var answer = await rest.SendAsync(
            Mine(rest.Get($"/data/order/{order.Value}")), PolymarketJson.Wire.OpenOrderOrNothing, cancellation);
        return answer.Error?.Kind == PolymarketErrorKind.NotFound
            ? PolymarketResult<OpenOrder>.Ok(null)
            : answer.IsOk ? PolymarketResult<OpenOrder>.Ok(answer.Value?.Order) : answer.As<OpenOrder>();
    }

    /// <summary>Orders that the change of exchanges in April 2026 removed.</summary>
    public Task<PolymarketResult<IReadOnlyList<OpenOrder>>> GetPreMigrationOrdersAsync(
        CancellationToken cancellation) =>
        AllPagesAsync(
            cursor => Mine(rest.Get(
                "/data/pre-migration-orders", new QueryText().Add("next_cursor", cursor).ToString())),
            PolymarketJson.Wire.CursorPageOpenOrder, cancellation);

    /// <summary>All trades of the account that fit. Market and token are matched with the taker's side only.</summary>
    public Task<PolymarketResult<IReadOnlyList<ClobTrade>>> GetTradesAsync(
        TradeQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return AllPagesAsync(
            cursor => Mine(rest.Get(
                "/data/trades",
                new QueryText().Add("id", query.Id?.Value).Add("maker_address", query.MakerAddress)
                    .Add("market", query.Market?.Value).Add("asset_id", query.Token?.Value)
                    .Add("before", query.Before).Add("after", query.After).Add("next_cursor", cursor).ToString())),
            PolymarketJson.Wire.CursorPageClobTrade, cancellation);
    }

    /// <summary>Balance and allowances of the collateral, or of a token.</summary>
    public Task<PolymarketResult<BalanceAllowance>> GetBalanceAsync(TokenId? token, CancellationToken cancellation) =>
        rest.SendAsync(
            Mine(rest.Get("/balance-allowance", BalanceQuery(token))), PolymarketJson.Wire.BalanceAllowance,
            cancellation);

    /// <summary>Makes the exchange read balance and allowances from the chain again.</summary>
    public async Task<PolymarketResult<bool>> RefreshBalanceAsync(TokenId? token, CancellationToken cancellation)
    {
        var answer = await rest.RawAsync(
            Mine(rest.Get("/balance-allowance/update", BalanceQuery(token))), cancellation);
        return answer.IsOk ? PolymarketResult<bool>.Ok(true) : answer.As<bool>();
    }

    /// <summary>True while an order earns liquidity rewards.</summary>
    public Task<PolymarketResult<ScoringReply>> GetScoringAsync(VenueOrderId order, CancellationToken cancellation) =>
        rest.SendAsync(
            Mine(rest.Get("/order-scoring", new QueryText().Add("order_id", order.Value).ToString())),
            PolymarketJson.Wire.ScoringReply, cancellation);

    /// <summary>Which orders earn liquidity rewards.</summary>
    public Task<PolymarketResult<IReadOnlyDictionary<string, bool>>> GetScoringAsync(
        IReadOnlyCollection<VenueOrderId> orders, CancellationToken cancellation)
    {
        IReadOnlyList<string> ids = [.. orders.Select(order => order.Value)];
        var call = rest.Post("/orders-scoring", ids, PolymarketJson.Wire.IReadOnlyListString);
        return rest.SendAsync(
            Mine(call with { IsRepeatable = true }), PolymarketJson.Wire.IReadOnlyDictionaryStringBoolean,
            cancellation);
    }

    /// <summary>Notices of the last 48 hours.</summary>
    public Task<PolymarketResult<IReadOnlyList<NotificationRow>>> GetNotificationsAsync(
        CancellationToken cancellation) =>
        rest.SendAsync(
            Mine(rest.Get(
                "/notifications", new QueryText().Add("signature_type", Account.SignatureType).ToString())),
            PolymarketJson.Wire.IReadOnlyListNotificationRow, cancellation);

    /// <summary>Marks notices as read.</summary>
    public async Task<PolymarketResult<bool>> DropNotificationsAsync(
        IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        var query = new QueryText().AddList(
            "ids", ids.Select(id => id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        var answer = await rest.RawAsync(
            Mine(rest.Delete("/notifications") with { Query = query.ToString() }), cancellation);
        return answer.IsOk ? PolymarketResult<bool>.Ok(true) : answer.As<bool>();
    }

    /// <summary>
    /// Keeps the orders of this key alive: once begun, silence of more than ten seconds cancels them all.
    /// </summary>
    /// <param name="previous">The id of the answer before; empty to begin.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<PolymarketResult<HeartbeatMessage>> HeartbeatAsync(string previous, CancellationToken cancellation) =>
        rest.SendAsync(
            Mine(rest.Post("/v1/heartbeats", new HeartbeatMessage(previous), PolymarketJson.Wire.HeartbeatMessage)),
            PolymarketJson.Wire.HeartbeatMessage, cancellation);

    /// <summary>The older heartbeat, without ids.</summary>
    public Task<PolymarketResult<StatusReply>> PlainHeartbeatAsync(CancellationToken cancellation) =>
        rest.SendAsync(
            Mine(new() { Service = PolymarketService.Clob, Method = "POST", Path = "/heartbeats" }),
            PolymarketJson.Wire.StatusReply, cancellation);

    /// <summary>True when the account may only reduce.</summary>
    public Task<PolymarketResult<ClosedOnlyReply>> GetClosedOnlyAsync(CancellationToken cancellation) =>
        rest.SendAsync(
            Mine(rest.Get("/auth/ban-status/closed-only")), PolymarketJson.Wire.ClosedOnlyReply, cancellation);

    private static byte[] Join(IReadOnlyList<ReadOnlyMemory<byte>> bodies)
    {
        using var joined = new MemoryStream();
        for (var index = 0; index < bodies.Count; index++)
        {
            joined.WriteByte(index == 0 ? (byte)'[' : (byte)',');
            joined.Write(bodies[index].Span);
        }

        joined.WriteByte((byte)']');
        return joined.ToArray();
    }

    private string BalanceQuery(TokenId? token) => new QueryText()
        .Add("asset_type", token is null ? "COLLATERAL" : "CONDITIONAL").Add("token_id", token?.Value)
        .Add("signature_type", Account.SignatureType).ToString();

    private Task<PolymarketResult<CancelReply>> CancelCallAsync(
        string path, ReadOnlyMemory<byte> body, int cost, CancellationToken cancellation) =>
        rest.SendAsync(
            Mine(rest.Delete(path, body) with { Cost = cost }), PolymarketJson.Wire.CancelReply, cancellation);

    private ClobAccount Account =>
        account ?? throw new InvalidOperationException("This client makes public calls only: give it an account.");

    private RestCall Mine(RestCall call) => call with { Authorizer = Account.Key };
}

/// <summary>Which trades are wanted; what is null does not matter.</summary>
public sealed record TradeQuery
{
    /// <summary>One trade.</summary>
    public TradeId? Id { get; init; }

    /// <summary>A wallet.</summary>
    public string? MakerAddress { get; init; }

    /// <summary>Market of the taker's order.</summary>
    public MarketId? Market { get; init; }

    /// <summary>Token of the taker's order.</summary>
    public TokenId? Token { get; init; }

    /// <summary>Matched before.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Matched after.</summary>
    public DateTimeOffset? After { get; init; }
}
