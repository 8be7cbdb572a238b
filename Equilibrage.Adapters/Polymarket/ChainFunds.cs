using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>The money by the chain's own word, which the exchange's figures lag behind.</summary>
internal sealed class ChainFunds(WalletReader reader) : IWalletFunds
{
    private const int TokensPerCall = 200;

    /// <inheritdoc/>
    public Task<PolymarketResult<Usdc>> GetCashAsync(CancellationToken cancellation) =>
        reader.GetCollateralAsync(cancellation);

    /// <inheritdoc/>
    public async Task<PolymarketResult<IReadOnlyDictionary<TokenId, Quantity>>> GetTokensAsync(
        IReadOnlyCollection<TokenId> tokens, CancellationToken cancellation)
    {
        var held = new Dictionary<TokenId, Quantity>();
        foreach (var batch in tokens.Chunk(TokensPerCall))
        {
            var read = await reader.GetTokensAsync(
                [.. batch.Select(token => UInt256.Parse(token.Value))], cancellation);
            if (read.Value is not { } shares)
                return read.As<IReadOnlyDictionary<TokenId, Quantity>>();
            foreach (var (token, quantity) in batch.Zip(shares).Where(pair => !pair.Second.IsZero))
                held[token] = quantity;
        }

        return PolymarketResult<IReadOnlyDictionary<TokenId, Quantity>>.Ok(held);
    }
}
