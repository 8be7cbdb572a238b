using System.Text.Json.Serialization;

namespace Equilibrage.Core.Orders;

/// <summary>
/// Every reason for which we refuse to enter or to order. A closed list: a refusal names exactly one.
/// </summary>
[JsonConverter(typeof(JsonStringEnumConverter<DenyReason>))]
public enum DenyReason
{
    /// <summary>The venue accepts no orders for the market.</summary>
    NotTradable,

    /// <summary>The market has come to its end.</summary>
    Resolved,

    /// <summary>A bid or an ask that the decision needs is missing.</summary>
    NoQuote,

    /// <summary>The book is the venue's empty 0.01/0.99 ghost, or wider.</summary>
    GhostBook,

    /// <summary>The book is not current: seeding, silent for too long, or known to have missed something.</summary>
    StaleBook,

    /// <summary>An ask lies outside the allowed band.</summary>
    PriceBand,

    /// <summary>Both asks together cost more than allowed.</summary>
    PairCost,

    /// <summary>A bid lies so far below its ask that the divergence line would be near at entry.</summary>
    BidTooFarBelowAsk,

    /// <summary>Too few shares are wanted to sell the planned ones again.</summary>
    ThinDepth,

    /// <summary>The decisive moment is too near, or past.</summary>
    TooCloseToEnd,

    /// <summary>The market names no fee and none may be assumed.</summary>
    FeeUnknown,

    /// <summary>The score is below the entry threshold.</summary>
    BelowThreshold,

    /// <summary>A position in the market is open.</summary>
    AlreadyHeld,

    /// <summary>A position in the market was closed within the re-entry pause.</summary>
    RecentlyHeld,

    /// <summary>Every position slot is in use.</summary>
    MaxPositions,

    /// <summary>Free cash does not cover the plan.</summary>
    NoCapital,

    /// <summary>A leg would hold fewer shares than the market's smallest order.</summary>
    BelowMinimumSize,

    /// <summary>An order of the same leg is still working or unanswered.</summary>
    OrderInFlight,

    /// <summary>The order would match one of ours.</summary>
    SelfCross,

    /// <summary>The sale exceeds what the position owns.</summary>
    UnownedToken,

    /// <summary>The operator has paused entries.</summary>
    EntriesPaused,

    /// <summary>No such market is listed.</summary>
    UnknownMarket,

    /// <summary>No such position exists.</summary>
    UnknownPosition,

    /// <summary>The amount is not one that can be traded.</summary>
    InvalidAmount,

    /// <summary>Orders are being compared with the venue's record after a start or a loss.</summary>
    Reconciling,

    /// <summary>The operator has not armed the desk for real money, or the arming has expired.</summary>
    NotArmed,

    /// <summary>An incident is open that concerns the market, or all of them.</summary>
    Incident,

    /// <summary>No such incident is open.</summary>
    UnknownIncident,

    /// <summary>The kill switch is pulled.</summary>
    Halted,

    /// <summary>Too many requests failed in a row; the breaker waits, or its one trial is under way.</summary>
    BreakerOpen,

    /// <summary>Too many purchases were sent within the last minute.</summary>
    OrderRate,

    /// <summary>The risk limits leave less than the smallest order.</summary>
    RiskLimit,

    /// <summary>The worst price of the order is too far from the best one.</summary>
    Slippage,

    /// <summary>The settings allow no entries at this hour or day.</summary>
    TradingHours,
}

/// <summary>A refusal: the rule and the numbers that it refused on.</summary>
/// <param name="Reason">The rule.</param>
/// <param name="Detail">
/// The numbers as part of a sentence, such as <c>the YES ask 0.71 is outside 0.35-0.65</c>; empty when the rule has
/// none.
/// </param>
[method: JsonConstructor]
public sealed record Denial(DenyReason Reason, string Detail)
{
    /// <summary>A refusal by a rule that has no numbers.</summary>
    public Denial(DenyReason reason)
        : this(reason, "")
    {
    }
}
