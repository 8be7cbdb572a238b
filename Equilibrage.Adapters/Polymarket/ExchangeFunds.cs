using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>
/// The money by the exchange's own figures, which it reads anew from the chain for every question.
/// </summary>
/// <param name="session">The account.</param>
internal sealed class ExchangeFunds(AccountSession session) : IWalletFunds
{
    /// <inheritdoc/>
    public async Task<PolymarketResult<Usdc>> GetCashAsync(CancellationToken cancellation)
    {
        var micros = await ReadAsync(null, cancellation);
        return micros.IsOk ? PolymarketResult<Usdc>.Ok(Usdc.FromMicros(micros.Value)) : micros.As<Usdc>();
    }

    /// <inheritdoc/>
    public async Task<PolymarketResult<IReadOnlyDictionary<TokenId, Quantity>>> GetTokensAsync(
        IReadOnlyCollection<TokenId> tokens, CancellationToken cancellation)
    {
        var held = new Dictionary<TokenId, Quantity>();
        foreach (var token in tokens.Distinct())
        {
            var micros = await ReadAsync(token, cancellation);
            if (!micros.IsOk)
                return micros.As<IReadOnlyDictionary<TokenId, Quantity>>();
            if (micros.Value > 0)
                held[token] = Quantity.FromMicros(micros.Value);
        }

        return PolymarketResult<IReadOnlyDictionary<TokenId, Quantity>>.Ok(held);
    }

    private async Task<PolymarketResult<long>> ReadAsync(TokenId? token, CancellationToken cancellation)
    {
        // What it shows without this is a cache of its own, from before the last trade.
        var refreshed = await session.CallAsync(
            open => open.Clob.RefreshBalanceAsync(token, cancellation), cancellation);
        if (!refreshed.IsOk)
            return refreshed.As<long>();
        var balance = await session.CallAsync(open => open.Clob.GetBalanceAsync(token, cancellation), cancellation);
        return balance.Value is { } read
            ? PolymarketResult<long>.Ok(read.BalanceMicros)
            : balance.IsOk
                ? PolymarketResult<long>.Fail(new(PolymarketErrorKind.Unreadable, "The balance was empty."))
                : balance.As<long>();
    }
}
