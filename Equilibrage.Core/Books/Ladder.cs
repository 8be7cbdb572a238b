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

    private int Find(Price price)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var better = side == BookSide.Bid ? levels[middle].Price > price : levels[middle].Price < price;
            (low, high) = better ? (middle + 1, high) : (low, middle);
        }

        return low;
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
