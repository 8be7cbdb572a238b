using Equilibrage.Core.Ports;
using Equilibrage.Core.State;
using Npgsql;

namespace Equilibrage.Adapters.Storage;

/// <summary>Writes refusals and scan counts on a connection of their own, so that no order waits behind them.</summary>
internal sealed class PostgresDecisionLog(NpgsqlDataSource database) : IDecisionLog
{
    // The rows are the journal's; its memory of markets and bids is not, hence an instance of our own.
    private readonly PostgresJournal _rows = new(database);

    /// <inheritdoc/>
    public Task AppendAsync(
        IReadOnlyList<DecisionRecord> decisions, IReadOnlyList<ScanCount> scans, long epoch,
        CancellationToken cancellation) => _rows.AppendAsync(
            new JournalBatch { Epoch = epoch, Decisions = decisions, Scans = scans }, cancellation);
}
