using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Simulation;

/// <summary>An end that somebody ordered for a market in place of the one that was drawn for it.</summary>
/// <param name="MarketId">The market.</param>
/// <param name="Kind">How it is announced.</param>
/// <param name="PayoutYes">Dollars per share of the first outcome: 1, 0 or 0.5; null for what its price arrives at.
/// </param>
/// <param name="ResolvedAt">Market second from which on the venue pays.</param>
public sealed record ForcedEnd(MarketId MarketId, ResolutionKind Kind, Price? PayoutYes, long ResolvedAt);
