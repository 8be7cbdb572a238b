using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Tests.Support.Trading;

/// <summary>The pure half of a venue, and executions as a venue would report them.</summary>
internal sealed class FakeVenue : IOrderPreparer
{
    private int trades;

    public PreparedOrder Prepare(OrderCommand command) =>
        new(command, new(DerivedId.Hex("fake", command.ClientOrderId.Value)));

    /// <summary>
    /// An execution of an order at a price, its limit unless told, with the fee of <paramref name="rateMicros"/>.
    /// </summary>
    public Fill Fill(PreparedOrder order, decimal shares, decimal? price, long rateMicros, DateTimeOffset at)
    {
        var (command, quantity) = (order.Command, Quantity.FromDecimal(shares));
        var paid = price is { } given ? Price.FromDecimal(given) : command.Limit;
        return new()
        {
            TradeId = new($"trade-{++trades}"),
            VenueOrderId = order.VenueOrderId,
            TokenId = command.TokenId,
            Side = command.Side,
            Price = paid,
            Quantity = quantity,
            Notional = command.Side == Side.Buy ? paid.CostOf(quantity) : paid.ProceedsOf(quantity),
            Fee = new Equilibrage.Core.Markets.FeeSchedule(rateMicros, false).TakerFee(paid, quantity),
            Liquidity = Liquidity.Taker,
            ExecutedAt = at,
        };
    }
}
