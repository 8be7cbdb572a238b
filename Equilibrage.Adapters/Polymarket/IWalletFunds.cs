using Equilibrage.Core.Orders;
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

    /// <summary>Turns all shares of a resolved market into what they pay.</summary>
    /// <param name="market">The market.</param>
    /// <param name="isNegRisk">True for a market of a negative-risk group.</param>
    /// <param name="cancellation">Gives up waiting; the redemption may go through nevertheless.</param>
    Task<PolymarketResult<ChainReceipt>> RedeemAsync(
        MarketId market, bool isNegRisk, CancellationToken cancellation);
}
