using System.Numerics;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Opportunities;

/// <summary>
/// The last 25 hourly middles of one market, so 24 hourly changes. The last observation within an hour stands for it;
/// an hour without one carries the price before it, but does not count as an hour of prices.
/// </summary>
public sealed class PriceHistory
{
    /// <summary>Hours kept.</summary>
    public const int Capacity = 25;

    /// <summary>Hours of prices below which the volatility is unknown.</summary>
    public const int MinimumHours = 6;

    private const uint Window = (1u << Capacity) - 1;

    private readonly long[] mids = new long[Capacity];
    private long lastHour = -1;
    private uint seen;

    /// <summary>Hours of the window in which a price was really observed, 0 to 25.</summary>
    public int ObservedHours => BitOperations.PopCount(seen);

    /// <summary>The last observed middle in micro-dollars, or null.</summary>
    public long? LastMidMicros => lastHour < 0 ? null : mids[lastHour % Capacity];

    /// <summary>Takes in the middle at a market time. What is older than the newest hour is ignored.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A middle outside 0 to 1,000,000 micro-dollars.</exception>
    public void Observe(DateTimeOffset marketTime, long midMicros)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(midMicros);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(midMicros, Micros.PerUnit);
        var hour = Hour(marketTime);
        if (hour < lastHour)
            return;
        Advance(hour, midMicros);
        mids[hour % Capacity] = midMicros;
        seen |= 1;
    }

    /// <summary>
    /// Fills an empty history with hourly middles, oldest first, the last one standing for the full hour before
    /// <paramref name="marketTime"/>. A history that has observed something is left alone.
    /// </summary>
    public void Seed(DateTimeOffset marketTime, IReadOnlyList<long> hourlyMids)
    {
        ArgumentNullException.ThrowIfNull(hourlyMids);
        if (lastHour >= 0)
            return;
        var start = Math.Max(0, hourlyMids.Count - Capacity);
        for (var i = start; i < hourlyMids.Count; i++)
            Observe(marketTime.AddHours(i - hourlyMids.Count), hourlyMids[i]);
    }

    /// <summary>
    /// Standard deviation of the hourly changes in the 24 hours before <paramref name="now"/>, in micro-dollars rounded
    /// down; null with fewer than <see cref="MinimumHours"/> hours of prices.
    /// </summary>
    public long? SigmaMicros(DateTimeOffset now)
    {
        var age = Math.Max(0, Hour(now) - lastHour);
        if (lastHour < 0 || age >= Capacity)
            return null;
        // Hours since the last observation carry its price: as many changes of zero, and as many old hours out.
        var observed = (seen << (int)age) & Window;
        var changes = BitOperations.Log2(observed);
        if (changes < MinimumHours || BitOperations.PopCount(observed) < MinimumHours)
            return null;
        long sum = 0, squares = 0;
        for (var i = 0L; i < changes - age; i++)
        {
            var change = mids[(lastHour - i) % Capacity] - mids[(lastHour - i - 1) % Capacity];
            sum += change;
            squares += change * change;
        }

        // n²σ² = nΣd² − (Σd)² stays below 2^53, where the square root of a double is exact to the last bit everywhere.
        var scaled = (changes * squares) - (sum * sum);
        return (long)(Math.Sqrt(scaled) / changes);
    }

    private static long Hour(DateTimeOffset time) => time.UtcTicks / TimeSpan.TicksPerHour;

    private void Advance(long hour, long midMicros)
    {
        var gap = hour - lastHour;
        if (lastHour < 0 || gap >= Capacity)
        {
            Array.Fill(mids, midMicros);
            seen = 0;
        }
        else
        {
            for (var missing = lastHour + 1; missing < hour; missing++)
                mids[missing % Capacity] = mids[lastHour % Capacity];
            seen = (seen << (int)gap) & Window;
        }

        lastHour = hour;
    }
}
