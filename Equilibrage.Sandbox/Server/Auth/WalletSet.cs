using System.Collections.Concurrent;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Sandbox.Server.Auth;

/// <summary>The four wallets of one signing account: itself, its proxy, its Safe and its deposit wallet.</summary>
internal sealed class WalletSet
{
    private static readonly ConcurrentDictionary<(EthereumAddress, int), WalletSet> Known = new();

    private readonly EthereumAddress[] wallets;

    private WalletSet(EthereumAddress address, Contracts contracts)
    {
        wallets =
        [
            address, WalletDerivation.Proxy(address, contracts), WalletDerivation.Safe(address, contracts),
            WalletDerivation.DepositWallet(address, contracts),
        ];
        Accounts = [.. wallets.Select(AccountOf)];
    }

    /// <summary>The exchange's accounts, by signature type.</summary>
    public IReadOnlyList<AccountId> Accounts { get; }

    /// <summary>The wallets of an account on a chain.</summary>
    public static WalletSet Of(EthereumAddress address, int chain) =>
        Known.GetOrAdd((address, chain), key => new(key.Item1, Contracts.For(key.Item2)));

    /// <summary>True for a proxy, Safe or deposit wallet of a key that has been heard of.</summary>
    public static bool IsDeployed(EthereumAddress wallet) =>
        Known.Values.Any(set => set.wallets.AsSpan(1).Contains(wallet));

    /// <summary>The exchange's account of a wallet: its address in lower case.</summary>
    public static AccountId AccountOf(EthereumAddress wallet) => new(wallet.ToLowerString());

    /// <summary>A wallet.</summary>
    public EthereumAddress Wallet(SignatureType type) => wallets[(int)type];

    /// <summary>The exchange's account of a wallet.</summary>
    public AccountId Account(SignatureType type) => Accounts[(int)type];
}
