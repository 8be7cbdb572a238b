using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Polymarket.Chain;

/// <summary>What a unit of gas costs, in the coin's smallest unit.</summary>
/// <param name="MaxPriorityFee">Most that the block's maker gets.</param>
/// <param name="MaxFee">Most that it may cost altogether.</param>
public sealed record GasPrice(UInt256 MaxPriorityFee, UInt256 MaxFee);
