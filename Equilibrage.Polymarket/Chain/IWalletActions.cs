using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Polymarket.Chain;

/// <summary>
/// Has a wallet act step by step, so that somebody can write down what is about to happen before it does, and find out
/// later what did.
/// </summary>
public interface IWalletActions
{
    /// <summary>The wallet's nonces as they are now.</summary>
    Task<PolymarketResult<WalletNonces>> GetNoncesAsync(CancellationToken cancellation);

    /// <summary>
    /// Signs calls with a nonce; nothing is sent. A call that a contract would refuse is an error where that can be
    /// known before.
    /// </summary>
    Task<PolymarketResult<SignedAction>> SignAsync(
        IReadOnlyList<ContractCall> calls, long nonce, CancellationToken cancellation);

    /// <summary>
    /// Sends a signed action; again, as often as one likes. Answers the name under which it is looked up. A failure is
    /// judged by <see cref="ActionErrors"/>.
    /// </summary>
    Task<PolymarketResult<string>> SendAsync(SignedAction action, CancellationToken cancellation);

    /// <summary>Looks an action up by the name that sending it gave.</summary>
    Task<PolymarketResult<ActionState>> LookUpAsync(string name, CancellationToken cancellation);
}
