using Equilibrage.Core.Orders;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Engine;

/// <summary>
/// The kill switch: who pulls it, when the venue has acknowledged it, and who may clear it. While it is pulled nothing
/// is entered; exits, reconciliation and settlement go on. Rules: docs/risk.md.
/// </summary>
internal static class KillSwitch
{
    /// <summary>Takes in what concerns the switch.</summary>
    public static void Absorb(EngineState state, EngineEvent cause, Recorder record)
    {
        switch (cause)
        {
            case EngineEvent.SwitchRead { Reason: { } reason } read:
                state.HaltSwitches[read.Switch] = reason;
                Pull(state, record, read.Switch, reason);
                break;
            case EngineEvent.SwitchRead read: state.HaltSwitches.Remove(read.Switch); break;
            case EngineEvent.FeedWatched { Lost: { } lost }: Pull(state, record, HaltCause.FeedLost, lost); break;
            case EngineEvent.FeedWatched when state.Halt?.Cause == HaltCause.FeedLost:
                record.Emit(new EngineOutput.Resumed("the feed is back"));
                break;
            case EngineEvent.CanceledAll swept when state.Halt is { AcknowledgedAt: null } halt:
                Sweep(state, record, swept, halt);
                break;
        }
    }

    /// <summary>Pulls the switch; a cause that clears itself gives way to one that does not.</summary>
    public static void Pull(EngineState state, Recorder record, HaltCause cause, string reason)
    {
        var isNews = state.Halt is not { } halt
            || (halt.Cause == HaltCause.FeedLost && cause != HaltCause.FeedLost);
        if (isNews)
            record.Emit(new EngineOutput.Halted(cause, reason));
    }

    /// <summary>
    /// True when the venue is to be asked again to cancel everything, since it has not confirmed that nothing is open:
    /// with every look at the positions, and whenever the switch outside is read.
    /// </summary>
    public static bool AsksAgain(EngineState state, EngineEvent cause) =>
        state.Halt is { AcknowledgedAt: null } && cause is EngineEvent.MonitorDue or EngineEvent.SwitchRead;

    /// <summary>Clears the switch for the operator; why not, when something outside still holds it.</summary>
    public static Denial? Clear(EngineState state, Recorder record)
    {
        if (state.HaltSwitches.Count > 0)
        {
            var standing = string.Join(" and ", state.HaltSwitches.Values.Order(StringComparer.Ordinal));
            return new(DenyReason.Halted, $"{standing}; take it away first");
        }

        if (state.Halt is { } halt)
        {
            record.Emit(new EngineOutput.Resumed("resumed by the operator"));
            LossWatch.Accept(state, halt.Cause, record);
        }

        return null;
    }

    private static void Sweep(EngineState state, Recorder record, EngineEvent.CanceledAll swept, Halt halt)
    {
        var canceled = state.HaltProgress.Canceled + swept.Canceled;
        if (swept.Open is not { } open)
        {
            state.HaltProgress = state.HaltProgress with { Canceled = canceled, Problem = swept.Error?.Message };
            return;
        }

        var left = open.Select(order => order.VenueOrderId)
            .Where(id => state.FindOrder(id) is not { } own || IsMeant(own, halt))
            .Concat(state.Orders.Values
                .Where(order => IsInFlight(order) && IsMeant(order, halt))
                .Select(order => order.Prepared.VenueOrderId))
            .Distinct()
            .Count();
        state.HaltProgress = new(canceled, left, null);
        if (left == 0)
            record.Emit(new EngineOutput.HaltAcknowledged(canceled));
    }

    // An exit that was begun after the switch was pulled is wanted; everything else has to go.
    private static bool IsMeant(Order order, Halt halt) =>
        order.Reason is null || order.SubmittedAt.RecordedAt <= halt.Since.RecordedAt;

    // What the venue does not show yet may still arrive there.
    private static bool IsInFlight(Order order) =>
        order.Status is OrderStatus.Submitted or OrderStatus.Delayed or OrderStatus.Unknown;
}
