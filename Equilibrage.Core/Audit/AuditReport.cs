using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Audit;

/// <summary>What an audit of one account looked at, and what it found.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Sequence">Last journal record that was read.</param>
/// <param name="Counts">How many things of each area were compared, in the order in which they were.</param>
/// <param name="Differences">Everything that does not add up; empty when all does.</param>
/// <param name="Notes">What was not compared and why, for people.</param>
public sealed record AuditReport(
    AccountId AccountId, long Sequence, IReadOnlyList<KeyValuePair<string, long>> Counts,
    IReadOnlyList<AuditDifference> Differences, IReadOnlyList<string> Notes)
{
    /// <summary>True when nothing differs.</summary>
    public bool IsClean => Differences.Count == 0;
}
