using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;

namespace Equilibrage.Web.Components.Pages.Overview;

/// <summary>What the markets of recent executions are called; closed positions are looked up once.</summary>
public sealed class FillNames
{
    private readonly Dictionary<PositionId, PositionView?> _known = [];

    /// <summary>The position of an execution, or null while it is not known.</summary>
    public PositionView? Find(PositionId id) => _known.GetValueOrDefault(id);

    /// <summary>Learns the names for these executions and forgets the others.</summary>
    public async Task LearnAsync(DeskView view, IHistory history, AccountId account, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(history);
        foreach (var position in view.Positions) _known[position.Id] = position;
        var wanted = view.RecentFills.Select(fill => fill.PositionId).ToHashSet();
        foreach (var id in _known.Keys.Where(id => !wanted.Contains(id)).ToList()) _known.Remove(id);
        foreach (var id in wanted.Where(id => !_known.ContainsKey(id)))
        {
            _known[id] = null; // Marked before the query, so that the next redraw does not ask again.
            try
            {
                _known[id] = await history.PositionAsync(account, id, cancellation);
            }
            catch (Exception error) when (StorageOutage.Is(error))
            {
                _known.Remove(id); // A later redraw asks again; until then the list shows no name.
            }
        }
    }
}
