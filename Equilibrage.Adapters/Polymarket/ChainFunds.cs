using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>The money by the chain's own word, which the exchange's figures lag behind.</summary>
internal sealed class ChainFunds(ChainWallet wallet) : IWalletFunds
{
    private const int TokensPerCall = 200;

    /// <inheritdoc/>
    public Task<PolymarketResult<Usdc>> GetCashAsync(CancellationToken cancellation) =>
        wallet.Reader.GetCollateralAsync(cancellation);

    /// <inheritdoc/>
    public async Task<PolymarketResult<IReadOnlyDictionary<TokenId, Quantity>>> GetTokensAsync(
        IReadOnlyCollection<TokenId> tokens, CancellationToken cancellation)
    {
        var held = new Dictionary<TokenId, Quantity>();
        foreach (var batch in tokens.Chunk(TokensPerCall))
        {
            var read = await wallet.Reader.GetTokensAsync(
                [.. batch.Select(token => UInt256.Parse(token.Value))], cancellation);
            if (read.Value is not { } shares)
                return read.As<IReadOnlyDictionary<TokenId, Quantity>>();
            foreach (var (token, quantity) in batch.Zip(shares).Where(pair => !pair.Second.IsZero))
                held[token] = quantity;
        }

        return PolymarketResult<IReadOnlyDictionary<TokenId, Quantity>>.Ok(held);
    }

    /// <inheritdoc/>
    public async Task<PolymarketResult<ChainReceipt>> RedeemAsync(
        MarketId market, bool isNegRisk, CancellationToken cancellation)
    {
        var condition = Bytes32.Parse(market.Value);
        var payouts = await wallet.Reader.GetPayoutsAsync(condition, cancellation);
        if (!payouts.IsOk)
            return payouts.As<ChainReceipt>();
        if (payouts.Value is null)
        {
            return PolymarketResult<ChainReceipt>.Fail(
                new(PolymarketErrorKind.Unavailable, $"Market {market} is not resolved on the chain yet."));
        }

        var moved = await wallet.RedeemAsync(condition, isNegRisk, cancellation);
        if (moved.Value is not { } flow)
            return moved.As<ChainReceipt>();
        return PolymarketResult<ChainReceipt>.Ok(new(
            flow.Collateral,
            flow.Tokens.ToDictionary(pair => new TokenId(pair.Key.ToString()), pair => pair.Value),
            TransactionHash: null));
    }
}
