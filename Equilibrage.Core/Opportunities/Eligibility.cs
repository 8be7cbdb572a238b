using Equilibrage.Core.Markets;
using Equilibrage.Core.Observations;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Opportunities;

/// <summary>
/// The hard filters. They are asked in a fixed order and the first that refuses is named: tradable, time left, quote,
/// ghost, fee, price band, cost of the pair, distance of the bids, minimum size, depth; within a rule YES before NO.
/// Size and depth look only at legs that get capital.
/// </summary>
public static class Eligibility
{
    private const long GhostBid = 10_000;
    private const long GhostAsk = 990_000;

    /// <summary>The first rule that refuses, with its numbers in words; null when the market may be entered.</summary>
    /// <param name="market">The market.</param>
    /// <param name="quote">Its prices, or null when none are known.</param>
    /// <param name="rules">The rules in force.</param>
    /// <param name="plan">What would be spent.</param>
    /// <param name="now">Market time.</param>
    public static Denial? Check(
        Market market, MarketQuote? quote, EligibilityRules rules, EntryPlan plan, DateTimeOffset now) =>
        Refuse(market, quote, rules, plan, now)?.ToDenial();

    /// <summary>The first rule that refuses, with its numbers as numbers.</summary>
    internal static Refusal? Refuse(
        Market market, MarketQuote? quote, EligibilityRules rules, EntryPlan plan, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(market);
        ArgumentNullException.ThrowIfNull(rules);
        if (!market.IsTradable)
            return new(DenyReason.NotTradable);
        if (RefuseTime(market, rules, now) is { } tooClose)
            return tooClose;
        if (quote?.AskYes is not { } askYes)
            return new(DenyReason.NoQuote, Outcome.Yes);
        if (quote.BidYes is not { } bidYes)
            return new(DenyReason.NoQuote, Outcome.Yes, 1);
        if (quote.AskNo is not { } askNo)
            return new(DenyReason.NoQuote, Outcome.No);
        if (quote.BidNo is not { } bidNo)
            return new(DenyReason.NoQuote, Outcome.No, 1);

        return RefuseGhost(Outcome.Yes, bidYes, askYes)
            ?? RefuseGhost(Outcome.No, bidNo, askNo)
            ?? RefuseFee(market)
            ?? RefuseBand(Outcome.Yes, askYes, rules)
            ?? RefuseBand(Outcome.No, askNo, rules)
            ?? RefusePair(askYes, askNo, rules)
            ?? RefuseBid(Outcome.Yes, bidYes, askYes, rules)
            ?? RefuseBid(Outcome.No, bidNo, askNo, rules)
            ?? RefuseSize(Outcome.Yes, askYes, market, plan)
            ?? RefuseSize(Outcome.No, askNo, market, plan)
            ?? RefuseDepth(Outcome.Yes, askYes, quote.BidDepthYes, rules, plan)
            ?? RefuseDepth(Outcome.No, askNo, quote.BidDepthNo, rules, plan);
    }

    private static Refusal? RefuseTime(Market market, EligibilityRules rules, DateTimeOffset now)
    {
        var left = market.DecisiveTime - now;
        var wanted = (long)(rules.MinHoursToEnd * TimeSpan.TicksPerHour);
        return left.Ticks > 0 && left.Ticks >= wanted
            ? null
            : new(DenyReason.TooCloseToEnd, null, HourMicros(left.Ticks), HourMicros(wanted));
    }

    private static Refusal? RefuseGhost(Outcome outcome, Price bid, Price ask) =>
        bid.ToMicros <= GhostBid && ask.ToMicros >= GhostAsk
            ? new(DenyReason.GhostBook, outcome, bid.ToMicros, ask.ToMicros)
            : null;

    private static Refusal? RefuseFee(Market market) => market.Fees is null ? new(DenyReason.FeeUnknown) : null;

    private static Refusal? RefuseBand(Outcome outcome, Price ask, EligibilityRules rules) =>
        ask < rules.MinAsk || ask > rules.MaxAsk
            ? new(DenyReason.PriceBand, outcome, ask.ToMicros, rules.MinAsk.ToMicros, rules.MaxAsk.ToMicros)
            : null;

    private static Refusal? RefusePair(Price askYes, Price askNo, EligibilityRules rules)
    {
        var cost = askYes.ToMicros + askNo.ToMicros;
        return cost > rules.MaxPairCost.ToMicros
            ? new(DenyReason.PairCost, null, cost, rules.MaxPairCost.ToMicros)
            : null;
    }

    private static Refusal? RefuseBid(Outcome outcome, Price bid, Price ask, EligibilityRules rules)
    {
        var line = ask.ToMicros * rules.MinBidToAskRatio;
        return bid.ToMicros > line ? null : new(DenyReason.BidTooFarBelowAsk, outcome, bid.ToMicros, (long)line);
    }

    private static Refusal? RefuseSize(Outcome outcome, Price ask, Market market, EntryPlan plan)
    {
        if (plan.CapitalOf(outcome) == Usdc.Zero)
            return null;
        var shares = plan.SharesAt(outcome, ask);
        return shares < market.MinimumOrderSize
            ? new(DenyReason.BelowMinimumSize, outcome, shares.ToMicros, market.MinimumOrderSize.ToMicros)
            : null;
    }

    private static Refusal? RefuseDepth(
        Outcome outcome, Price ask, Quantity bidDepth, EligibilityRules rules, EntryPlan plan)
    {
        var wanted = plan.SharesAt(outcome, ask).ToMicros * rules.DepthMultiple;
        return bidDepth.ToMicros < wanted
            ? new(DenyReason.ThinDepth, outcome, bidDepth.ToMicros, (long)decimal.Ceiling(wanted))
            : null;
    }

    private static long HourMicros(long ticks) => (long)((Int128)ticks * Micros.PerUnit / TimeSpan.TicksPerHour);
}
