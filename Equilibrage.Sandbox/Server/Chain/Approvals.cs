using System.Collections.Concurrent;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Sandbox.Server.Chain;

/// <summary>
/// What wallets have allowed contracts to move. Every wallet begins with everything allowed; what is said on the chain
/// is kept while the server runs.
/// </summary>
internal sealed class Approvals
{
    private readonly ConcurrentDictionary<Pair, UInt256> said = new();

    private readonly record struct Pair(AccountId Wallet, bool IsCollateral, EthereumAddress Spender);

    /// <summary>What a spender may move of a wallet's dollars, or (all or nothing) of its shares.</summary>
    public UInt256 Of(AccountId wallet, bool isCollateral, EthereumAddress spender) =>
        said.TryGetValue(new(wallet, isCollateral, spender), out var amount) ? amount : UInt256.MaxValue;

    /// <summary>Takes note of an approval.</summary>
    public void Set(AccountId wallet, bool isCollateral, EthereumAddress spender, UInt256 amount) =>
        said[new(wallet, isCollateral, spender)] = amount;

    /// <summary>The allowances that the CLOB shows of an asset.</summary>
    public IReadOnlyDictionary<string, string> Shown(AccountId wallet, bool isCollateral, Contracts contracts) =>
        new[] { contracts.Exchange, contracts.NegRiskExchange, contracts.NegRiskAdapter }
            .ToDictionary(spender => spender.ToString(), spender => Of(wallet, isCollateral, spender).ToString());
}
