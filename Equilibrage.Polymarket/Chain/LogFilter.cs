using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>Which events are looked for.</summary>
/// <param name="Contract">Who reports them.</param>
/// <param name="FromBlock">First block.</param>
/// <param name="ToBlock">Last block.</param>
/// <param name="Topics">What may stand at each place; an empty list for anything.</param>
public sealed record LogFilter(
    EthereumAddress Contract, long FromBlock, long ToBlock, IReadOnlyList<IReadOnlyList<Bytes32>> Topics);
