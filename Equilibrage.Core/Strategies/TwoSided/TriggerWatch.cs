using Equilibrage.Core.Accounting;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Strategies.TwoSided;

/// <summary>
/// Remembers triggers that were seen but not yet confirmed. Not journalled: after a restart the count starts at zero.
/// </summary>
public sealed class TriggerWatch
{
    private readonly Dictionary<PositionId, Sighting> sightings = [];

    /// <summary>
    /// Takes one sample. True when the same trigger was seen often enough in a row, or has stood long enough.
    /// </summary>
    public bool IsConfirmed(EngineOutput.ExitBegun exit, int samples, decimal seconds, DateTimeOffset recordedAt)
    {
        ArgumentNullException.ThrowIfNull(exit);
        var known = sightings.GetValueOrDefault(exit.PositionId);
        var isSame = known is not null && known.Outcome == exit.Outcome && known.Reason == exit.Reason;
        var now = isSame
            ? known! with { Count = known.Count + 1 }
            : new Sighting(exit.Outcome, exit.Reason, recordedAt, 1);
        sightings[exit.PositionId] = now;
        var stood = (decimal)(recordedAt - now.Since).TotalSeconds;
        return now.Count >= samples || (now.Count > 1 && stood >= seconds);
    }

    /// <summary>The trigger is gone, or the position is.</summary>
    public void Forget(PositionId position) => sightings.Remove(position);

    /// <summary>Forgets every position but these.</summary>
    public void Keep(IReadOnlyDictionary<PositionId, Position> positions)
    {
        ArgumentNullException.ThrowIfNull(positions);
        foreach (var gone in sightings.Keys.Where(id => !positions.ContainsKey(id)).ToList())
            sightings.Remove(gone);
    }

    private sealed record Sighting(Outcome Outcome, ExitReason Reason, DateTimeOffset Since, int Count);
}
