using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>
/// Calls of a wallet, signed with a nonce and not sent yet. Whatever is signed with one nonce, the chain carries out at
/// most one of it.
/// </summary>
/// <param name="Nonce">The nonce.</param>
/// <param name="Payload">What is sent: a transaction, or a relayer's body.</param>
/// <param name="Hash">The transaction's hash where it is known before; null where the relayer makes it.</param>
/// <param name="ExpiresAt">From when on the signature is void; null when it stays good.</param>
public sealed record SignedAction(
    long Nonce, ReadOnlyMemory<byte> Payload, Bytes32? Hash = null, DateTimeOffset? ExpiresAt = null);
