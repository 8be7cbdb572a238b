using Equilibrage.Core.Accounting;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Engine;

/// <summary>
/// What is heard of our orders, over whatever channel, in whatever order and number: executions that are new are
/// booked, the status moves where <see cref="OrderLife"/> says.
/// </summary>
internal static class OrderReports
{
    /// <summary>The venue answered a submit, or did not.</summary>
    public static void Answer(EngineState state, Recorder record, EngineEvent.Answered answered)
    {
        var id = answered.ClientOrderId;
        if (answered.Answer is { } answer)
            Absorb(state, record, id, answer.Fills, new(OrderCause.Answer, answer.Status, answer.Reason));
        if (answered.Error is not { } error)
            return;
        // Only an order that is known not to exist may end here; no answer at all is Unknown and will be looked up.
        Absorb(state, record, id, [], error.Kind == VenueErrorKind.Unknown
            ? new(OrderCause.NoAnswer, OrderStatus.Unknown, error.Message)
            : new(OrderCause.NotSent, OrderStatus.Rejected, error.Message));
        if (error.Kind == VenueErrorKind.Restricted)
            Absorber.Decline(state, record, "orders", error);
    }

    /// <summary>The venue's record of an order; none means that it refuses the order for good.</summary>
    public static void LookUp(EngineState state, Recorder record, EngineEvent.LookedUp looked) => Absorb(
        state, record, looked.ClientOrderId, looked.Order?.Fills ?? [], looked.Order is { } order
            ? new(OrderCause.LookUp, order.Status, order.Reason)
            : new(OrderCause.LookUp, OrderStatus.Rejected, "the venue has no such order and refuses it"));

    /// <summary>The feed told of an execution.</summary>
    public static void Fill(EngineState state, Recorder record, FeedEvent.Filled filled)
    {
        if (state.FindOrder(filled.Fill.VenueOrderId) is { } order)
        {
            Absorb(
                state, record, order.Command.ClientOrderId, [filled.Fill], new(OrderCause.Feed, filled.Status, null));
        }
    }

    /// <summary>The feed told that an order ended.</summary>
    public static void End(EngineState state, Recorder record, FeedEvent.OrderEnded ended)
    {
        if (state.FindOrder(ended.VenueOrderId) is { } order)
        {
            Absorb(
                state, record, order.Command.ClientOrderId, [], new(OrderCause.Feed, ended.Status, ended.Reason));
        }
    }

    /// <summary>It is proven that the venue never had an order, or has it no more.</summary>
    public static void EndAbsent(EngineState state, Recorder record, ClientOrderId id) => Absorb(
        state, record, id, [],
        new(OrderCause.Absence, OrderStatus.Rejected, "the venue shows no trace of it, and the balances agree"));

    private static void Absorb(
        EngineState state, Recorder record, ClientOrderId id, IReadOnlyList<Fill> fills, Report report)
    {
        if (state.Recall(id) is not { } order)
            return;
        foreach (var fill in fills.Where(fill => order.Fills.All(known => known.TradeId != fill.TradeId)))
            Book(state, record, state.Recall(id)!, fill);
        order = state.Recall(id)!;
        if (OrderLife.Next(order.Status, report.Cause, report.Status) is not { } status)
            return;
        var rest = status.IsTerminal() ? order.Reserved : Usdc.Zero;
        record.Emit(new EngineOutput.OrderUpdated(
            id, order.Command.PositionId, status, report.Why, Release("rest", order, rest))
        {
            From = order.Status, Cause = report.Cause,
        });
    }

    private static void Book(EngineState state, Recorder record, Order order, Fill fill)
    {
        var (id, position, outcome) = (order.Command.ClientOrderId, order.Command.PositionId, order.Command.Outcome);
        state.Revive(position);
        if (fill.Side == Side.Sell)
            Lots.Cover(state, record, position, outcome, fill, "the venue sold more than the position held");
        var entry = fill.Side == Side.Buy
            ? Entries.Buy(fill, position)
            : Entries.Sell(fill, position, state.Positions[position].Leg(outcome).BasisOf(fill.Quantity));
        var used = fill.Side == Side.Buy ? Usdc.Min(order.Reserved, fill.Notional + fill.Fee) : Usdc.Zero;
        record.Emit(
            new EngineOutput.FillBooked(id, position, outcome, fill, entry, Release(fill.TradeId.Value, order, used)),
            "venue", $"{fill.TradeId}:{fill.VenueOrderId}");
        Settlements.Recall(state, record, fill.TradeId);
    }

    private static Entry? Release(string cause, Order order, Usdc amount) => amount == Usdc.Zero
        ? null
        : Entries.Release(cause, order.Command.ClientOrderId, order.Command.PositionId, amount);

    /// <summary>What somebody says about where an order stands.</summary>
    private readonly record struct Report(OrderCause Cause, OrderStatus Status, string? Why);
}
