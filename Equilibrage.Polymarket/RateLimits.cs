namespace Equilibrage.Polymarket;

/// <summary>At most so many requests within any stretch of time of this length.</summary>
/// <param name="Name">What is counted together, unique among the rules of <see cref="RateLimits"/>.</param>
/// <param name="Limit">Requests.</param>
/// <param name="Window">Length of the stretch.</param>
public sealed record RateRule(string Name, int Limit, TimeSpan Window);

/// <summary>What a signer may do by its volume of 30 days: two token buckets.</summary>
/// <param name="Name">The tier's name, as <c>Poly-RateLimit-Tier</c> gives it.</param>
/// <param name="Volume">Dollars of 30 days from which it holds.</param>
/// <param name="OrderRate">Order tokens per second.</param>
/// <param name="OrderBurst">Most order tokens.</param>
/// <param name="CancelRate">Cancel tokens per second.</param>
/// <param name="CancelBurst">Most cancel tokens.</param>
/// <param name="MayGoNegative">True when a bucket may be overdrawn by the request that empties it.</param>
public sealed record SignerTier(
    string Name, long Volume, int OrderRate, int OrderBurst, int CancelRate, int CancelBurst, bool MayGoNegative);

/// <summary>Which of a signer's buckets a request draws from.</summary>
public enum SignerBucket
{
    /// <summary>None.</summary>
    None,

    /// <summary>One token for each order.</summary>
    Orders,

    /// <summary>One token for each cancel; one and the number of canceled orders where all of them are meant.</summary>
    Cancels,
}

/// <summary>
/// The limits of the exchange's services as they stand since June 2026: requests per address and sliding window, and
/// tokens per signer. Requests above a window are first delayed, then answered 429.
/// </summary>
public static class RateLimits
{
    private static readonly TimeSpan TenSeconds = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    private static readonly RateRule Everything = new("everything", 15_000, TenSeconds);
    private static readonly RateRule Ledger = new("ledger", 900, TenSeconds);
    private static readonly RateRule GammaLists = new("gamma lists", 900, TenSeconds);

    private static readonly Dictionary<PolymarketService, RateRule[]> Totals = new()
    {
        [PolymarketService.Clob] = [Everything, new("clob", 9_000, TenSeconds)],
        [PolymarketService.Gamma] = [Everything, new("gamma", 4_000, TenSeconds)],
        [PolymarketService.Data] = [Everything, new("data", 1_000, TenSeconds)],
        [PolymarketService.Relayer] = [Everything],
        [PolymarketService.Site] = [Everything],
        [PolymarketService.Chain] = [],
    };

