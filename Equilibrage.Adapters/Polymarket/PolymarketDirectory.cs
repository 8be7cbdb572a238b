using Equilibrage.Core.Markets;
using Equilibrage.Core.Observations;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Rest.Clob;
using Equilibrage.Polymarket.Rest.Gamma;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>
/// Markets and polled quotes over the public protocol. The catalogue is walked page by page in the background; every
/// market is quoted from it, with what the service said last, and the books of the liveliest ones are read anew for
/// every call, besides a part of all others in turn.
/// </summary>
internal sealed class PolymarketDirectory(
    GammaClient gamma, ClobClient clob, MarketClock market, TimeProvider wall,
    Func<CancellationToken, Task> hearMarketTime) : IMarketDirectory
{
    private const int MostConditions = 100;

    private readonly Catalogue catalogue = new(gamma, wall);
    private readonly BookPolls polls = new(clob, market);

    /// <summary>A market of the last walk, or null.</summary>
    public Market? Find(MarketId id) => catalogue.Known?.Find(id);

    /// <inheritdoc/>
    public async Task<DateTimeOffset> MarketTimeAsync(CancellationToken cancellation)
    {
        await hearMarketTime(cancellation);
        return market.Now;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Market>> ListAsync(CancellationToken cancellation) =>
        (await catalogue.ReadAsync(cancellation)).Markets;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MarketQuote>> QuoteAllAsync(CancellationToken cancellation)
    {
        var listed = await catalogue.ReadAsync(cancellation);
        return await polls.QuoteAsync(listed.Rows, cancellation);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Resolution>> ResolvedAsync(
        IReadOnlyCollection<MarketId> markets, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(markets);
        var found = new List<Resolution>();
        foreach (var part in markets.Distinct().Chunk(MostConditions))
        {
            var answer = await gamma.GetMarketsAsync(
                new() { IsClosed = true, ConditionIds = [.. part.Select(id => id.Value)] }, cancellation);
            foreach (var row in answer.Require("the ended markets"))
            {
                if (row.ConditionId is { } id && await EndAsync(new(id), row, cancellation) is { } end)
                    found.Add(end);
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<MarketId, IReadOnlyList<long>>> HourlyMidsAsync(
        IReadOnlyCollection<MarketId> markets, int hours, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(markets);
        var listed = await catalogue.ReadAsync(cancellation);
        var tokens = markets.Select(listed.Find).OfType<Market>().ToDictionary(each => each.TokenYes, each => each.Id);
        var now = market.Now;
        var range = new HistoryRange { Start = now.AddHours(-hours), End = now, FidelityMinutes = 60 };
        var mids = new Dictionary<MarketId, IReadOnlyList<long>>();
        foreach (var part in tokens.Keys.Chunk(ClobClient.LargestHistoryBatch))
        {
            var answer = await clob.GetHistoriesAsync(part, range, cancellation);
            foreach (var (token, points) in answer.Require("price histories").History
                ?? new Dictionary<string, IReadOnlyList<PricePoint>>())
            {
                if (tokens.TryGetValue(new(token), out var id))
                    mids[id] = HourlyMids.Of(points, now, hours);
            }
        }

        return mids;
    }

    private async Task<Resolution?> EndAsync(MarketId id, GammaMarketRecord row, CancellationToken cancellation)
    {
        if ((Payout.Of(row.OutcomePrices) ?? await WinnerAsync(id, cancellation)) is not { } payout)
            return null;
        var isWhole = payout == Price.One || payout == Price.Zero;
        return new(
            id, payout, isWhole ? ResolutionKind.Regular : ResolutionKind.Split, row.ClosedTime ?? market.Now);
    }

    // Gamma can keep an ended market without its result; the order book's service names the winner.
    private async Task<Price?> WinnerAsync(MarketId id, CancellationToken cancellation)
    {
        var answer = await clob.GetMarketAsync(id, cancellation);
        if (answer.Value?.Tokens is not [var first, var second])
            return null;
        return (first.IsWinner == true, second.IsWinner == true) switch
        {
            (true, false) => Price.One,
            (false, true) => Price.Zero,
            _ => null,
        };
    }
}
