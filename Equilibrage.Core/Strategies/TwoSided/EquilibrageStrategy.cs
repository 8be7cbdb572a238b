using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Strategies.TwoSided;

/// <summary>
/// Equilibrage: buys both outcomes with equal capital, sells the one that falls, holds the other to resolution. Rules:
/// docs/strategies/equilibrage.md.
/// </summary>
public sealed class EquilibrageStrategy : IStrategy
{
    private readonly TriggerWatch watch = new();
    private EngineEvent? lastCause;

    /// <inheritdoc/>
    public StrategyId Id { get; } = new("equilibrage");

    /// <inheritdoc/>
    public IReadOnlyList<Intent> Decide(EngineState state, EngineEvent cause)
    {
        ArgumentNullException.ThrowIfNull(state);
        var isFirstRound = !ReferenceEquals(cause, lastCause);
        lastCause = cause;
        if (cause is EngineEvent.MonitorDue)
            watch.Keep(state.Positions);
        var intents = new List<Intent>();
        foreach (var position in Concerned(state, cause))
            intents.AddRange(PositionMachine.Advance(position, state, cause, isFirstRound, watch));
        if (intents.Count == 0 && isFirstRound && cause is EngineEvent.Scanned scanned)
            intents.AddRange(Entry(state, scanned.Scan));
        return intents;
    }

    /// <summary>The configured share of equity, bounded by free cash, split by the configured ratio.</summary>
    public EntryPlan Plan(EngineState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var share = Equity.Of(state).Total.Share((long)(state.Settings.CapitalAllocationPercent * 10_000), 1_000_000);
        var capital = Usdc.Max(Usdc.Zero, Usdc.Min(share, state.Ledger.Available));
        return new(capital, state.Settings.Exit.RatioYes);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Intent> Close(EngineState state, Position position, Outcome? only)
    {
        ArgumentNullException.ThrowIfNull(position);
        return ExitSteps.BeginClosing(position, only, ExitReason.Manual, "closed by the operator", state);
    }

    /// <summary>
    /// The best market that may be entered; one a scan, so that each entry sees the account after the last.
    /// </summary>
    private IEnumerable<Intent> Entry(EngineState state, ScanResult scan)
    {
        var plan = Plan(state);
        foreach (var opportunity in scan.Opportunities)
        {
            if (opportunity.Score < state.Settings.OpportunityThreshold)
                break;
            if (opportunity.IsEligible && state.Catalog.Find(opportunity.MarketId) is { } market)
            {
                yield return new Intent.Open
                {
                    Market = market, StrategyId = Id, Plan = plan, Opportunity = opportunity,
                };
            }
        }
    }

    private IEnumerable<Position> Concerned(EngineState state, EngineEvent cause)
    {
        var market = cause switch
        {
            EngineEvent.Fed { Report: FeedEvent.Changed changed } => changed.MarketId,
            EngineEvent.Fed { Report: FeedEvent.Snapshot snapshot } =>
                state.Catalog.Find(snapshot.Book.TokenId)?.Market.Id,
            _ => (MarketId?)null,
        };
        var isBookEvent = cause is EngineEvent.Fed { Report: FeedEvent.Changed or FeedEvent.Snapshot };
        return state.Positions.Values
            .Where(position => position.StrategyId == Id && (!isBookEvent || position.MarketId == market))
            .OrderBy(position => position.Id.Value, StringComparer.Ordinal)
            .ToList();
    }
}
