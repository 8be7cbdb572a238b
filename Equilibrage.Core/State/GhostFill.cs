using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <summary>An execution that was matched and then failed to settle: it counts for nothing, and is shown.</summary>
/// <param name="ClientOrderId">The order that was executed.</param>
/// <param name="PositionId">Its position.</param>
/// <param name="MarketId">Its market.</param>
/// <param name="Outcome">Its leg.</param>
/// <param name="Fill">What was matched.</param>
/// <param name="VoidedAt">Both clocks when it was taken back.</param>
public sealed record GhostFill(
    ClientOrderId ClientOrderId, PositionId PositionId, MarketId MarketId, Outcome Outcome, Fill Fill, Stamp VoidedAt);
