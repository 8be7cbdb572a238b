using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Adapters.Polymarket.Mapping;

/// <summary>The account as our own books count it: what the chain shows, moved by matches that it does not show yet.
/// </summary>
internal static class AccountBalance
{
    /// <summary>Adds the matches that are under way to what the wallet holds.</summary>
    public static VenueAccount Of(
        Usdc cash, IReadOnlyDictionary<TokenId, Quantity> tokens, IEnumerable<Fill> underWay,
        IReadOnlyList<VenueOrder> orders)
    {
        var shares = tokens.ToDictionary(pair => pair.Key, pair => pair.Value.ToMicros);
        foreach (var fill in underWay)
        {
            var sign = fill.Side == Side.Buy ? 1 : -1;
            cash = fill.Side == Side.Buy ? cash - fill.Notional - fill.Fee : cash + fill.Notional - fill.Fee;
            shares[fill.TokenId] = shares.GetValueOrDefault(fill.TokenId) + (sign * fill.Quantity.ToMicros);
        }

        return new(
            cash,
            shares.Where(pair => pair.Value > 0)
                .ToDictionary(pair => pair.Key, pair => Quantity.FromMicros(pair.Value)),
            orders);
    }
}
