namespace Equilibrage.Adapters.Polymarket;

/// <summary>
/// The venue's market time, shared by what hears it and what stamps with it: wall time on Polymarket, else the latest
/// time that a practice exchange told. Never goes backwards by what is heard. Safe for many threads.
/// </summary>
/// <param name="wall">The wall clock.</param>
/// <param name="isVenueTime">True where the venue has a market time of its own.</param>
internal sealed class MarketClock(TimeProvider wall, bool isVenueTime)
{
    private long heardTicks;

    /// <summary>Market time now; the beginning of time while a practice exchange has told none.</summary>
    public DateTimeOffset Now =>
        isVenueTime ? new(Interlocked.Read(ref heardTicks), TimeSpan.Zero) : wall.GetUtcNow();

    /// <summary>Takes note of a time that the venue told.</summary>
    public void Hear(DateTimeOffset venueTime)
    {
        var told = venueTime.UtcTicks;
        var known = Interlocked.Read(ref heardTicks);
        while (told > known)
        {
            var seen = Interlocked.CompareExchange(ref heardTicks, told, known);
            if (seen == known)
                return;
            known = seen;
        }
    }
}
