using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Engine;

/// <summary>Asks the venue to cancel orders. Which of cancel and execution comes first is the venue's to say.</summary>
internal static class Cancellations
{
    /// <summary>Asks for a cancel; nothing happens for an order that ended or is being canceled.</summary>
    public static void Request(EngineState state, ClientOrderId id, string why, Recorder record)
    {
        if (state.Orders.TryGetValue(id, out var order) && order is { IsWorking: true, CancelRequestedAt: null })
            record.Emit(new EngineOutput.CancelRequested(id, order.Command.PositionId, why));
    }

    /// <summary>The venue refused: the order works on, and may be asked for again.</summary>
    public static void Refuse(EngineState state, EngineEvent.CancelFailed failed, Recorder record)
    {
        if (state.Orders.TryGetValue(failed.ClientOrderId, out var order)
            && order is { IsWorking: true, CancelRequestedAt: not null })
        {
            record.Emit(new EngineOutput.CancelRefused(
                failed.ClientOrderId, order.Command.PositionId, failed.Error.Message));
        }
    }
}
