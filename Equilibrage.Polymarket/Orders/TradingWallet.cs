using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Orders;

/// <summary>Who signs and whose money it is.</summary>
/// <param name="Signer">The account of the private key.</param>
/// <param name="Funder">The account that holds pUSD and outcome tokens; the signer itself for type 0.</param>
/// <param name="Type">How orders are signed.</param>
public sealed record TradingWallet(EthereumAddress Signer, EthereumAddress Funder, SignatureType Type)
{
    /// <summary>The address in an order's field <c>signer</c>: a deposit wallet signs for itself.</summary>
    public EthereumAddress OrderSigner => Type == SignatureType.Poly1271 ? Funder : Signer;

    /// <summary>The wallet of a key that holds its own money.</summary>
    public static TradingWallet Own(EthereumAddress account) => new(account, account, SignatureType.Eoa);
}
