using Equilibrage.Core.Orders;

namespace Equilibrage.Tests.Unit.Orders;

/// <summary>The table of an order's life, row by row.</summary>
[Trait("Tier", "Unit")]
public sealed class OrderLifeTests
{
    private static readonly OrderStatus[] All = Enum.GetValues<OrderStatus>();
    private static readonly OrderCause[] Causes = Enum.GetValues<OrderCause>();

    [Fact]
    public void Next_FromATerminalStatus_NeverReopens() => Assert.All(
        from status in All
        where status.IsTerminal()
        from cause in Causes
        from told in All
        select OrderLife.Next(status, cause, told),
        next => Assert.Null(next));

    [Fact]
    public void Next_ToldWhatIsKnown_ChangesNothing() => Assert.All(
        from status in All from cause in Causes select OrderLife.Next(status, cause, status),
        next => Assert.Null(next));

    [Theory]
    [InlineData(OrderStatus.Submitted, OrderCause.NoAnswer, OrderStatus.Unknown, OrderStatus.Unknown)]
    [InlineData(OrderStatus.Accepted, OrderCause.NoAnswer, OrderStatus.Unknown, null)]
    [InlineData(OrderStatus.PartiallyFilled, OrderCause.NoAnswer, OrderStatus.Unknown, null)]
    [InlineData(OrderStatus.Delayed, OrderCause.NoAnswer, OrderStatus.Unknown, null)]
    [InlineData(OrderStatus.Submitted, OrderCause.LookUp, OrderStatus.Unknown, null)]
    [InlineData(OrderStatus.Submitted, OrderCause.Answer, OrderStatus.Delayed, OrderStatus.Delayed)]
    [InlineData(OrderStatus.Unknown, OrderCause.LookUp, OrderStatus.Delayed, OrderStatus.Delayed)]
    [InlineData(OrderStatus.Accepted, OrderCause.Answer, OrderStatus.Delayed, null)]
    [InlineData(OrderStatus.Delayed, OrderCause.LookUp, OrderStatus.Accepted, OrderStatus.Accepted)]
    [InlineData(OrderStatus.PartiallyFilled, OrderCause.Answer, OrderStatus.Accepted, null)]
    [InlineData(OrderStatus.PartiallyFilled, OrderCause.LookUp, OrderStatus.Submitted, null)]
    [InlineData(OrderStatus.Delayed, OrderCause.Feed, OrderStatus.PartiallyFilled, OrderStatus.PartiallyFilled)]
    [InlineData(OrderStatus.Unknown, OrderCause.Feed, OrderStatus.Filled, OrderStatus.Filled)]
    [InlineData(OrderStatus.Submitted, OrderCause.NotSent, OrderStatus.Rejected, OrderStatus.Rejected)]
    [InlineData(OrderStatus.Delayed, OrderCause.Answer, OrderStatus.Rejected, OrderStatus.Rejected)]
    [InlineData(OrderStatus.Unknown, OrderCause.Absence, OrderStatus.Rejected, OrderStatus.Rejected)]
    [InlineData(OrderStatus.Accepted, OrderCause.Answer, OrderStatus.Rejected, null)]
    [InlineData(OrderStatus.PartiallyFilled, OrderCause.NotSent, OrderStatus.Rejected, null)]
    [InlineData(OrderStatus.Accepted, OrderCause.Absence, OrderStatus.Rejected, OrderStatus.Canceled)]
    [InlineData(OrderStatus.PartiallyFilled, OrderCause.LookUp, OrderStatus.Rejected, OrderStatus.Canceled)]
    [InlineData(OrderStatus.PartiallyFilled, OrderCause.Feed, OrderStatus.Expired, OrderStatus.Expired)]
    [InlineData(OrderStatus.Accepted, OrderCause.LookUp, OrderStatus.Canceled, OrderStatus.Canceled)]
    public void Next_Report_MovesAsTheTableSays(
        OrderStatus from, OrderCause cause, OrderStatus told, OrderStatus? expected) =>
        Assert.Equal(expected, OrderLife.Next(from, cause, told));
}
