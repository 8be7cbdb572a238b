using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <content>Incidents that are open.</content>
public sealed partial class EngineState
{
    private readonly Dictionary<IncidentId, Incident> incidents = [];

    /// <summary>Incidents that are open; each stops entries into its market, or into all.</summary>
    public IReadOnlyDictionary<IncidentId, Incident> Incidents => incidents;

    private void Raise(EngineOutput.IncidentRaised raised, Stamp at)
    {
        if (raised.Id is not { } id)
            return;
        incidents[id] = new(
            id, raised.Kind, raised.MarketId, raised.Subject, raised.Detail, raised.Difference, at);
    }
}
