using System.Globalization;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Execution;

/// <summary>What to do about an entry that has more of one leg than of the other when its time is up.</summary>
/// <param name="IsChase">True: buy what is missing up to the limits; false: leave what is held.</param>
/// <param name="PairCost">
/// What a pair would cost with what is missing bought now, fees included, dollars; null when it cannot be had.
/// </param>
/// <param name="ChaseLoss">
/// What would be lost by completing the entry, with each pair worth a dollar; null when it cannot be.
/// </param>
/// <param name="UnwindLoss">What would be lost by leaving what is held now.</param>
/// <param name="LimitYes">Highest price at which the first leg is chased.</param>
/// <param name="LimitNo">Highest price at which the second leg is chased.</param>
/// <param name="Why">The comparison in a sentence.</param>
public sealed record OneLegChoice(
    bool IsChase, decimal? PairCost, Usdc? ChaseLoss, Usdc UnwindLoss, Price LimitYes, Price LimitNo, string Why);

/// <summary>
/// The one-leg policy: chase what is missing while a pair costs no more than the highest cost of a pair, all fees
/// included, or while completing the entry loses no more than unwinding it would; else unwind. Pure arithmetic.
/// </summary>
public static class OneLegPolicy
{
    private static readonly Quantity Sample = Quantity.FromMicros(1_000 * Micros.PerUnit);

    /// <summary>
    /// Decides on a position of which something is held and something is missing; where nothing may be bought, the
    /// numbers are shown all the same.
    /// </summary>
    public static OneLegChoice Decide(Position position, Book yes, Book no, Market market, bool mayBuy)
    {
        ArgumentNullException.ThrowIfNull(position);
        ArgumentNullException.ThrowIfNull(market);
        var fees = market.Fees ?? FeeSchedule.Free;
        var spent = position.Yes.Basis + position.No.Basis + position.Fees;
        var unwindLoss = spent - Leaving(position, yes, no, fees);
        var (first, second) = (Rest.Of(position.Yes, yes, fees), Rest.Of(position.No, no, fees));
        if (first is null || second is null)
        {
            return new(
                false, null, null, unwindLoss, Price.Zero, Price.Zero,
                $"the books do not offer what is missing, leaving loses {Text(unwindLoss)}: unwind");
        }

        var completed = Worth(first.Total, second.Total, yes, no, fees);
        var chaseLoss = spent + first.Cost + second.Cost - completed;
        var pairCost = first.PerShare + second.PerShare;
        var isChase = mayBuy && (pairCost <= position.Rules.MaxPairCost || chaseLoss <= unwindLoss);
        var limitYes = Limit(
            position.Rules.MaxPairCost - second.PerShare,
            completed - Worth(first.Held, second.Total, yes, no, fees), first, market);
        var limitNo = Limit(
            position.Rules.MaxPairCost - first.PerShare,
            completed - Worth(first.Total, second.Held, yes, no, fees), second, market);
        return new(
            isChase, Math.Round(pairCost, 6), chaseLoss, unwindLoss, limitYes, limitNo,
            $"a pair would cost {Text(pairCost)} with fees, at most {Text(position.Rules.MaxPairCost)}; completing "
            + $"loses {Text(chaseLoss)}, unwinding {Text(unwindLoss)}: "
            + (isChase ? "chase" : mayBuy ? "unwind" : "unwind, since nothing may be bought"));
    }

    /// <summary>Shares of the plan that a leg still misses, on the lot grid; none when it counts as entered.</summary>
    public static Quantity Missing(Leg leg)
    {
        ArgumentNullException.ThrowIfNull(leg);
        return leg.IsEntered
            ? Quantity.Zero
            : (leg.Planned - Quantity.Min(leg.Bought, leg.Planned)).FloorTo(EntrySizer.Lot);
    }

    // What leaving brings by the ways that this position may take.
    private static Usdc Leaving(Position position, Book yes, Book no, FeeSchedule fees)
    {
        var choice = PairChoice.Leaving(
            (yes, position.Yes.Held), (no, position.No.Held), position.No.Held, fees, position.Execution.ChainCost);
        return position.Execution.UsesPairs && choice.UsesChain ? choice.Chain!.Value : choice.Books!.Value;
    }

    // A pair is worth a dollar, whatever the bids say: it can be merged, and one of its shares will pay.
    private static Usdc Worth(Quantity sharesYes, Quantity sharesNo, Book yes, Book no, FeeSchedule fees)
    {
        var pairs = Quantity.Min(sharesYes, sharesNo);
        return Usdc.FromMicros(pairs.ToMicros) + BookCost.OfSelling(yes, sharesYes - pairs, fees)
            + BookCost.OfSelling(no, sharesNo - pairs, fees);
    }

    /// <summary>
    /// The highest price on the grid that, with its fee, keeps the pair within its highest cost, or costs no more than
    /// what the missing shares add to the worth of the position.
    /// </summary>
    private static Price Limit(decimal underPairCost, Usdc added, Rest rest, Market market)
    {
        if (rest.Missing.IsZero)
            return Price.Zero;
        var most = Math.Max(underPairCost, added.ToDecimal() / rest.Missing.ToDecimal());
        var micros = (long)Math.Clamp(most * Micros.PerUnit, 0m, Micros.PerUnit);
        var fees = market.Fees ?? FeeSchedule.Free;
        var price = market.TickSize.Floor(Price.FromMicros(micros));
        while (price.ToMicros > market.TickSize.ToMicros
            && price.ToDecimal() + (fees.TakerFeeBudget(price, Sample).ToDecimal() / Sample.ToDecimal()) > most)
            price = Price.FromMicros(price.ToMicros - market.TickSize.ToMicros);
        return price;
    }

    private static string Text(Usdc dollars) => Text(dollars.ToDecimal());

    private static string Text(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    // A leg's missing shares and what they would cost now.
    private sealed record Rest(Quantity Held, Quantity Missing, Usdc Cost, decimal PerShare)
    {
        public Quantity Total => Held + Missing;

        public static Rest? Of(Leg leg, Book book, FeeSchedule fees)
        {
            var wanted = OneLegPolicy.Missing(leg);
            if (!wanted.IsZero && !book.IsUsable)
                return null;
            // A leg whose price has risen is complete when its dollars are spent.
            var (affordable, _) = EntrySizer.Affordable(book.Asks.Levels, leg.Unspent, Price.One, fees);
            var missing = Quantity.Min(wanted, affordable);
            if (BookCost.OfBuying(book, missing, fees) is not { } cost || !IsComplete(leg, missing, cost))
                return null;
            var shares = leg.Bought + missing;
            var perShare = shares.IsZero ? 0m : (leg.Cost + leg.Fees + cost).ToDecimal() / shares.ToDecimal();
            return new(leg.Held, missing, cost, perShare);
        }

        private static bool IsComplete(Leg leg, Quantity missing, Usdc cost) =>
            (leg with { Bought = leg.Bought + missing, Cost = leg.Cost + cost }).IsEntered || !leg.IsWanted;
    }
}
