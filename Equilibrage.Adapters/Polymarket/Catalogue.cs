using Equilibrage.Core.Markets;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>A market with what Gamma last displayed of it. Displayed figures lag; nothing is traded on them.</summary>
internal sealed record CatalogueRow(Market Market, Price? Bid, Price? Ask, Usdc Liquidity, Usdc? Volume24h);

/// <summary>One walk over all markets.</summary>
internal sealed class MarketList(IReadOnlyList<CatalogueRow> rows, DateTimeOffset readAt, int pages)
{
    private readonly Dictionary<MarketId, Market> byId = rows.ToDictionary(row => row.Market.Id, row => row.Market);

    public IReadOnlyList<CatalogueRow> Rows => rows;

    public IReadOnlyList<Market> Markets { get; } = [.. rows.Select(row => row.Market)];

    public DateTimeOffset ReadAt => readAt;

    public int Pages => pages;

    public Market? Find(MarketId id) => byId.GetValueOrDefault(id);
}

/// <summary>
/// All open markets in memory. The first reader waits for the first walk; later ones get the last walk's markets, while
/// the next one runs beside them. Walks use at most a third of what the service allows.
/// </summary>
internal sealed class Catalogue(GammaClient gamma, TimeProvider wall)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PausePerPage = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly GammaMarketParser parser = new();
    private volatile MarketList? last;
    private Task<MarketList>? walk;

    /// <summary>The last walk's markets; null before the first.</summary>
    public MarketList? Known => last;

    /// <summary>The markets as last read.</summary>
    /// <exception cref="VenueUnavailableException">The first walk failed.</exception>
    public async Task<MarketList> ReadAsync(CancellationToken cancellation)
    {
        if (last is { } known)
        {
            if (wall.GetUtcNow() - known.ReadAt > Pause(known))
                _ = Walk();
            return known;
        }

        return await Walk().WaitAsync(cancellation);
    }

    private static TimeSpan Pause(MarketList known) =>
        known.Pages * PausePerPage > ShortestPause ? known.Pages * PausePerPage : ShortestPause;

    // One walk at a time. It belongs to nobody, so that a reader who gives up does not end it for the others.
    private Task<MarketList> Walk()
    {
        lock (gate)
        {
            if (walk is null || walk.IsCompleted)
                walk = Task.Run(WalkAsync);
            return walk;
        }
    }

    private async Task<MarketList> WalkAsync()
    {
        var rows = new Dictionary<MarketId, CatalogueRow>();
        var pages = 0;
        for (string? cursor = null; ; pages++)
        {
            var page = (await gamma.ReadMarketsAsync(
                new() { IsClosed = false }, cursor, parser, Take, CancellationToken.None)).Require("its markets");
            if (page.NextCursor is not { } next || next == cursor)
                break;
            cursor = next;
        }

        return last = new([.. rows.Values], wall.GetUtcNow(), pages + 1);

        void Take(GammaMarket wire)
        {
            if (!GammaMapping.TryMap(wire, out var market, out _))
                return;
            // An assumed fee is good for practice and backtests; what a real exchange does not say is not known.
            if (market.Fees is { IsAssumed: true })
                market = market with { Fees = null };
            rows[market.Id] = new(
                market, GammaMapping.Bid(wire), GammaMapping.Ask(wire), wire.Liquidity ?? Usdc.Zero, wire.Volume24h);
        }
    }
}
