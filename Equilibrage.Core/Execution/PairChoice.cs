using System.Globalization;
using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Execution;

/// <summary>
/// The two ways into and out of both legs, compared in dollars with all fees: through the books alone, or by splitting
/// and merging for exactly one dollar a pair and only the rest through the books.
/// </summary>
/// <param name="IsEntry">True for getting in: then the figures are costs, else proceeds.</param>
/// <param name="Pairs">Pairs that would be made or taken apart: of unequal legs the smaller.</param>
/// <param name="Books">Both legs through the books; null when they do not offer so much.</param>
/// <param name="Chain">The pairs through the chain and the rest through the books; null when it cannot be had.</param>
public sealed record PairChoice(bool IsEntry, Quantity Pairs, Usdc? Books, Usdc? Chain)
{
    /// <summary>Fewest pairs that an operation is worth asking for: one.</summary>
    public static Quantity Fewest { get; } = Quantity.FromMicros(Micros.PerUnit);

    /// <summary>True when splitting or merging is the cheaper way.</summary>
    public bool UsesChain => Pairs >= Fewest && Chain is { } chain
        && (Books is not { } books || (IsEntry ? chain < books : chain > books));

    /// <summary>What the cheaper way saves; null when only one of them can be had.</summary>
    public Usdc? Saving => (Books, Chain) is ({ } books, { } chain)
        ? Usdc.FromMicros(Math.Abs(books.ToMicros - chain.ToMicros))
        : null;

    /// <summary>Both prices and the choice, in a sentence.</summary>
    public string Why()
    {
        var (books, chain) = IsEntry ? ("both asks cost", "a split costs") : ("both bids bring", "a merge brings");
        var saving = Saving is { } saved ? $", {Text(saved)} better" : "";
        var choice = UsesChain ? $"{(IsEntry ? "split" : "merge")} {Pairs} pairs{saving}" : $"use the books{saving}";
        return $"{books} {Text(Books)}, {chain} {Text(Chain)}: {choice}";
    }

    /// <summary>Ways of buying so many shares of each leg.</summary>
    public static PairChoice Entering(
        (Book Book, Quantity Shares) yes, (Book Book, Quantity Shares) no, FeeSchedule fees, Usdc chainCost)
    {
        var pairs = Quantity.Min(yes.Shares, no.Shares);
        return new(
            true, pairs,
            Sum(BookCost.OfBuying(yes.Book, yes.Shares, fees), BookCost.OfBuying(no.Book, no.Shares, fees)),
            Sum(
                Sum(
                    BookCost.OfBuying(yes.Book, yes.Shares - pairs, fees),
                    BookCost.OfBuying(no.Book, no.Shares - pairs, fees)),
                Usdc.FromMicros(pairs.ToMicros) + chainCost));
    }

    /// <summary>
    /// Ways of leaving so many shares of each leg, at most <paramref name="movable"/> pairs of them merged.
    /// </summary>
    public static PairChoice Leaving(
        (Book Book, Quantity Shares) yes, (Book Book, Quantity Shares) no, Quantity movable, FeeSchedule fees,
        Usdc chainCost)
    {
        var pairs = Quantity.Min(movable, Quantity.Min(yes.Shares, no.Shares));
        return new(
            false, pairs,
            BookCost.OfSelling(yes.Book, yes.Shares, fees) + BookCost.OfSelling(no.Book, no.Shares, fees),
            BookCost.OfSelling(yes.Book, yes.Shares - pairs, fees)
                + BookCost.OfSelling(no.Book, no.Shares - pairs, fees)
                + Usdc.FromMicros(pairs.ToMicros) - chainCost);
    }

    /// <summary>
    /// The first outcome's part of the dollar that a pair costs or brings: its price in proportion to both; one half
    /// where one of them is missing.
    /// </summary>
    public static Price PartOf(Price? yes, Price? no) =>
        yes is { ToMicros: > 0 } first && no is { ToMicros: > 0 } second
            ? Price.FromMicros(first.ToMicros * Micros.PerUnit / (first.ToMicros + second.ToMicros))
            : Price.FromMicros(Micros.PerUnit / 2);

    private static Usdc? Sum(Usdc? left, Usdc? right) => left is { } one && right is { } two ? one + two : null;

    private static string Text(Usdc? dollars) => dollars is { } some
        ? some.ToDecimal().ToString("0.####", CultureInfo.InvariantCulture)
        : "cannot be had";
}
