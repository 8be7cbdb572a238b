using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Sandbox.Server.Auth;

/// <summary>Whoever signed a request, and the wallets that go with that key.</summary>
/// <param name="Key">The API key.</param>
/// <param name="Address">The account that it is bound to.</param>
/// <param name="Wallets">The wallets that may hold money for it, by signature type.</param>
internal sealed record Caller(string Key, EthereumAddress Address, WalletSet Wallets)
{
    /// <summary>The exchange's account of a wallet.</summary>
    public AccountId Account(SignatureType type) => Wallets.Account(type);

    /// <summary>All accounts of the caller.</summary>
    public IReadOnlyList<AccountId> Accounts => Wallets.Accounts;
}
