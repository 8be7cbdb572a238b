using Equilibrage.Core.Accounting;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;

namespace Equilibrage.Web.Components.Pages.Positions;

/// <summary>One position with its story: live while it is open, as stored afterwards.</summary>
public sealed class PositionModel(PositionId id, AccountId account, IHistory history)
{
    private const int ChartPoints = 400;
    private object? _loadedFor;
    private bool _hasMarks;

    /// <summary>The position; null while it is not known.</summary>
    public PositionView? Position { get; private set; }

    /// <summary>Its executions, oldest first.</summary>
    public IReadOnlyList<FillView> Fills { get; private set; } = [];

    /// <summary>Its story, oldest first.</summary>
    public IReadOnlyList<TimelineLine> Timeline { get; private set; } = [];

    /// <summary>How entries into its market went, ever; null when none was counted.</summary>
    public OneLegStatistics? Entries { get; private set; }

    /// <summary>Its chart.</summary>
    public PositionChart Chart { get; } = new();

    /// <summary>True after the first look into the database.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>True when the last look into the database failed.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Takes the live view; reads the database when something of lasting value changed.</summary>
    public async Task ApplyAsync(DeskView view, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(view);
        var live = view.Positions.FirstOrDefault(position => position.Id == id);
        if (live is not null) Position = live;
        var signature = live is null ? (object)"stored" : Signature(live);
        if (Equals(signature, _loadedFor)) return;
        _loadedFor = signature;
        await LoadAsync(live, cancellation);
    }

    /// <summary>Reads everything again at the next change.</summary>
    public void Forget() => _loadedFor = null;

    private async Task LoadAsync(PositionView? live, CancellationToken cancellation)
    {
        try
        {
            Position = live ?? await history.PositionAsync(account, id, cancellation);
            if (Position is { } position)
            {
                Fills = await history.FillsAsync(account, id, cancellation);
                var counts = await history.OneLegsAsync(account, position.MarketId, 0, 1, cancellation);
                Entries = counts.Items.Count > 0 ? counts.Items[0] : null;
                var journal = await history.TimelineAsync(account, id, cancellation);
                Timeline = new PositionTimeline(position).Tell(journal);
                if (!_hasMarks || live is null)
                {
                    Chart.Load(await history.MarksAsync(account, id, ChartPoints, cancellation));
                    _hasMarks = true;
                }
            }

            HasFailed = false;
        }
        catch (Exception error) when (StorageOutage.Is(error))
        {
            HasFailed = true;
        }

        IsLoaded = true;
    }

    private static object Signature(PositionView position) => (
        position.State, position.OneLeg, position.Legs[0].Bought, position.Legs[0].Sold, position.Legs[1].Bought,
        position.Legs[1].Sold,
        position.Legs[0].Payout, position.Legs[1].Payout);
}
