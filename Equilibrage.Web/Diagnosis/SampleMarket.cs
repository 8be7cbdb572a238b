using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Web.Diagnosis;

/// <summary>A market that takes orders, with what its book says.</summary>
/// <param name="Id">Its condition.</param>
/// <param name="Question">What is asked.</param>
/// <param name="TokenYes">The first outcome's token.</param>
/// <param name="IsNegRisk">True for a market of a negative-risk group.</param>
/// <param name="Tick">Price grid; null when the book names none.</param>
/// <param name="Minimum">Smallest order; null when the book names none.</param>
/// <param name="BestBid">Best bid; null without one.</param>
/// <param name="BestAsk">Best ask; null without one.</param>
internal sealed record SampleMarket(
    MarketId Id, string Question, TokenId TokenYes, bool IsNegRisk, TickSize? Tick, Quantity? Minimum, Price? BestBid,
    Price? BestAsk)
{
    /// <summary>Finds one, with bids and asks if there is any; an ok answer without a value when none is open.
    /// </summary>
    public static async Task<PolymarketResult<SampleMarket>> FindAsync(
        Examination examination, int sample, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(examination);
        var candidates = new List<(MarketId Id, string Question, TokenId Token)>();
        var page = await examination.Gamma.ReadMarketsAsync(
            new() { IsClosed = false, Limit = sample }, null, new(),
            market =>
            {
                if (market is { AcceptingOrders: true, ConditionId: { } id, TokenYes: { } token })
                    candidates.Add((new(id), market.Question ?? id, new(token)));
            },
            cancellation);
        if (!page.IsOk)
            return page.As<SampleMarket>();
        SampleMarket? any = null;
        foreach (var (id, question, token) in candidates)
        {
            var book = await examination.Clob.GetBookAsync(token, cancellation);
            if (book.Error is { Kind: not PolymarketErrorKind.NotFound })
                return book.As<SampleMarket>();
            if (book.Value is not { } read)
                continue;
            var snapshot = read.ToSnapshot();
            any = new(
                id, question, token, read.IsNegRisk ?? false, read.TickSize, read.MinOrderSize,
                Best(snapshot.Bids, isHighest: true), Best(snapshot.Asks, isHighest: false));
            if (any is { BestBid: not null, BestAsk: not null, Tick: not null, Minimum: not null })
                break;
        }

        return PolymarketResult<SampleMarket>.Ok(any);
    }

    private static Price? Best(IEnumerable<Core.Books.Level> levels, bool isHighest)
    {
        Price? best = null;
        foreach (var level in levels)
        {
            if (best is not { } known || (isHighest ? level.Price > known : level.Price < known))
                best = level.Price;
        }

        return best;
    }
}
