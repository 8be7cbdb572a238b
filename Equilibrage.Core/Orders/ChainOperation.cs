using System.Globalization;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Orders;

/// <summary>Something that the account does with its shares and dollars beside orders.</summary>
/// <param name="Id">Its id: whatever happens, the operation of one id is carried out at most once.</param>
/// <param name="Kind">What is to be done.</param>
/// <param name="MarketId">The market whose shares move.</param>
/// <param name="PositionId">The position that it is done for; null for redemptions, which concern a market.</param>
/// <param name="Amount">
/// Pairs to make (split) or to take apart (merge), shares of the second outcome to convert; zero for a redemption,
/// which turns all that is held.
/// </param>
public sealed record ChainOperation(
    OperationId Id, ChainOperationKind Kind, MarketId MarketId, PositionId? PositionId, Quantity Amount)
{
    /// <summary>The redemption of a market: the same id however often it is asked for.</summary>
    /// <param name="market">The market.</param>
    /// <param name="round">
    /// How often it was redeemed before: an execution that is heard of after that leaves something for another round.
    /// </param>
    public static ChainOperation Redemption(MarketId market, int round = 0) => new(
        new(round == 0
            ? DerivedId.Uuid("redemption", market.Value)
            : DerivedId.Uuid("redemption", market.Value, round.ToString(CultureInfo.InvariantCulture))),
        ChainOperationKind.Redeem, market, null, Quantity.Zero);
}
