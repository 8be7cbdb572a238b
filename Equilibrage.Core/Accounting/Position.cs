using System.Text.Json.Serialization;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Accounting;

/// <summary>A two-sided position: both legs, its rules and where it stands.</summary>
public sealed record Position
{
    /// <summary>Its id.</summary>
    public required PositionId Id { get; init; }

    /// <summary>The account that owns the shares.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>The strategy that owns the position.</summary>
    public required StrategyId StrategyId { get; init; }

    /// <summary>The market.</summary>
    public required MarketId MarketId { get; init; }

    /// <summary>Where it stands.</summary>
    public required PositionState State { get; init; }

    /// <summary>Dollars allocated to it, fees included.</summary>
    public required Usdc Capital { get; init; }

    /// <summary>The exit parameters it was opened with.</summary>
    public required ExitRules Rules { get; init; }

    /// <summary>How its orders are worked, as it was set when it was opened.</summary>
    public ExecutionRules Execution { get; init; } = ExecutionRules.Default;

    /// <summary>What was decided when its entry stood on one leg; null when it never did.</summary>
    public OneLegEpisode? OneLeg { get; init; }

    /// <summary>True once the venue refused to split or merge for it: then the books are used.</summary>
    public bool ArePairsRefused { get; init; }

    /// <summary>The first outcome's leg.</summary>
    public required Leg Yes { get; init; }

    /// <summary>The second outcome's leg.</summary>
    public required Leg No { get; init; }

    /// <summary>The leg that is bought first.</summary>
    public required Outcome FirstLeg { get; init; }

    /// <summary>The score that let it in, 1 to 10; null for a manual entry of an unscored market.</summary>
    public int? Score { get; init; }

    /// <summary>True when the operator opened it.</summary>
    public bool IsManual { get; init; }

    /// <summary>Market time of the decision.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>Wall time by which both legs must be bought.</summary>
    public required DateTimeOffset EntryDeadline { get; init; }

    /// <summary>Market time at which both legs were held; null before.</summary>
    public DateTimeOffset? EnteredAt { get; init; }

    /// <summary>Market time at which nothing was held any more; null before.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The side that was sold first while the other stayed; null when none was.</summary>
    public Outcome? LiquidatedSide { get; init; }

    /// <summary>Market time at which that sale was done.</summary>
    public DateTimeOffset? LiquidatedAt { get; init; }

    /// <summary>How its market ended; null when it was closed before.</summary>
    public Resolution? Resolution { get; init; }

    /// <summary>The last leg's exit reason; null while something is held.</summary>
    public ExitReason? ExitReason { get; init; }

    /// <summary>The public status that follows from the state.</summary>
    [JsonIgnore]
    public PositionStatus Status => State switch
    {
        PositionState.Closed => PositionStatus.Closed,
        PositionState.HoldingWinner => PositionStatus.Liquidated,
        _ => PositionStatus.Active,
    };

    /// <summary>True while it uses a slot.</summary>
    [JsonIgnore]
    public bool IsOpen => State != PositionState.Closed;

    /// <summary>Both legs, first to second outcome.</summary>
    [JsonIgnore]
    public IReadOnlyList<Leg> Legs => [Yes, No];

    /// <summary>Fees of both legs.</summary>
    [JsonIgnore]
    public Usdc Fees => Yes.Fees + No.Fees;

    /// <summary>A leg.</summary>
    public Leg Leg(Outcome outcome) => outcome == Outcome.Yes ? Yes : No;

    /// <summary>The position with one leg replaced.</summary>
    public Position With(Leg leg)
    {
        ArgumentNullException.ThrowIfNull(leg);
        return leg.Outcome == Outcome.Yes ? this with { Yes = leg } : this with { No = leg };
    }

    /// <summary>Realised profit plus what is held at these bids, minus cost and fees.</summary>
    public Usdc Pnl(Price? bidYes, Price? bidNo) => Yes.Pnl(bidYes) + No.Pnl(bidNo);
}
