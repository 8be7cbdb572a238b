using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>A relayed transaction.</summary>
/// <param name="Id">The relayer's id.</param>
/// <param name="State">How far it is.</param>
/// <param name="Hash">The chain's hash, once it is known.</param>
/// <param name="Error">What went wrong, when something did.</param>
public sealed record RelayerTransaction(string Id, RelayerState State, Bytes32? Hash, string? Error);
