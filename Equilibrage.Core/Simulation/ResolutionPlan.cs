using Equilibrage.Core.Markets;

namespace Equilibrage.Core.Simulation;

/// <summary>How and when a simulated market will end. Fixed when it is listed, known to nobody in the market.</summary>
/// <param name="Kind">How it ends.</param>
/// <param name="DecidedAt">Market second that settles the question: the price has arrived.</param>
/// <param name="ResolvedAt">Market second at which the venue pays.</param>
/// <param name="KneeAt">Market second at which the speed of news changes.</param>
/// <param name="KneeShare">Share of the gradual news before the knee.</param>
/// <param name="VoidChance">Chance of a half-half end that prices of this market carry.</param>
public sealed record ResolutionPlan(
    ResolutionKind Kind, long DecidedAt, long ResolvedAt, long KneeAt, double KneeShare, double VoidChance)
{
    private const long Hour = 3600;
    private const double HalfHalfChance = 0.03;

    /// <summary>
    /// Draws the plan: about 86 % regular, 5 % early, 3 % late, 3 % disputed, 1.5 % voided and 1.5 % split. A market
    /// whose price is within five cents of an end is never voided or split, since its price could not carry that
    /// chance; one that is overdue when it is listed ends late.
    /// </summary>
    /// <param name="key">The market's key.</param>
    /// <param name="listedAt">Market second of the listing.</param>
    /// <param name="eventStart">Market second at which the event starts, if it has one.</param>
    /// <param name="expectedEnd">Market second of the expected end.</param>
    /// <param name="startValue">Price at the listing.</param>
    public static ResolutionPlan Draw(ulong key, long listedAt, long? eventStart, long expectedEnd, double startValue)
    {
        var canBeHalf = startValue is >= 0.05 and <= 0.95;
        var expected = Math.Max(expectedEnd, (eventStart ?? long.MinValue) + (3 * Hour));
        var isOverdue = expected < listedAt + (2 * Hour);
        var kind = KindOf(Noise.Unit(Noise.Bits(key, 10)), canBeHalf, isOverdue);
        var fraction = Noise.Unit(Noise.Bits(key, 11));
        var delay = 600 + (long)(Noise.Unit(Noise.Bits(key, 12)) * 2 * Hour);
        var decided = isOverdue ? listedAt + (long)((1 + (71 * fraction)) * Hour) : expected;
        decided = kind switch
        {
            ResolutionKind.Early => listedAt + Math.Max(Hour, (long)((0.3 + (0.6 * fraction)) * (decided - listedAt))),
            ResolutionKind.Late when !isOverdue => decided + (long)((6 + (66 * fraction)) * Hour),
            _ => decided,
        };
        var (knee, share) = Knee(listedAt, eventStart, decided);
        if (kind == ResolutionKind.Disputed)
            (knee, share, decided) = (decided, 0.88, decided + (long)((24 + (72 * fraction)) * Hour));
        return new(kind, decided, decided + delay, knee, share, canBeHalf ? HalfHalfChance : 0);
    }

    /// <summary>True when both outcomes pay one half.</summary>
    public bool IsHalfHalf => Kind is ResolutionKind.Voided or ResolutionKind.Split;

    private static ResolutionKind KindOf(double draw, bool canBeHalf, bool isOverdue) => draw switch
    {
        < 0.015 when canBeHalf => ResolutionKind.Voided,
        < HalfHalfChance when canBeHalf => ResolutionKind.Split,
        < 0.06 => ResolutionKind.Disputed,
        _ when isOverdue => ResolutionKind.Late,
        < 0.09 => ResolutionKind.Late,
        < 0.14 => ResolutionKind.Early,
        _ => ResolutionKind.Regular,
    };

    // A contest brings three fifths of its news while it is played; other questions learn at an even pace.
    private static (long At, double Share) Knee(long listedAt, long? eventStart, long decided) =>
        eventStart is { } start && start > listedAt && start < decided ? (start, 0.4) : (decided, 1);
}
