using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Rest.Clob;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>
/// The account's trades. The first reading is whole; later ones begin a while before the oldest trade that is not
/// final, so that every change is seen. One reading at a time.
/// </summary>
internal sealed class OwnTrades(AccountSession session) : IDisposable
{
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(30);
    private const int MostKept = 50_000;

    private readonly SemaphoreSlim turn = new(1, 1);
    private Dictionary<string, ClobTrade> trades = [];

    /// <summary>The trades as they stand now.</summary>
    public async Task<PolymarketResult<IReadOnlyCollection<ClobTrade>>> ReadAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            var answer = await session.CallAsync(
                open => open.Clob.GetTradesAsync(new() { After = From() }, cancellation), cancellation);
            if (answer.Value is not { } read)
                return answer.As<IReadOnlyCollection<ClobTrade>>();
            // Readers hold the last picture, so each reading makes a new one.
            var next = new Dictionary<string, ClobTrade>(trades);
            foreach (var trade in read)
                next[trade.Id] = trade;
            trades = next.Count <= MostKept ? next : Shorten(next);
            return PolymarketResult<IReadOnlyCollection<ClobTrade>>.Ok(trades.Values);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    /// <summary>The trade that an id names, asked for anew.</summary>
    public async Task<PolymarketResult<ClobTrade>> ReadAsync(TradeId id, CancellationToken cancellation)
    {
        var answer = await session.CallAsync(
            open => open.Clob.GetTradesAsync(new() { Id = id }, cancellation), cancellation);
        return answer.IsOk
            ? PolymarketResult<ClobTrade>.Ok(answer.Value!.FirstOrDefault(trade => trade.Id == id.Value))
            : answer.As<ClobTrade>();
    }

    private DateTimeOffset? From()
    {
        if (trades.Count == 0)
            return null;
        var open = trades.Values.Where(trade => !trade.Status.IsTerminal()).Min(trade => trade.MatchedAt);
        return (open ?? trades.Values.Max(trade => trade.MatchedAt)) - Overlap;
    }

    private static Dictionary<string, ClobTrade> Shorten(Dictionary<string, ClobTrade> all) => all.Values
        .OrderByDescending(trade => trade.Status.IsTerminal() ? 0 : 1).ThenByDescending(trade => trade.MatchedAt)
        .Take(MostKept / 2).ToDictionary(trade => trade.Id);
}
