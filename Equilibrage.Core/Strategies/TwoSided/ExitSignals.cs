using Equilibrage.Core.Accounting;
using Equilibrage.Core.Books;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Strategies.TwoSided;

/// <summary>
/// The automatic exit rules of a held pair as pure functions of its legs and their books. A rule looks at the sellable
/// bid: the depth-walked price for all that is held. Page: docs/strategies/equilibrage.md.
/// </summary>
public static class ExitSignals
{
    /// <summary>
    /// The price at or below which a leg is sold: the nearer of stop-loss and divergence; null when both are off.
    /// </summary>
    public static (decimal Price, ExitReason Reason)? FallingTrigger(Leg leg, ExitRules rules)
    {
        ArgumentNullException.ThrowIfNull(leg);
        ArgumentNullException.ThrowIfNull(rules);
        var stopLoss = rules.StopLossPercent(leg.Outcome);
        var (percent, reason) = stopLoss > 0 && (rules.DivergencePercent == 0 || stopLoss <= rules.DivergencePercent)
            ? (stopLoss, ExitReason.StopLoss)
            : (rules.DivergencePercent, ExitReason.Divergence);
        return percent > 0 && leg.EntryPrice is { } entry ? (entry * (100 - percent) / 100, reason) : null;
    }

    /// <summary>The price at or above which a leg is sold; null when the rule is off.</summary>
    public static decimal? RisingTrigger(Leg leg, ExitRules rules)
    {
        ArgumentNullException.ThrowIfNull(leg);
        ArgumentNullException.ThrowIfNull(rules);
        var percent = rules.TakeProfitPercent(leg.Outcome);
        return percent > 0 ? leg.EntryPrice * (100 + percent) / 100 : null;
    }

    /// <summary>
    /// The one leg to sell now, or null: a falling trigger goes before a rising one, and of two fallen legs only the
    /// one that fell further from its entry is sold.
    /// </summary>
    public static EngineOutput.ExitBegun? Evaluate(Position position, Book yes, Book no)
    {
        ArgumentNullException.ThrowIfNull(position);
        var falling = Both(position, yes, no, Falling).OrderBy(exit => exit.SellablePrice / exit.EntryPrice).ToList();
        return falling.Count > 0 ? falling[0] : Both(position, yes, no, Rising).FirstOrDefault();
    }

    /// <summary>What selling the whole leg would bring, dollars per share; null without a usable book.</summary>
    public static decimal? SellablePrice(Leg leg, Book book)
    {
        ArgumentNullException.ThrowIfNull(leg);
        ArgumentNullException.ThrowIfNull(book);
        if (!book.IsUsable || leg.Held.IsZero)
            return null;
        var sweep = book.SweepShares(Side.Sell, leg.Held);
        return sweep.Filled.IsZero ? null : sweep.Average;
    }

    private static IEnumerable<EngineOutput.ExitBegun> Both(
        Position position, Book yes, Book no, Func<Position, Leg, Book, EngineOutput.ExitBegun?> rule) =>
        new[] { rule(position, position.Yes, yes), rule(position, position.No, no) }.OfType<EngineOutput.ExitBegun>();

    private static EngineOutput.ExitBegun? Falling(Position position, Leg leg, Book book) =>
        FallingTrigger(leg, position.Rules) is { } trigger && SellablePrice(leg, book) is { } price
        && price <= trigger.Price
            ? Exit(position, leg, book, trigger.Reason, price, trigger.Price)
            : null;

    private static EngineOutput.ExitBegun? Rising(Position position, Leg leg, Book book) =>
        RisingTrigger(leg, position.Rules) is { } trigger && SellablePrice(leg, book) is { } price && price >= trigger
            ? Exit(position, leg, book, ExitReason.TakeProfit, price, trigger)
            : null;

    private static EngineOutput.ExitBegun Exit(
        Position position, Leg leg, Book book, ExitReason reason, decimal price, decimal threshold) =>
        new(position.Id, leg.Outcome, reason,
            book.BestBid, Math.Round(price, 6), leg.EntryPrice, Math.Round(threshold, 6));
}
