using Equilibrage.Core.State;

namespace Equilibrage.Core.Ports;

/// <summary>
/// Takes what a scan explains and nobody waits for: refusals and counts, thousands of rows at a time. Decisions that
/// led to a position travel with the journal instead.
/// </summary>
public interface IDecisionLog
{
    /// <summary>
    /// Writes in one transaction, under the lease of <paramref name="epoch"/>. One caller at a time; may run beside the
    /// journal.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The database failed.</exception>
    /// <exception cref="LeadershipLostException">Another process leads the account; nothing was written.</exception>
    Task AppendAsync(
        IReadOnlyList<DecisionRecord> decisions, IReadOnlyList<ScanCount> scans, long epoch,
        CancellationToken cancellation);
}
