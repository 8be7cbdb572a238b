using Equilibrage.Core.State;

namespace Equilibrage.Core.Ports;

/// <summary>
/// Takes what a scan explains and nobody waits for: refusals and counts, thousands of rows at a time. Decisions that
/// led to a position travel with the journal instead.
/// </summary>
public interface IDecisionLog
{
    /// <summary>Writes in one transaction. One caller at a time; may run beside the journal.</summary>
    /// <exception cref="JournalUnavailableException">The database failed.</exception>
    Task AppendAsync(
        IReadOnlyList<DecisionRecord> decisions, IReadOnlyList<ScanCount> scans, CancellationToken cancellation);
}
