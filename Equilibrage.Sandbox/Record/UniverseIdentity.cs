using System.Globalization;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Sandbox.Record;

/// <summary>What makes a universe this one and no other.</summary>
internal sealed record UniverseIdentity(long Seed, string Source, Usdc Capital, DateTimeOffset Start, int StepSeconds)
{
    /// <summary>Refuses when the other is asked for over this record.</summary>
    /// <exception cref="UniverseMismatchException">Seed, source, capital or start differ.</exception>
    public void RequireSameAs(UniverseIdentity asked)
    {
        if (this == asked with { StepSeconds = StepSeconds })
            return;
        throw new UniverseMismatchException(
            $"This data folder holds the practice universe [{this}], but [{asked}] was asked for. Start with the "
            + "original --seed, --markets, --capital and --start, or give the new universe a folder of its own "
            + "with --data.");
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"seed {Seed}, markets {Source}, capital {Capital}, start {Start:O}");
}
