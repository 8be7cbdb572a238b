using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;

namespace Equilibrage.Sandbox;

/// <summary>Which universe a practice exchange runs, and how fast.</summary>
public sealed record PracticeExchangeOptions
{
    /// <summary>The markets that it starts with.</summary>
    public required IReadOnlyList<ListingSeed> Listings { get; init; }

    /// <summary>Where the listings come from: the hash of their file, or <c>generated</c>.</summary>
    public required string Identity { get; init; }

    /// <summary>Seed of all randomness.</summary>
    public required long Seed { get; init; }

    /// <summary>Market time at which the universe begins.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>Market seconds per wall second, from 1 up. It may differ from one start to the next.</summary>
    public required decimal Speed { get; init; }

    /// <summary>
    /// The account of a desk in this process, which trades by the exchange's ports; null when nobody does.
    /// </summary>
    public AccountId? Account { get; init; }

    /// <summary>What every account starts with.</summary>
    public required Usdc Capital { get; init; }

    /// <summary>
    /// Rules of the simulation; seed, start, step and capital are those of the universe and are not taken from here.
    /// </summary>
    public VenueOptions Rules { get; init; } = new() { Seed = 0, Start = DateTimeOffset.UnixEpoch };
}

/// <summary>The record at hand belongs to another universe than the one that was asked for.</summary>
public sealed class UniverseMismatchException(string message) : Exception(message);