    // The first route that matches decides: longer paths stand before those that they begin with.
    private static readonly Route[] Routes =
    [
        new(PolymarketService.Clob, null, "/ok", [new("clob /ok", 100, TenSeconds)]),
        Clob("POST", "/order", [new("POST /order", 5_000, TenSeconds), new("POST /order long", 120_000, TenMinutes)]),
        Clob("DELETE", "/order",
            [new("DELETE /order", 5_000, TenSeconds), new("DELETE /order long", 120_000, TenMinutes)]),
        Clob("POST", "/orders", [new("POST /orders", 2_000, TenSeconds), new("POST /orders long", 21_000, TenMinutes)]),
        Clob("DELETE", "/orders",
            [new("DELETE /orders", 2_000, TenSeconds), new("DELETE /orders long", 15_000, TenMinutes)]),
        Clob("DELETE", "/cancel-all",
            [new("DELETE /cancel-all", 250, TenSeconds), new("DELETE /cancel-all long", 6_000, TenMinutes)]),
        Clob("DELETE", "/cancel-market-orders",
            [new("DELETE /cancel-market", 1_500, TenSeconds), new("DELETE /cancel-market long", 21_000, TenMinutes)]),
        Clob(null, "/book", [new("clob /book", 1_500, TenSeconds)]),
        Clob(null, "/price", [new("clob /price", 1_500, TenSeconds)]),
        Clob(null, "/midpoint", [new("clob /midpoint", 1_500, TenSeconds)]),
        Clob(null, "/books", [new("clob /books", 500, TenSeconds)]),
        Clob(null, "/prices", [new("clob /prices", 500, TenSeconds)]),
        Clob(null, "/midpoints", [new("clob /midpoints", 500, TenSeconds)]),
        Clob(null, "/prices-history", [new("clob /prices-history", 1_000, TenSeconds)]),
        Clob(null, "/batch-prices-history", [new("clob /batch-prices-history", 1_000, TenSeconds)]),
        Clob(null, "/tick-size", [new("clob /tick-size", 200, TenSeconds)]),
        Clob(null, "/balance-allowance/update", [new("clob balance update", 50, TenSeconds)]),
        Clob(null, "/balance-allowance", [new("clob balance", 200, TenSeconds)]),
        Clob(null, "/data/orders", [Ledger, new("clob /data/orders", 500, TenSeconds)]),
        Clob(null, "/data/trades", [Ledger, new("clob /data/trades", 500, TenSeconds)]),
        Clob(null, "/data/", [Ledger]),
        Clob(null, "/notifications", [Ledger, new("clob /notifications", 125, TenSeconds)]),
        Clob(null, "/order-scoring", [Ledger]),
        Clob(null, "/orders-scoring", [Ledger]),
        Clob(null, "/auth/", [new("clob /auth", 100, TenSeconds)]),
        new(PolymarketService.Gamma, null, "/events", [GammaLists, new("gamma /events", 500, TenSeconds)]),
        new(PolymarketService.Gamma, null, "/markets", [GammaLists, new("gamma /markets", 300, TenSeconds)]),
        new(PolymarketService.Gamma, null, "/comments", [new("gamma /comments", 200, TenSeconds)]),
        new(PolymarketService.Gamma, null, "/tags", [new("gamma /tags", 200, TenSeconds)]),
        new(PolymarketService.Gamma, null, "/public-search", [new("gamma search", 350, TenSeconds)]),
        new(PolymarketService.Data, null, "/v2/positions", [new("data positions", 200, TenSeconds)]),
        new(PolymarketService.Data, null, "/v2/trades", [new("data trades", 200, TenSeconds)]),
        new(PolymarketService.Data, null, "/v2/", [new("data others", 400, TenSeconds)]),
        new(PolymarketService.Relayer, "POST", "/submit", [new("relayer submit", 25, TimeSpan.FromMinutes(1))]),
    ];

    /// <summary>The signers' tiers, smallest first.</summary>
    public static IReadOnlyList<SignerTier> Tiers { get; } =
    [
        new("Standard", 0, 40, 60, 80, 120, true),
        new("Copper", 30_000, 60, 90, 120, 180, true),
        new("Bronze", 50_000, 80, 120, 160, 240, true),
        new("Silver", 100_000, 200, 300, 400, 600, true),
        new("Gold", 500_000, 400, 600, 800, 1_200, true),
        new("Platinum", 2_500_000, 450, 675, 900, 1_350, false),
        new("Diamond", 5_000_000, 525, 787, 1_050, 1_575, false),
        new("Elite", 10_000_000, 600, 900, 1_200, 1_800, false),
    ];

    /// <summary>The windows that a request counts in, the widest group first. Empty where there are none.</summary>
    /// <param name="service">The service.</param>
    /// <param name="method">Upper-case method.</param>
    /// <param name="path">The official path, without base path and query.</param>
    public static IReadOnlyList<RateRule> For(PolymarketService service, string method, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Array.Find(Routes, route => route.Matches(service, method, path))?.All ?? Totals[service];
    }

    /// <summary>The signer's bucket that a request draws from.</summary>
    /// <param name="method">Upper-case method.</param>
    /// <param name="path">The official path of the order book's service.</param>
    public static SignerBucket BucketOf(string method, string path) => (method, path) switch
    {
        ("POST", "/order" or "/orders") => SignerBucket.Orders,
        ("DELETE", "/order" or "/orders" or "/cancel-all" or "/cancel-market-orders") => SignerBucket.Cancels,
        _ => SignerBucket.None,
    };

    private static Route Clob(string? method, string path, RateRule[] rules) =>
        new(PolymarketService.Clob, method, path, rules);

    private sealed record Route(PolymarketService Service, string? Method, string Path, RateRule[] Rules)
    {
        public IReadOnlyList<RateRule> All { get; } = [.. Totals[Service], .. Rules];

        public bool Matches(PolymarketService service, string method, string path) =>
            service == Service && (Method is null || Method == method)
            && path.StartsWith(Path, StringComparison.Ordinal)
            && (path.Length == Path.Length || Path[^1] == '/' || path[Path.Length] == '/');
    }
}
