using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>The money of the wallet, where it lies.</summary>
internal interface IWalletFunds
{
    /// <summary>Dollars in the wallet.</summary>
    Task<PolymarketResult<Usdc>> GetCashAsync(CancellationToken cancellation);

    /// <summary>Shares in the wallet of the given tokens, those with none left out.</summary>
    Task<PolymarketResult<IReadOnlyDictionary<TokenId, Quantity>>> GetTokensAsync(
        IReadOnlyCollection<TokenId> tokens, CancellationToken cancellation);
}
