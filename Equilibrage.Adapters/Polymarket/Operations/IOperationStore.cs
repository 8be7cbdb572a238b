using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Adapters.Polymarket.Operations;

/// <summary>
/// Keeps one account's operations. What a call has written is durable when it returns. While the database is away every
/// call throws <see cref="JournalUnavailableException"/>.
/// </summary>
internal interface IOperationStore
{
    /// <summary>An operation, or null.</summary>
    Task<OperationRow?> FindAsync(OperationId id, CancellationToken cancellation);

    /// <summary>The oldest operation that may be on its way, or null.</summary>
    Task<OperationRow?> FindSentAsync(CancellationToken cancellation);

    /// <summary>Adds an operation; false when it is known already.</summary>
    Task<bool> TryAddAsync(OperationRow row, CancellationToken cancellation);

    /// <summary>
    /// Replaces an operation's row and counts its revision up; false when somebody else has changed it since.
    /// </summary>
    Task<bool> TryUpdateAsync(OperationRow row, CancellationToken cancellation);

    /// <summary>Tokens that operations have moved.</summary>
    Task<IReadOnlyCollection<TokenId>> ListTokensAsync(CancellationToken cancellation);

    /// <summary>Transactions of operations that were carried out.</summary>
    Task<IReadOnlySet<string>> ListTransactionsAsync(CancellationToken cancellation);
}
