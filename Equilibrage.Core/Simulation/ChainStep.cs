using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <summary>One of several things that a user wants done on the chain together or not at all.</summary>
/// <param name="Kind">What.</param>
/// <param name="MarketId">Where.</param>
/// <param name="Sets">Sets of both outcomes to make or take apart; zero for a redemption.</param>
public sealed record ChainStep(ChainActionKind Kind, MarketId MarketId, Quantity Sets);
