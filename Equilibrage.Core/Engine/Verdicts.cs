using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Risk;
using Equilibrage.Core.State;
using Equilibrage.Core.Strategies;

namespace Equilibrage.Core.Engine;

/// <summary>
/// Why each market is entered or not, remembered so that a decision record is written when the answer changes and not
/// with every scan. Transient: after a restart every verdict is news again.
/// </summary>
internal sealed class Verdicts
{
    private readonly List<DecisionRecord> entered = [];
    private readonly Dictionary<MarketId, Denial> denials = [];
    private Dictionary<MarketId, DenyReason?> last = [];
    private Dictionary<MarketId, Opportunity> opportunities = [];

    /// <summary>The latest scan's judgement of a market, if any.</summary>
    public Opportunity? Find(MarketId market) => opportunities.GetValueOrDefault(market);

    /// <summary>What refused an eligible market at the latest scan.</summary>
    public Denial? DenialOf(MarketId market) => denials.GetValueOrDefault(market);

    /// <summary>A market was entered; that decision is kept for ever.</summary>
    public void Entered(
        Intent.Open intent, PositionId position, EngineState state, IReadOnlyList<SizeLayer> sizes)
    {
        if (intent.Opportunity is not { } opportunity)
            return;
        var decision = Record(state, intent.StrategyId, opportunity, intent.Market.Question, null, sizes);
        entered.Add(decision with { PositionId = position });
        last[intent.Market.Id] = null;
    }

    /// <summary>Entries since the last call.</summary>
    public IReadOnlyList<DecisionRecord> Take()
    {
        if (entered.Count == 0)
            return [];
        var taken = entered.ToList();
        entered.Clear();
        return taken;
    }

    /// <summary>Decisions of a scan whose verdict differs from the last one's, entries included.</summary>
    public IReadOnlyList<DecisionRecord> Changed(EngineState state, ScanResult scan, IStrategy strategy)
    {
        var changed = Take().ToList();
        var now = new Dictionary<MarketId, DenyReason?>(scan.Opportunities.Count);
        denials.Clear();
        opportunities = scan.Opportunities.ToDictionary(opportunity => opportunity.MarketId);
        var plan = strategy.Plan(state);
        foreach (var opportunity in scan.Opportunities)
        {
            if (state.Catalog.Find(opportunity.MarketId) is not { } market)
                continue;
            var reason = opportunity.Refusal?.Reason;
            Denial? denial = null;
            IReadOnlyList<SizeLayer> sizes = [];
            if (reason is null)
            {
                var verdict = RiskGate.Check(state, new Intent.Open
                {
                    Market = market, StrategyId = strategy.Id, Plan = plan, Opportunity = opportunity,
                });
                (denial, sizes) = (verdict.Denial, verdict.Layers);
                reason = denial?.Reason;
                if (denial is not null)
                    denials[market.Id] = denial;
            }

            now[market.Id] = reason;
            if (!last.TryGetValue(market.Id, out var before) || before != reason)
                changed.Add(Record(
                    state, strategy.Id, opportunity, market.Question, denial ?? opportunity.Denial, sizes));
        }

        last = now;
        return changed;
    }

    /// <summary>What a scan counted.</summary>
    public static ScanCount Count(EngineState state, ScanResult scan) =>
        new(state.Now, state.AccountId, scan.Scanned, scan.Eligible, scan.CountsByReason);

    private static DecisionRecord Record(
        EngineState state, StrategyId strategy, Opportunity opportunity, string name, Denial? denial,
        IReadOnlyList<SizeLayer> sizes) => new()
        {
            At = state.Now,
            AccountId = state.AccountId,
            StrategyId = strategy,
            Opportunity = opportunity,
            MarketName = name,
            Denial = denial,
            Sizes = sizes,
        };
}
