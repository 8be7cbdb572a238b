using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>Who trades. Made only where a key is loaded: paper trading has none.</summary>
public sealed record PolymarketWalletOptions
{
    /// <summary>The key; its owner disposes of it.</summary>
    public required EthereumSigner Signer { get; init; }

    /// <summary>Whose money it is and how orders are signed.</summary>
    public required TradingWallet Wallet { get; init; }

    /// <summary>Code to which the volume is attributed; zero for none.</summary>
    public Bytes32 Builder { get; init; }

    /// <summary>Which API key of the account is used.</summary>
    public long KeyNonce { get; init; }
}
