using Equilibrage.Core.Primitives;

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

    /// <summary>
    /// False where nobody listens to public prints; trades that users have part in are told all the same.
    /// </summary>
    public bool TellsPrints { get; init; } = true;

    /// <summary>What an account finds that is opened on first sight.</summary>
    public Usdc Capital { get; init; } = Usdc.FromMicros(1_000 * Micros.PerUnit);

    /// <summary>Trades of a million that fail to settle, after a retry.</summary>
    public int FailuresPerMillion { get; init; }

    /// <summary>Trades of a million that settle at the second attempt.</summary>
    public int RetriesPerMillion { get; init; }

    /// <summary>Shortest and longest time from a match to its place on the chain, market seconds.</summary>
    public (int Shortest, int Longest) MinedSeconds { get; init; } = (2, 5);

    /// <summary>Shortest and longest time from there to being final, market seconds.</summary>
    public (int Shortest, int Longest) ConfirmedSeconds { get; init; } = (10, 60);

    /// <summary>Shortest and longest time that a second attempt takes, market seconds.</summary>
    public (int Shortest, int Longest) RetrySeconds { get; init; } = (5, 20);

    /// <summary>The step that goes with a speed in market seconds per wall second: ten steps per wall second.</summary>
    public static int StepFor(double speed) => (int)Math.Clamp(Math.Round(speed / 10), 1, 3600);
}
