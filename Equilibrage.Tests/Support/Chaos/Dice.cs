namespace Equilibrage.Tests.Support.Chaos;

/// <summary>Draws of one part of a run. Parts have dice of their own, so that one does not move another's.</summary>
internal sealed class Dice(int seed, string part)
{
    private readonly Random random = new((int)Core.Simulation.Noise.Key(seed, part));

    /// <summary>True so many times of a thousand.</summary>
    public bool Hits(int perMille) => perMille > 0 && random.Next(1000) < perMille;

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int Between(int least, int most) => random.Next(least, most + 1);

    /// <summary>A time in microseconds.</summary>
    public TimeSpan Micros(int least, int most) => TimeSpan.FromMicroseconds(Between(least, most));

    /// <summary>A time in milliseconds.</summary>
    public TimeSpan Millis(int least, int most) => TimeSpan.FromMilliseconds(Between(least, most));

    /// <summary>One of several.</summary>
    public T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
