using System.Numerics;

namespace Equilibrage.Bench;

/// <summary>
/// Counts times in buckets whose width is at most a thirty-second of the time, without allocation. One writer.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 5;
    private const int Exact = 2 << SubBits;

    private readonly long[] buckets = new long[(64 - SubBits) << SubBits];

    /// <summary>Times counted.</summary>
    public long Count { get; private set; }

    /// <summary>The longest.</summary>
    public TimeSpan Longest { get; private set; }

    /// <summary>Counts one; below zero, as by a clock that was set back, counts as zero.</summary>
    public void Add(TimeSpan time)
    {
        var ticks = Math.Max(0, time.Ticks);
        buckets[IndexOf(ticks)]++;
        Count++;
        if (time > Longest)
            Longest = time;
    }

    /// <summary>A time that this share of all, from 0 to 1, does not exceed; zero when none was counted.</summary>
    public TimeSpan Percentile(double share)
    {
        var rank = (long)Math.Ceiling(share * Count);
        var seen = 0L;
        for (var index = 0; index < buckets.Length; index++)
        {
            seen += buckets[index];
            if (seen >= rank && seen > 0)
                return TimeSpan.FromTicks(Math.Min(Longest.Ticks, HighestOf(index)));
        }

        return TimeSpan.Zero;
    }

    private static int IndexOf(long ticks)
    {
        if (ticks < Exact)
            return (int)ticks;
        var shift = BitOperations.Log2((ulong)ticks) - SubBits;
        return (shift << SubBits) + (int)(ticks >> shift);
    }

    private static long HighestOf(int index)
    {
        if (index < Exact)
            return index;
        var shift = (index >> SubBits) - 1;
        return (((long)index - (shift << SubBits) + 1) << shift) - 1;
    }
}
