using System.Numerics;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Books;

/// <summary>One side of a book: an array of levels, best first by construction, positive sizes only.</summary>
public sealed class Ladder(BookSide side)
{
    private Level[] levels = new Level[16];

    /// <summary>Number of levels.</summary>
    public int Count { get; private set; }

    /// <summary>The levels, best first. Valid until the next change.</summary>
    public ReadOnlySpan<Level> Levels => levels.AsSpan(0, Count);

    /// <summary>Forgets every level.</summary>
    public void Clear() => Count = 0;

    /// <summary>
    /// Replaces every level. They may come in any order; of two at one price the later counts, and zero sizes do not.
    /// </summary>
    public void Replace(ReadOnlySpan<Level> replacement)
    {
        if (levels.Length < replacement.Length)
            levels = new Level[(int)BitOperations.RoundUpToPowerOf2((uint)replacement.Length)];
        // Venues send the worst first, so that the usual case is one pass from the end.
        Count = 0;
        for (var index = replacement.Length - 1; index >= 0; index--)
        {
            ref readonly var level = ref replacement[index];
            if (level.Quantity.IsZero || (Count > 0 && !IsBetter(levels[Count - 1].Price, level.Price)))
            {
                ReplaceUnordered(replacement);
                return;
            }

            levels[Count++] = level;
        }
    }

    /// <summary>Sets the total size at a price; zero removes the level.</summary>
    public void Set(Price price, Quantity quantity)
    {
        var index = Find(price);
        var exists = index < Count && levels[index].Price == price;
        if (quantity.IsZero)
        {
            if (exists)
                Remove(index);
        }
        else if (exists)
        {
            levels[index] = new(price, quantity);
        }
        else
        {
            Insert(index, new(price, quantity));
        }
    }

    /// <summary>The size at a price, zero when there is no such level.</summary>
    public Quantity SizeAt(Price price)
    {
        var index = Find(price);
        return index < Count && levels[index].Price == price ? levels[index].Quantity : Quantity.Zero;
    }

    private bool IsBetter(Price left, Price right) => side == BookSide.Bid ? left > right : left < right;

    private void ReplaceUnordered(ReadOnlySpan<Level> replacement)
    {
        Count = 0;
        foreach (ref readonly var level in replacement)
            Set(level.Price, level.Quantity);
    }

    // Halving without a branch: where a price stands is nothing that a processor could predict. Turning over all bits
    // turns the order round, so that one comparison serves both sides.
    private int Find(Price price)
    {
        var turn = side == BookSide.Bid ? -1L : 0L;
        var wanted = price.ToMicros ^ turn;
        var (low, rest) = (0, Count);
        while (rest > 1)
        {
            var half = rest >>> 1;
            low += half & -((levels[low + half - 1].Price.ToMicros ^ turn) < wanted ? 1 : 0);
            rest -= half;
        }

        return rest == 1 && (levels[low].Price.ToMicros ^ turn) < wanted ? low + 1 : low;
    }

    private void Insert(int index, Level level)
    {
        if (Count == levels.Length)
            Array.Resize(ref levels, Count * 2);
        Array.Copy(levels, index, levels, index + 1, Count - index);
        levels[index] = level;
        Count++;
    }

    private void Remove(int index)
    {
        Array.Copy(levels, index + 1, levels, index, Count - index - 1);
        Count--;
    }
}
