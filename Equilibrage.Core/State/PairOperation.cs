using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <summary>A split or merge of ours that was asked for and has not been answered.</summary>
/// <param name="Operation">What was asked for.</param>
/// <param name="PositionId">Whose it is.</param>
/// <param name="PriceYes">The first outcome's part of each dollar; the second's is the rest.</param>
/// <param name="Reserved">Collateral set aside for a split; zero for a merge.</param>
/// <param name="RequestedAt">Both clocks of the request.</param>
public sealed record PairOperation(
    ChainOperation Operation, PositionId PositionId, Price PriceYes, Usdc Reserved, Stamp RequestedAt);
