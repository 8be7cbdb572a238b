using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <summary>An incident that is open: while it is, its market (or, without one, every market) is not entered.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">What went wrong.</param>
/// <param name="MarketId">The market that it stops; null when it concerns no single one.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Detail">Numbers and the best explanation.</param>
/// <param name="Difference">The two numbers, where two numbers differ.</param>
/// <param name="RaisedAt">Both clocks when it was raised.</param>
public sealed record Incident(
    IncidentId Id, IncidentKind Kind, MarketId? MarketId, string Subject, string Detail, Difference? Difference,
    Stamp RaisedAt)
{
    /// <summary>True when it stops entries into a market.</summary>
    public bool Stops(MarketId market) => MarketId is { } own ? own == market : Kind is IncidentKind.Cash;
}
