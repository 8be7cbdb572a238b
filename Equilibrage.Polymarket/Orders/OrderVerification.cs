using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Orders;

/// <summary>What an exchange checks of an order's signature.</summary>
public static class OrderVerification
{
    /// <summary>
    /// True when the signature is good and its key may sign for the order's maker: it is the maker (type 0), or the
    /// maker is the wallet that the venue's factories make for it (types 1 to 3).
    /// </summary>
    /// <param name="order">The order.</param>
    /// <param name="domain">The domain of the market's exchange.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="key">The account of the key that signed, to which the API key is bound.</param>
    /// <exception cref="SignatureLibraryException">The library is missing.</exception>
    public static bool Verify(
        in ExchangeOrder order, ExchangeDomain domain, ReadOnlySpan<byte> signature, out EthereumAddress key) =>
        OrderSignature.TryRecover(order, domain, signature, out key)
        && order.Signer == (order.SignatureType == SignatureType.Poly1271 ? order.Maker : key)
        && WalletDerivation.Belongs(order.Maker, key, order.SignatureType, Contracts.For(domain.ChainId));
}
