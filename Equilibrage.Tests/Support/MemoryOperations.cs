using Equilibrage.Adapters.Polymarket.Operations;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Tests.Support;

/// <summary>Operations in memory, which outlive the queue that a test drops; it can refuse to write.</summary>
internal sealed class MemoryOperations : IOperationStore
{
    private readonly Dictionary<OperationId, OperationRow> rows = [];

    /// <summary>Every row as it was written, oldest first.</summary>
    public List<OperationRow> Written { get; } = [];

    /// <summary>Asked before a row is written: false when the process dies first.</summary>
    public Func<OperationRow, bool> Survives { get; set; } = _ => true;

    public Task<OperationRow?> FindAsync(OperationId id, CancellationToken cancellation) =>
        Task.FromResult(rows.GetValueOrDefault(id));

    public Task<OperationRow?> FindSentAsync(CancellationToken cancellation) =>
        Task.FromResult(rows.Values.FirstOrDefault(row => row.State == OperationState.Sent));

    public Task<bool> TryAddAsync(OperationRow row, CancellationToken cancellation)
    {
        if (rows.ContainsKey(row.Operation.Id))
            return Task.FromResult(false);
        Write(row);
        return Task.FromResult(true);
    }

    public Task<bool> TryUpdateAsync(OperationRow row, CancellationToken cancellation)
    {
        if (rows[row.Operation.Id].Revision != row.Revision)
            return Task.FromResult(false);
        Write(row with { Revision = row.Revision + 1 });
        return Task.FromResult(true);
    }

    public Task<IReadOnlyCollection<TokenId>> ListTokensAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyCollection<TokenId>>(
            rows.Values.SelectMany(row => row.Receipt?.Shares.Keys ?? []).ToHashSet());

    public Task<IReadOnlySet<string>> ListTransactionsAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlySet<string>>(
            rows.Values.Select(row => row.Receipt?.TransactionHash).OfType<string>().ToHashSet());

    private void Write(OperationRow row)
    {
        if (!Survives(row))
            throw new JournalUnavailableException("The process died.", new TimeoutException());
        rows[row.Operation.Id] = row;
        Written.Add(row);
    }
}
