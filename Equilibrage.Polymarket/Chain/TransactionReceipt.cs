using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>What a transaction did, once it stands in a block.</summary>
/// <param name="Hash">The transaction.</param>
/// <param name="HasSucceeded">False when its contract refused, and nothing but the gas moved.</param>
/// <param name="BlockNumber">The block.</param>
/// <param name="Logs">Events of the contracts, in order.</param>
public sealed record TransactionReceipt(
    Bytes32 Hash, bool HasSucceeded, ulong BlockNumber, IReadOnlyList<TransactionLog> Logs);
