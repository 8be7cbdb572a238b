using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Adapters.Polymarket.Operations;

/// <summary>For commands that work beside the desk: they cancel and test orders, and carry out nothing on the chain.
/// </summary>
internal sealed class NoOperations : IOperationStore
{
    /// <inheritdoc/>
    public Task<OperationRow?> FindAsync(OperationId id, CancellationToken cancellation) =>
        Task.FromResult<OperationRow?>(null);

    /// <inheritdoc/>
    public Task<OperationRow?> FindSentAsync(CancellationToken cancellation) => Task.FromResult<OperationRow?>(null);

    /// <inheritdoc/>
    public Task<bool> TryAddAsync(OperationRow row, CancellationToken cancellation) => throw NotHere();

    /// <inheritdoc/>
    public Task<bool> TryUpdateAsync(OperationRow row, CancellationToken cancellation) => throw NotHere();

    /// <inheritdoc/>
    public Task<IReadOnlyCollection<TokenId>> ListTokensAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyCollection<TokenId>>([]);

    /// <inheritdoc/>
    public Task<IReadOnlySet<string>> ListTransactionsAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlySet<string>>(new HashSet<string>());

    private static VenueUnavailableException NotHere() =>
        new("This command works with orders only; the desk itself splits, merges and redeems.");
}
