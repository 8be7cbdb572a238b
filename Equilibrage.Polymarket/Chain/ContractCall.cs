using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>A call of a contract.</summary>
/// <param name="To">The contract.</param>
/// <param name="Data">Selector and arguments.</param>
/// <param name="Value">The chain's own coin that goes with it, in its smallest unit; none as a rule.</param>
public readonly record struct ContractCall(EthereumAddress To, ReadOnlyMemory<byte> Data, UInt256 Value = default);
