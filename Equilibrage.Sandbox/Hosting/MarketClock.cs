namespace Equilibrage.Sandbox.Hosting;

/// <summary>Market time as wall time passes, at a speed, from where it last stood.</summary>
internal sealed class MarketClock(TimeProvider wall, decimal speed)
{
    private long since;
    private DateTimeOffset from;

    /// <summary>Market seconds per wall second.</summary>
    public decimal Speed { get; } = speed;

    /// <summary>Goes on from a market time, now.</summary>
    public void StandAt(DateTimeOffset marketTime) => (since, from) = (wall.GetTimestamp(), marketTime);

    /// <summary>The market time of now, but never more than <paramref name="most"/> past the given one.</summary>
    public DateTimeOffset Read(DateTimeOffset present, TimeSpan most)
    {
        var now = from + TimeSpan.FromTicks((long)(wall.GetElapsedTime(since).Ticks * Speed));
        if (now <= present + most)
            return now;
        // The host was held up: what it could not serve did not happen, as if the market had stood still.
        StandAt(present + most);
        return present + most;
    }
}
