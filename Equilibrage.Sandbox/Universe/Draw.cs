using Equilibrage.Core.Simulation;

namespace Equilibrage.Sandbox.Universe;

/// <summary>
/// A stream of draws that depends on nothing but its key. Whole numbers only: what is drawn becomes money.
/// </summary>
internal sealed class Draw(ulong key)
{
    private ulong counter;

    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + (int)Noise.Below(Next(), high - low + 1);

    /// <summary>True so many times in a thousand.</summary>
    public bool Chance(int perMille) => Noise.Below(Next(), 1000) < perMille;

    /// <summary>One of a list.</summary>
    public T Pick<T>(IReadOnlyList<T> list) => list[(int)Noise.Below(Next(), list.Count)];

    /// <summary>So many different ones of a list, in random order.</summary>
    public T[] PickMany<T>(IReadOnlyList<T> list, int count)
    {
        var pool = list.ToArray();
        for (var i = 0; i < count; i++)
        {
            var other = Between(i, pool.Length - 1);
            (pool[i], pool[other]) = (pool[other], pool[i]);
        }

        return pool[..count];
    }

    /// <summary>A value of a distribution that is given by evenly spaced quantiles, linear between them.</summary>
    public long Quantile(ReadOnlySpan<long> quantiles)
    {
        const int Steps = 1_000;
        var place = Noise.Below(Next(), (quantiles.Length - 1) * Steps);
        var (low, high) = (quantiles[(int)(place / Steps)], quantiles[(int)(place / Steps) + 1]);
        return low + ((high - low) * (place % Steps) / Steps);
    }

    private ulong Next() => Noise.Bits(key, counter++);
}
