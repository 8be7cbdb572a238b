namespace Equilibrage.Core.Simulation;

/// <summary>
/// What a simulated universe is made of, beside its listings. The same options give the same universe.
/// </summary>
public sealed record VenueOptions
{
    /// <summary>Seed of all randomness.</summary>
    public required long Seed { get; init; }

    /// <summary>Market time of the first step; fractions of a second are dropped.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Market seconds between two steps, at least 1; fixed for the life of a universe.</summary>
    public int StepSeconds { get; init; } = 300;

    /// <summary>
    /// Most books that change in one step; at the limit wanted books take turns, those with users' orders first.
    /// </summary>
    public int BooksPerStep { get; init; } = 200;

    /// <summary>Trades of a million that fail to settle.</summary>
    public int FailuresPerMillion { get; init; }

    /// <summary>
    /// Shortest and longest time from an order's arrival to its matching, milliseconds of market time.
    /// </summary>
    public (int Shortest, int Longest) LatencyMs { get; init; } = (50, 500);

    /// <summary>Shortest and longest time from a match to its settlement, market seconds.</summary>
    public (int Shortest, int Longest) SettlementSeconds { get; init; } = (2, 20);

    /// <summary>The step that goes with a speed in market seconds per wall second: ten steps per wall second.</summary>
    public static int StepFor(double speed) => (int)Math.Clamp(Math.Round(speed / 10), 1, 3600);
}
