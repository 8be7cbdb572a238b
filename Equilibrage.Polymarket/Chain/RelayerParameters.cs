using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>What has to be signed into a relayed transaction.</summary>
/// <param name="Nonce">The next nonce.</param>
/// <param name="Relay">Who will send it; for proxy wallets only.</param>
public sealed record RelayerParameters(long Nonce, EthereumAddress? Relay);
