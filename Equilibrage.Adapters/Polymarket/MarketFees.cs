using System.Collections.Concurrent;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>
/// The fees of markets, by the exchange's own word: the order book's service first, then the market's description.
/// Rates that only the category suggests are marked as assumed. Safe for many threads.
/// </summary>
internal sealed class MarketFees(ClobClient clob, GammaClient gamma, TimeProvider clock)
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<MarketId, (FeeSchedule Fees, DateTimeOffset ReadAt)> known = new();

    /// <summary>The fees of a market, asked for when they are not known or old.</summary>
    public async Task<PolymarketResult<FeeSchedule>> GetAsync(MarketId market, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (known.TryGetValue(market, out var found) && now - found.ReadAt < Age)
            return PolymarketResult<FeeSchedule>.Ok(found.Fees);
        var info = await clob.GetMarketInfoAsync(market, cancellation);
        if (!info.IsOk && info.Error!.Kind != PolymarketErrorKind.NotFound)
            return found.Fees is not null ? PolymarketResult<FeeSchedule>.Ok(found.Fees) : info.As<FeeSchedule>();
        if (Of(info.Value?.Fees?.Rate, info.Value?.Fees?.Exponent) is { } stated)
            return Keep(market, stated, now);
        if (found.Fees is null)
        {
            var described = await DescribedAsync(market, cancellation);
            if (described.Value is null)
                return described;
            found.Fees = described.Value;
        }

        return Keep(market, found.Fees, now);
    }

    /// <summary>Fees of a rate and an exponent; null when they are not both there, or form a curve unknown here.
    /// </summary>
    public static FeeSchedule? Of(decimal? rate, decimal? exponent) =>
        rate is >= 0 and <= 1 && (exponent ?? 1) is 1 or 2
            ? new((long)(rate.Value * Micros.PerUnit), false) { Exponent = (int)(exponent ?? 1) }
            : null;

    private PolymarketResult<FeeSchedule> Keep(MarketId market, FeeSchedule fees, DateTimeOffset now)
    {
        known[market] = (fees, now);
        return PolymarketResult<FeeSchedule>.Ok(fees);
    }

    private async Task<PolymarketResult<FeeSchedule>> DescribedAsync(MarketId market, CancellationToken cancellation)
    {
        FeeSchedule? fees = null;
        foreach (var isClosed in new[] { false, true })
        {
            var page = await gamma.ReadMarketsAsync(
                new() { ConditionIds = [market.Value], IsClosed = isClosed }, null, new(),
                wire => fees ??= GammaMapping.FeesOf(wire), cancellation);
            if (!page.IsOk)
                return page.As<FeeSchedule>();
        }

        return fees is not null
            ? PolymarketResult<FeeSchedule>.Ok(fees)
            : PolymarketResult<FeeSchedule>.Fail(
                new(PolymarketErrorKind.NotFound, $"Nobody describes market {market}, so its fees are not known."));
    }
}
