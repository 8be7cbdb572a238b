using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Sandbox.Server.Markets;

namespace Equilibrage.Sandbox.Server.Chain;

/// <summary>Shows what wallets have allowed contracts to move.</summary>
internal static class Approvals
{
    /// <summary>What each of some spenders may move of a wallet's dollars or shares.</summary>
    public static Task<IReadOnlyDictionary<EthereumAddress, UInt256>> ApprovedAsync(
        this PracticeExchange exchange, AccountId wallet, bool isCollateral,
        IReadOnlyCollection<EthereumAddress> spenders, CancellationToken cancellation) =>
        exchange.LookAtChainAsync(
            chain => (IReadOnlyDictionary<EthereumAddress, UInt256>)spenders.ToDictionary(
                spender => spender, spender => chain.Approved(wallet, isCollateral, spender)),
            cancellation);

    /// <summary>The allowances that the CLOB shows of an asset.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ShownAllowancesAsync(
        this PracticeExchange exchange, AccountId wallet, bool isCollateral, Contracts contracts,
        CancellationToken cancellation)
    {
        EthereumAddress[] spenders = [contracts.Exchange, contracts.NegRiskExchange, contracts.NegRiskAdapter];
        var amounts = await exchange.ApprovedAsync(wallet, isCollateral, spenders, cancellation);
        return amounts.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value.ToString());
    }
}
