using Equilibrage.Core.Primitives;

namespace Equilibrage.Adapters.Polymarket.Operations;

/// <summary>
/// For a connection that looks and cancels and is opened without a database: it can carry no operation out, since
/// nothing would remember it.
/// </summary>
internal sealed class NoOperations : IOperationStore
{
    /// <inheritdoc/>
    public Task<OperationRow?> FindAsync(OperationId id, CancellationToken cancellation) => throw Refusal();

    /// <inheritdoc/>
    public Task<OperationRow?> FindSentAsync(CancellationToken cancellation) => throw Refusal();

    /// <inheritdoc/>
    public Task<bool> TryAddAsync(OperationRow row, CancellationToken cancellation) => throw Refusal();

    /// <inheritdoc/>
    public Task<bool> TryUpdateAsync(OperationRow row, CancellationToken cancellation) => throw Refusal();

    /// <inheritdoc/>
    public Task<IReadOnlySet<string>> ListTransactionsAsync(CancellationToken cancellation) => throw Refusal();

    private static InvalidOperationException Refusal() => new("This connection looks and cancels, and nothing else.");
}
