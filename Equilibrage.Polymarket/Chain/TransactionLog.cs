using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>One event of a contract.</summary>
/// <param name="Contract">Who reports it.</param>
/// <param name="Topics">The event's hash and its indexed values.</param>
/// <param name="Data">Its other values.</param>
public sealed record TransactionLog(EthereumAddress Contract, IReadOnlyList<Bytes32> Topics, ReadOnlyMemory<byte> Data);
