using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Markets;

/// <summary>Known markets, by id and by token.</summary>
public sealed class MarketCatalog
{
    private readonly Dictionary<MarketId, Market> markets = [];
    private readonly Dictionary<TokenId, (MarketId Market, Outcome Outcome)> tokens = [];

    /// <summary>All known markets.</summary>
    public IReadOnlyCollection<Market> All => markets.Values;

    /// <summary>Adds a market, or replaces what was known of it.</summary>
    public void Add(Market market)
    {
        ArgumentNullException.ThrowIfNull(market);
        markets[market.Id] = market;
        tokens[market.TokenYes] = (market.Id, Outcome.Yes);
        tokens[market.TokenNo] = (market.Id, Outcome.No);
    }

    /// <summary>Forgets a market.</summary>
    public void Remove(MarketId id)
    {
        if (!markets.Remove(id, out var market))
            return;
        tokens.Remove(market.TokenYes);
        tokens.Remove(market.TokenNo);
    }

    /// <summary>A market, or null.</summary>
    public Market? Find(MarketId id) => markets.GetValueOrDefault(id);

    /// <summary>The market and outcome of a token, or null.</summary>
    public (Market Market, Outcome Outcome)? Find(TokenId token) =>
        tokens.TryGetValue(token, out var found) ? (markets[found.Market], found.Outcome) : null;
}
