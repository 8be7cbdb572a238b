using Equilibrage.Core.Orders;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Risk.Checks;

/// <summary>Whether an open incident stands against an entry.</summary>
internal static class IncidentChecks
{
    /// <summary>Refuses a market that an open incident stops.</summary>
    public static Denial? NotStopped(EngineState state, Intent.Open intent) =>
        state.Incidents.Values.FirstOrDefault(incident => incident.Stops(intent.Market.Id)) is { } incident
            ? new(DenyReason.Incident, $"{incident.Id}: {incident.Subject}")
            : null;
}
