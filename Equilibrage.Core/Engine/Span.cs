namespace Equilibrage.Core.Engine;

/// <summary>
/// What one balance may be at the venue: our number, widened by everything that one side may know and the other not
/// yet. Micro-units.
/// </summary>
internal sealed class Span(long ours)
{
    /// <summary>What our books say.</summary>
    public long Ours { get; private set; } = ours;

    /// <summary>The least that the venue may show.</summary>
    public long Low { get; private set; } = ours;

    /// <summary>The most that the venue may show.</summary>
    public long High { get; private set; } = ours;

    /// <summary>True when nothing is on its way.</summary>
    public bool IsExact => Low == High;

    /// <summary>Something that moves the balance by this amount is known to one side at most.</summary>
    public void Widen(long micros)
    {
        Low = checked(Low + Math.Min(0, micros));
        High = checked(High + Math.Max(0, micros));
    }

    /// <summary>True when the venue's number can be explained, within a tolerance.</summary>
    public bool Allows(long venue, long tolerance) => venue >= Low - tolerance && venue <= High + tolerance;
}
