namespace Equilibrage.Core.Orders;

/// <summary>The words for refusals: a stable code for programs, a sentence for people.</summary>
public static class DenyReasons
{
    /// <summary>Every reason, in the order of declaration.</summary>
    public static IReadOnlyList<DenyReason> All { get; } = Enum.GetValues<DenyReason>();

    /// <summary>
    /// The stable code in snake case, such as <c>price_band</c>. Never changed, since files and programs keep it.
    /// </summary>
    public static string Code(this DenyReason reason) => reason switch
    {
        DenyReason.NotTradable => "not_tradable",
        DenyReason.Resolved => "resolved",
        DenyReason.NoQuote => "no_quote",
        DenyReason.GhostBook => "ghost_book",
        DenyReason.StaleBook => "stale_book",
        DenyReason.PriceBand => "price_band",
        DenyReason.PairCost => "pair_cost",
        DenyReason.BidTooFarBelowAsk => "bid_too_far_below_ask",
        DenyReason.ThinDepth => "thin_depth",
        DenyReason.TooCloseToEnd => "too_close_to_end",
        DenyReason.FeeUnknown => "fee_unknown",
        DenyReason.BelowThreshold => "below_threshold",
        DenyReason.AlreadyHeld => "already_held",
        DenyReason.RecentlyHeld => "recently_held",
        DenyReason.MaxPositions => "max_positions",
        DenyReason.NoCapital => "no_capital",
        DenyReason.BelowMinimumSize => "below_minimum_size",
        DenyReason.OrderInFlight => "order_in_flight",
        DenyReason.SelfCross => "self_cross",
        DenyReason.UnownedToken => "unowned_token",
        DenyReason.EntriesPaused => "entries_paused",
        DenyReason.UnknownMarket => "unknown_market",
        DenyReason.UnknownPosition => "unknown_position",
        DenyReason.InvalidAmount => "invalid_amount",
        DenyReason.Reconciling => "reconciling",
        DenyReason.NotArmed => "not_armed",
        DenyReason.Incident => "incident",
        DenyReason.UnknownIncident => "unknown_incident",
        DenyReason.Halted => "halted",
        DenyReason.BreakerOpen => "breaker_open",
        DenyReason.OrderRate => "order_rate",
        DenyReason.RiskLimit => "risk_limit",
        DenyReason.Slippage => "slippage",
        DenyReason.TradingHours => "trading_hours",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No such reason."),
    };

    /// <summary>What the rule says in general, without numbers.</summary>
    public static string Summary(this DenyReason reason) => reason switch
    {
        DenyReason.NotTradable => "The venue accepts no orders for this market",
        DenyReason.Resolved => "The market has come to its end",
        DenyReason.NoQuote => "A bid or an ask is missing",
        DenyReason.GhostBook => "The book is an empty 0.01/0.99 ghost",
        DenyReason.StaleBook => "The book is not current",
        DenyReason.PriceBand => "An ask is outside the allowed band",
        DenyReason.PairCost => "Both asks together cost too much",
        DenyReason.BidTooFarBelowAsk => "A bid is too far below its ask",
        DenyReason.ThinDepth => "Too few shares are wanted to sell the planned ones again",
        DenyReason.TooCloseToEnd => "The decisive moment is too near or past",
        DenyReason.FeeUnknown => "The market names no fee and none may be assumed",
        DenyReason.BelowThreshold => "The score is below the entry threshold",
        DenyReason.AlreadyHeld => "A position in this market is open",
        DenyReason.RecentlyHeld => "A position in this market was closed a short while ago",
        DenyReason.MaxPositions => "Every position slot is in use",
        DenyReason.NoCapital => "Free cash does not cover the plan",
        DenyReason.BelowMinimumSize => "A leg would be smaller than the market's smallest order",
        DenyReason.OrderInFlight => "An order of the same leg is still working",
        DenyReason.SelfCross => "The order would match one of our own",
        DenyReason.UnownedToken => "The sale exceeds what the position owns",
        DenyReason.EntriesPaused => "Entries are paused",
        DenyReason.UnknownMarket => "No such market is listed",
        DenyReason.UnknownPosition => "No such position exists",
        DenyReason.InvalidAmount => "The amount cannot be traded",
        DenyReason.Reconciling => "Orders are being compared with the venue's record",
        DenyReason.NotArmed => "The desk is not armed for real money",
        DenyReason.Incident => "An open incident stands against it",
        DenyReason.UnknownIncident => "No such incident is open",
        DenyReason.Halted => "The desk is halted",
        DenyReason.BreakerOpen => "Too many requests failed in a row; entries pause",
        DenyReason.OrderRate => "Too many purchases were sent within a minute",
        DenyReason.RiskLimit => "The risk limits leave less than the smallest order",
        DenyReason.Slippage => "The order's worst price is too far from the best one",
        DenyReason.TradingHours => "The settings allow no entries at this time",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No such reason."),
    };

    /// <summary>One sentence for people: the rule, then its numbers.</summary>
    public static string Explain(this Denial denial)
    {
        ArgumentNullException.ThrowIfNull(denial);
        var summary = denial.Reason.Summary();
        return denial.Detail.Length == 0 ? $"{summary}." : $"{summary}: {denial.Detail}.";
    }
}
