using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Projections;

/// <summary>An execution that was matched and then failed to settle. It counts for nothing.</summary>
/// <param name="TradeId">The venue's trade.</param>
/// <param name="ClientOrderId">The order that was executed.</param>
/// <param name="PositionId">Its position.</param>
/// <param name="MarketId">Its market.</param>
/// <param name="Outcome">Its leg.</param>
/// <param name="Side">Purchase or sale.</param>
/// <param name="Shares">Shares.</param>
/// <param name="Notional">Dollars without fee.</param>
/// <param name="Fee">Fee.</param>
/// <param name="MatchedAt">Market time of the match.</param>
/// <param name="VoidedAt">Market time at which it was taken back.</param>
public sealed record GhostView(
    TradeId TradeId, ClientOrderId ClientOrderId, PositionId PositionId, MarketId MarketId, Outcome Outcome, Side Side,
    Quantity Shares, Usdc Notional, Usdc Fee, DateTimeOffset MatchedAt, DateTimeOffset VoidedAt)
{
    /// <summary>All that are remembered, newest first.</summary>
    public static IReadOnlyList<GhostView> Of(EngineState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return [.. state.Ghosts.Reverse().Select(ghost => new GhostView(
            ghost.Fill.TradeId, ghost.ClientOrderId, ghost.PositionId, ghost.MarketId, ghost.Outcome, ghost.Fill.Side,
            ghost.Fill.Quantity, ghost.Fill.Notional, ghost.Fill.Fee, ghost.Fill.ExecutedAt,
            ghost.VoidedAt.MarketTime))];
    }
}
