using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Engine;

/// <summary>Which books are wanted live: everything held, then the best candidates of the latest scan.</summary>
public static class FeedPlan
{
    /// <summary>Most candidate markets followed beside the held ones.</summary>
    public const int Candidates = 200;

    /// <summary>
    /// The tokens to subscribe to, both of every market; <paramref name="asked"/> markets come besides.
    /// </summary>
    public static IReadOnlySet<TokenId> Wanted(
        EngineState state, ScanResult? scan, IEnumerable<MarketId> asked)
    {
        ArgumentNullException.ThrowIfNull(state);
        var wanted = new HashSet<TokenId>();
        foreach (var position in state.Positions.Values)
        {
            wanted.Add(position.Yes.TokenId);
            wanted.Add(position.No.TokenId);
        }

        var candidates = scan?.Opportunities
            .OrderByDescending(opportunity => opportunity.IsEligible)
            .Take(Candidates) ?? [];
        foreach (var id in candidates.Select(candidate => candidate.MarketId).Concat(asked))
        {
            if (state.Catalog.Find(id) is not { } market)
                continue;
            wanted.Add(market.TokenYes);
            wanted.Add(market.TokenNo);
        }

        return wanted;
    }
}
