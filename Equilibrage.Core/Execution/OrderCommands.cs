using System.Globalization;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Execution;

/// <summary>
/// Commands from what was planned. Ids and salt follow from the position and its place in the journal; the grid is the
/// market's at this moment, so that an order planned before a change of the grid is never sent with the new one's
/// decimals.
/// </summary>
internal static class OrderCommands
{
    /// <summary>A command that takes at once; callers make it rest.</summary>
    public static OrderCommand Make(
        EngineState state, Position position, Market market, Leg leg, Side side, Price limit, Quantity shares)
    {
        var nth = (state.Sequence + 1).ToString(CultureInfo.InvariantCulture);
        return new()
        {
            ClientOrderId = new(DerivedId.Uuid("order", state.AccountId.Value, position.Id.Value, nth)),
            AccountId = state.AccountId,
            StrategyId = position.StrategyId,
            PositionId = position.Id,
            MarketId = market.Id,
            TokenId = leg.TokenId,
            Outcome = leg.Outcome,
            Side = side,
            Limit = limit,
            Quantity = shares,
            Type = OrderType.Fak,
            Tick = market.TickSize,
            IsNegRisk = market.IsNegRisk,
            Salt = DerivedId.Salt("salt", state.AccountId.Value, position.Id.Value, nth),
            TimestampMs = state.Now.RecordedAt.ToUnixTimeMilliseconds(),
        };
    }
}
