using Equilibrage.Core.Orders;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Engine;

/// <summary>Ends incidents at the operator's word.</summary>
internal static class Incidents
{
    /// <summary>Closes an open incident; null when that was done.</summary>
    public static Denial? Close(EngineState state, OperatorCommand.CloseIncident close, Recorder record)
    {
        if (!state.Incidents.ContainsKey(close.IncidentId))
            return new(DenyReason.UnknownIncident, "it is closed or was never raised");
        record.Emit(new EngineOutput.IncidentClosed(close.IncidentId, "closed by the operator"));
        return null;
    }
}
