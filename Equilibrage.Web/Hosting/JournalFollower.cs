using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// The state as the journal tells it, folded record by record and kept up to date while another process writes. Nothing
/// is decided here.
/// </summary>
internal sealed class JournalFollower(IJournal journal, AccountId account, string mode)
{
    private readonly RecentEvents recent = new();

    /// <summary>The state up to the last record that was read.</summary>
    public EngineState State { get; } = new(account);

    /// <summary>Reads what was written since the last call.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        await foreach (var record in journal.ReadAsync(account, State.Sequence, cancellation))
        {
            State.Apply(record);
            recent.Add([record], State);
        }

        foreach (var (token, bid) in await journal.ReadLastBidsAsync(account, cancellation))
            State.LastBids[token] = bid;
    }

    /// <summary>What pages may show of it: no live books, and no scan.</summary>
    public DeskView View(EngineActivity activity, string detail) => new()
    {
        Activity = activity,
        ActivityDetail = detail,
        Overview = State.IsOpened ? Projector.Overview(State, mode) : null,
        Positions = Projector.Positions(State),
        Settings = State.Settings,
        RecentFills = recent.Fills,
        Incidents = recent.AllIncidents(State),
    };
}
