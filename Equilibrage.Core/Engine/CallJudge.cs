using System.Globalization;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Engine;

/// <summary>
/// Judges how calls to the venue went, for breakers and the halt for errors in a row. A refused sale says nothing:
/// shares that were bought a moment ago can be sold only once they are on the chain, and the venue refuses until then.
/// </summary>
internal static class CallJudge
{
    /// <summary>
    /// The order whose call an event tells of for the first time; null when it tells of none. Asked before the event is
    /// absorbed: a report that comes twice counts once.
    /// </summary>
    public static Order? Concerned(EngineState state, EngineEvent cause)
    {
        var id = cause switch
        {
            EngineEvent.Answered answered => answered.ClientOrderId,
            EngineEvent.CancelFailed failed => failed.ClientOrderId,
            EngineEvent.LookedUp looked => looked.ClientOrderId,
            _ => (ClientOrderId?)null,
        };
        if (id is not { } known || !state.Orders.TryGetValue(known, out var order))
            return null;
        var isNews = cause is EngineEvent.Answered
            ? order.Status == OrderStatus.Submitted
            : order is { IsWorking: true, CancelRequestedAt: not null };
        return isNews ? order : null;
    }

    /// <summary>Judges the call that an absorbed event told of.</summary>
    public static void Judge(EngineState state, EngineEvent cause, Order? concerned, Recorder record)
    {
        if (concerned is { } order)
        {
            switch (cause)
            {
                case EngineEvent.Answered answered: Submitted(state, answered, order, record); break;
                case EngineEvent.CancelFailed failed:
                    Tell(state, record, order, CallFault.CancelFailed, isCancel: true, false, failed.Error.Message);
                    break;
                case EngineEvent.LookedUp { Order.Status: OrderStatus.Canceled }:
                    Tell(state, record, order, null, isCancel: true, false, null);
                    break;
            }
        }

        Conclude(state, record);
    }

    private static void Submitted(EngineState state, EngineEvent.Answered answered, Order order, Recorder record)
    {
        var isPurchase = order.Command.Side == Side.Buy;
        if (answered.Error is { } error)
        {
            // A place or account that is not served ends all trading by itself.
            if (error.Kind == VenueErrorKind.Restricted || (error.Kind == VenueErrorKind.Refused && !isPurchase))
                return;
            Tell(state, record, order, CallFault.Rejected, false, !error.IsTransient, error.Message);
        }
        else if (answered.Answer is { Status: OrderStatus.Rejected } refused)
        {
            if (isPurchase)
                Tell(state, record, order, CallFault.Rejected, false, true, refused.Reason);
        }
        else
        {
            var took = (answered.At.RecordedAt - order.SubmittedAt.RecordedAt).TotalMilliseconds;
            var isSlow = took > state.Settings.Limits.BreakerSlowMs;
            var detail = string.Create(CultureInfo.InvariantCulture, $"answered after {took:0} ms");
            Tell(state, record, order, isSlow ? CallFault.Slow : null, false, false, isSlow ? detail : null);
        }
    }

    /// <summary>A trial whose answer never came is judged by what became of its order.</summary>
    private static void Conclude(EngineState state, Recorder record)
    {
        foreach (var breaker in state.MarketBreakers.Values.Append(state.GlobalBreaker).ToList())
        {
            if (breaker.Trial is not { } trial || !state.Orders.TryGetValue(trial, out var order)
                || order.Status is OrderStatus.Submitted or OrderStatus.Unknown or OrderStatus.Delayed)
                continue;
            var isRefused = order.Status == OrderStatus.Rejected;
            Tell(state, record, order, isRefused ? CallFault.Rejected : null, false, isRefused, order.Why);
        }
    }

    /// <summary>Records what changes something: every fault, and a success after faults.</summary>
    private static void Tell(
        EngineState state, Recorder record, Order order, CallFault? fault, bool isCancel, bool isError, string? detail)
    {
        var command = order.Command;
        var judged = new EngineOutput.CallJudged(
            command.MarketId, command.PositionId, command.ClientOrderId, fault, isCancel, isError, detail);
        if (fault is null && !IsNews(state, judged))
            return;
        record.Emit(judged);
        var most = state.Settings.Limits.ErrorsInARow;
        if (isError && most > 0 && state.ErrorsInARow > most)
        {
            KillSwitch.Pull(
                state, record, HaltCause.Errors, $"{state.ErrorsInARow} orders in a row failed, the last: {detail}");
        }
    }

    private static bool IsNews(EngineState state, EngineOutput.CallJudged judged) =>
        (state.ErrorsInARow > 0 && !judged.IsCancel)
        || state.GlobalBreaker.Succeed(judged.ClientOrderId, judged.IsCancel) != state.GlobalBreaker
        || state.BreakerOf(judged.MarketId) is var breaker
            && breaker.Succeed(judged.ClientOrderId, judged.IsCancel) != breaker;
}
