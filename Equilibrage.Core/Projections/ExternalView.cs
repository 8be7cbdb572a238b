using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Projections;

/// <summary>Shares that the wallet holds and no position owns.</summary>
/// <param name="TokenId">The token.</param>
/// <param name="Shares">Shares; negative when somebody used shares that a position owns.</param>
/// <param name="MarketName">The market's question, where it is known.</param>
/// <param name="OutcomeName">The outcome's name, where it is known.</param>
public sealed record ExternalView(TokenId TokenId, decimal Shares, string? MarketName, string? OutcomeName)
{
    /// <summary>All of them, by token.</summary>
    public static IReadOnlyList<ExternalView> Of(EngineState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return [.. state.Ledger.AllExternal()
            .OrderBy(held => held.Key.Value, StringComparer.Ordinal)
            .Select(held =>
            {
                var found = state.Catalog.Find(held.Key);
                return new ExternalView(
                    held.Key, Micros.ToDecimal(held.Value), found?.Market.Question,
                    found is { } known ? known.Market.Name(known.Outcome) : null);
            })];
    }
}
