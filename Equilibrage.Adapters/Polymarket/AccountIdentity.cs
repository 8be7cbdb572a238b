using Equilibrage.Polymarket.Socket;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>Whose orders and trades are ours on the account's channel.</summary>
/// <param name="Credentials">The API key; orders carry its id as their owner.</param>
/// <param name="Wallet">Address of the wallet that funds the orders.</param>
internal sealed record AccountIdentity(SocketCredentials Credentials, string Wallet)
{
    /// <summary>True when an order or fill with this owner and wallet is ours.</summary>
    public bool Owns(string owner, string wallet) =>
        owner.Length > 0
            ? string.Equals(owner, Credentials.ApiKey, StringComparison.OrdinalIgnoreCase)
            : wallet.Length > 0 && string.Equals(wallet, Wallet, StringComparison.OrdinalIgnoreCase);
}
