using Equilibrage.Core.Markets;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Projections;

/// <summary>One opportunity of the latest scan, with what the market is called.</summary>
/// <param name="Market">The market.</param>
/// <param name="Opportunity">Score, factors and the refusing rule of the scan.</param>
/// <param name="Verdict">What finally refused it (also limits and capital); null when it was or may be entered.</param>
public sealed record OpportunityView(Market Market, Opportunity Opportunity, Denial? Verdict);

/// <summary>The latest scan, best first.</summary>
/// <param name="At">Both clocks of the scan.</param>
/// <param name="Items">All scored markets, best first.</param>
/// <param name="Eligible">How many passed every filter.</param>
/// <param name="ByReason">How many each rule refused.</param>
public sealed record ScanView(
    Stamp At, IReadOnlyList<OpportunityView> Items, int Eligible, IReadOnlyDictionary<DenyReason, int> ByReason);

/// <summary>What the engine is doing.</summary>
public enum EngineActivity
{
    /// <summary>Folding the journal and comparing with the venue.</summary>
    Recovering,

    /// <summary>Deciding.</summary>
    Running,

    /// <summary>The database is away: nothing is decided or sent.</summary>
    WaitingForDatabase,

    /// <summary>Another process leads this account: its journal is followed, nothing is decided or sent.</summary>
    Standby,

    /// <summary>Stopped.</summary>
    Stopped,
}

/// <summary>Everything live that a page may show, at one moment. Immutable; replaced as a whole.</summary>
public sealed record DeskView
{
    /// <summary>Nothing known yet.</summary>
    public static DeskView Empty { get; } = new();

    /// <summary>What the engine is doing.</summary>
    public EngineActivity Activity { get; init; } = EngineActivity.Recovering;

    /// <summary>Why, in a sentence, when it is not running.</summary>
    public string? ActivityDetail { get; init; }

    /// <summary>Money and shares; null until recovered.</summary>
    public OverviewView? Overview { get; init; }

    /// <summary>Open positions, newest first.</summary>
    public IReadOnlyList<PositionView> Positions { get; init; } = [];

    /// <summary>The latest scan; null before the first.</summary>
    public ScanView? Scan { get; init; }

    /// <summary>Limits, breakers and the kill switch; null until recovered.</summary>
    public RiskView? Risk { get; init; }

    /// <summary>The settings in force.</summary>
    public TradingSettings Settings { get; init; } = new();

    /// <summary>The latest executions, newest first, at most 50.</summary>
    public IReadOnlyList<FillView> RecentFills { get; init; } = [];

    /// <summary>Incidents that are open, then the latest closed ones and notices; each newest first.</summary>
    public IReadOnlyList<IncidentView> Incidents { get; init; } = [];
}

/// <summary>The state of an operator's command after it was processed.</summary>
/// <param name="PositionId">The position that it concerned or opened.</param>
/// <param name="Position">That position as it stands; null for commands without one.</param>
/// <param name="Denial">The refusing rule; null when it was accepted.</param>
public sealed record CommandOutcome(PositionId? PositionId, PositionView? Position, Denial? Denial);
