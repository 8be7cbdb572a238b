using Equilibrage.Core.Books;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <summary>A held token valued: at its payout, at the trusted best bid, or at the last trusted one (stale).</summary>
public readonly record struct ValuedHolding(TokenId TokenId, Quantity Shares, Price? Bid, Usdc Value, bool IsStale);

/// <summary>What the account is worth at one moment.</summary>
/// <param name="Total">Cash plus holdings.</param>
/// <param name="Cash">All collateral, reservations included.</param>
/// <param name="Holdings">Σ floor(shares × bid).</param>
/// <param name="Tokens">Each held token.</param>
public sealed record Equity(Usdc Total, Usdc Cash, Usdc Holdings, IReadOnlyList<ValuedHolding> Tokens)
{
    /// <summary>Values the account as it stands.</summary>
    public static Equity Of(EngineState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var tokens = state.Ledger.AllHoldings()
            .OrderBy(holding => holding.Key.Value, StringComparer.Ordinal)
            .Select(holding => Value(state, holding.Key, holding.Value))
            .ToList();
        var holdings = tokens.Aggregate(Usdc.Zero, (sum, token) => sum + token.Value);
        return new(state.Ledger.Cash + holdings, state.Ledger.Cash, holdings, tokens);
    }

    /// <summary>The price that values a token now and whether it is stale; null when there never was one.</summary>
    public static (Price? Bid, bool IsStale) BidOf(EngineState state, TokenId token)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Catalog.Find(token) is { } found
            && state.Resolutions.TryGetValue(found.Market.Id, out var resolution))
        {
            return (resolution.Payout(found.Outcome), false);
        }

        var book = state.Books.GetValueOrDefault(token);
        return book is { Trust: BookTrust.Current, IsGhost: false, BestBid: { } bid }
            ? (bid, false)
            : (state.LastBids.TryGetValue(token, out var last) ? last : null, true);
    }

    private static ValuedHolding Value(EngineState state, TokenId token, Quantity shares)
    {
        var (bid, isStale) = BidOf(state, token);
        return new(token, shares, bid, (bid ?? Price.Zero).ProceedsOf(shares), isStale);
    }
}
