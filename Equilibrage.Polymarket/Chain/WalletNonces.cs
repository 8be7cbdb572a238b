namespace Equilibrage.Polymarket.Chain;

/// <summary>The nonces of a wallet.</summary>
/// <param name="Next">The first that nothing known uses, not even something that is on its way.</param>
/// <param name="Used">The first that the chain has not used: whatever has a lower one was carried out or never will be.
/// </param>
public sealed record WalletNonces(long Next, long Used);
