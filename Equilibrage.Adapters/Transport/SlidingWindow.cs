using Equilibrage.Polymarket;

namespace Equilibrage.Adapters.Transport;

/// <summary>
/// Counts what was let through within the last stretch of time, in slots. A slot counts as long as any part of it may
/// lie within the stretch, so that no stretch, wherever it begins, holds more than the limit. Not for two threads.
/// </summary>
internal sealed class SlidingWindow
{
    private const int Slots = 50;

    private readonly long slotTicks;
    private readonly int[] counts = new int[Slots + 1];
    private long current;
    private int total;

    /// <param name="rule">Length and limit.</param>
    /// <param name="limit">Most to let through, at most the rule's limit.</param>
    public SlidingWindow(RateRule rule, int limit)
    {
        Rule = rule;
        Limit = limit;
        slotTicks = (rule.Window.Ticks + Slots - 1) / Slots;
    }

    /// <summary>The rule that is kept.</summary>
    public RateRule Rule { get; }

    /// <summary>Most within the rule's stretch of time.</summary>
    public int Limit { get; }

    /// <summary>Nothing passes before.</summary>
    public DateTimeOffset HeldUntil { get; private set; }

    /// <summary>Whether so many more may pass now.</summary>
    public bool HasRoom(int cost, DateTimeOffset now)
    {
        MoveTo(now);
        // What can never fit passes alone: to wait for it would be to wait for ever.
        return now >= HeldUntil && (total + cost <= Limit || (total == 0 && cost > Limit));
    }

    /// <summary>Counts what passes.</summary>
    public void Take(int cost, DateTimeOffset now)
    {
        MoveTo(now);
        counts[current % counts.Length] += cost;
        total += cost;
    }

    /// <summary>The earliest moment at which so many may pass, should nothing else pass before.</summary>
    public DateTimeOffset NextRoom(int cost, DateTimeOffset now)
    {
        MoveTo(now);
        var free = now;
        var left = total;
        for (var slot = current - Slots; left > 0 && left + cost > Limit; slot++)
        {
            left -= counts[slot % counts.Length];
            free = new((slot + counts.Length) * slotTicks, TimeSpan.Zero);
        }

        return free > HeldUntil ? free : HeldUntil;
    }

    /// <summary>Lets nothing pass for a while: the server asked for it.</summary>
    public void Hold(DateTimeOffset until) => HeldUntil = until > HeldUntil ? until : HeldUntil;

    private void MoveTo(DateTimeOffset now)
    {
        var slot = now.UtcTicks / slotTicks;
        // A clock that was set back counts on in the present slot: nothing is forgotten early.
        if (slot <= current)
            return;
        if (slot - current > Slots)
        {
            Array.Clear(counts);
            total = 0;
        }
        else
        {
            for (var passed = current + 1; passed <= slot; passed++)
            {
                total -= counts[passed % counts.Length];
                counts[passed % counts.Length] = 0;
            }
        }

        current = slot;
    }
}
