using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Polymarket.Chain;

/// <summary>Has a wallet call contracts.</summary>
public interface IWalletSender : IWalletActions
{
    /// <summary>
    /// Sends calls and waits until they stand in a block: all of them or, in one transaction, none. An account of its
    /// own sends them one after another and stops at the first that fails. A call that a contract refuses is an error.
    /// </summary>
    /// <param name="calls">The calls, in order; at least one.</param>
    /// <param name="cancellation">Gives up waiting; what was sent before is sent.</param>
    /// <returns>The receipts, in order.</returns>
    Task<PolymarketResult<IReadOnlyList<TransactionReceipt>>> SendAsync(
        IReadOnlyList<ContractCall> calls, CancellationToken cancellation);
}
