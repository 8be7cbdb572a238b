namespace Equilibrage.Polymarket;

/// <summary>
/// Where the services are. A base address may have a path: what is signed is always the official path behind it.
/// </summary>
public sealed record PolymarketEndpoints
{
    /// <summary>Orders, books, prices, keys.</summary>
    public required Uri Clob { get; init; }

    /// <summary>Descriptions of markets and events.</summary>
    public required Uri Gamma { get; init; }

    /// <summary>Public positions, trades and activity.</summary>
    public required Uri Data { get; init; }

    /// <summary>Sends transactions without gas.</summary>
    public required Uri Relayer { get; init; }

    /// <summary>The chain's JSON-RPC; on Polymarket the operator's own choice.</summary>
    public required Uri Rpc { get; init; }

    /// <summary>The check of the place; null where nothing is restricted.</summary>
    public Uri? Geoblock { get; init; }

    /// <summary>Market channel.</summary>
    public required Uri MarketSocket { get; init; }

    /// <summary>User channel.</summary>
    public required Uri UserSocket { get; init; }

    /// <summary>Live data, the older form (RTDS).</summary>
    public required Uri LiveSocket { get; init; }

    /// <summary>Live data, the newer form (PolyBolt).</summary>
    public required Uri LiveV2Socket { get; init; }

    /// <summary>Sports scores.</summary>
    public required Uri SportsSocket { get; init; }

    /// <summary>137 for Polygon, 80002 for its test network Amoy.</summary>
    public long ChainId { get; init; } = 137;

    /// <summary>The real exchange.</summary>
    public static PolymarketEndpoints Live { get; } = new()
    {
        Clob = new("https://clob.polymarket.com"),
        Gamma = new("https://gamma-api.polymarket.com"),
        Data = new("https://data-api.polymarket.com"),
        Relayer = new("https://relayer-v2.polymarket.com"),
        Rpc = new("https://polygon-rpc.com"),
        Geoblock = new("https://polymarket.com/api/geoblock"),
        MarketSocket = new("wss://ws-subscriptions-clob.polymarket.com/ws/market"),
        UserSocket = new("wss://ws-subscriptions-clob.polymarket.com/ws/user"),
        LiveSocket = new("wss://ws-live-data.polymarket.com"),
        LiveV2Socket = new("wss://ws-live-v2.polymarket.com/ws"),
        SportsSocket = new("wss://sports-api.polymarket.com/ws"),
    };

    /// <summary>A practice exchange, which serves everything from one port under base paths.</summary>
    /// <param name="practice">Its root, such as <c>http://127.0.0.1:5090</c>.</param>
    /// <exception cref="ArgumentException">The address is not one of HTTP.</exception>
    public static PolymarketEndpoints For(Uri practice)
    {
        ArgumentNullException.ThrowIfNull(practice);
        if (practice.Scheme is not ("http" or "https"))
            throw new ArgumentException("A practice exchange has an http address.", nameof(practice));
        return new()
        {
            Clob = At("/clob"),
            Gamma = At("/gamma"),
            Data = At("/data"),
            Relayer = At("/relayer"),
            Rpc = At("/rpc"),
            Geoblock = At("/api/geoblock"),
            MarketSocket = Socket("/ws/market"),
            UserSocket = Socket("/ws/user"),
            LiveSocket = Socket("/ws/live"),
            LiveV2Socket = Socket("/ws/live-v2"),
            SportsSocket = Socket("/ws/sports"),
        };

        Uri At(string path) => new UriBuilder(practice) { Path = practice.AbsolutePath.TrimEnd('/') + path }.Uri;

        Uri Socket(string path) =>
            new UriBuilder(At(path)) { Scheme = practice.Scheme == "https" ? "wss" : "ws" }.Uri;
    }

    /// <summary>The base address of a service.</summary>
    /// <exception cref="InvalidOperationException">There is no such service here.</exception>
    public Uri Base(PolymarketService service) => service switch
    {
        PolymarketService.Clob => Clob,
        PolymarketService.Gamma => Gamma,
        PolymarketService.Data => Data,
        PolymarketService.Relayer => Relayer,
        PolymarketService.Chain => Rpc,
        PolymarketService.Site => Geoblock ?? throw new InvalidOperationException("There is no check of the place."),
        _ => throw new ArgumentOutOfRangeException(nameof(service), service, "There is no such service."),
    };
}
