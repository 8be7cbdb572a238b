using Equilibrage.Core.Accounting;
using Equilibrage.Core.Engine;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Hosting;

/// <summary>Collects what several events led to, so that one transaction writes it all (group commit).</summary>
internal sealed class TurnBuffer
{
    private readonly List<JournalRecord> records = [];
    private readonly List<DecisionRecord> decisions = [];
    private readonly List<PriceMark> marks = [];
    private readonly List<EquityPoint> equity = [];
    private readonly List<ScanCount> scans = [];
    private readonly Dictionary<PositionId, Position> positions = [];

    /// <summary>What is to be sent after the write.</summary>
    public List<VenueRequest> Requests { get; } = [];

    /// <summary>What operators are to be told after the write.</summary>
    public Dictionary<string, CommandOutcome> Answers { get; } = [];

    /// <summary>Adds one event's turn.</summary>
    public void Add(EngineTurn turn)
    {
        records.AddRange(turn.Batch.Records);
        decisions.AddRange(turn.Batch.Decisions);
        marks.AddRange(turn.Batch.Marks);
        equity.AddRange(turn.Batch.Equity);
        scans.AddRange(turn.Batch.Scans);
        foreach (var position in turn.Batch.Positions)
            positions[position.Id] = position;
        Requests.AddRange(turn.Requests);
        foreach (var (command, outcome) in turn.Answers)
            Answers[command] = outcome;
    }

    /// <summary>Everything so far as one batch.</summary>
    public JournalBatch ToBatch() => new()
    {
        Records = [.. records],
        Decisions = [.. decisions],
        Marks = [.. marks],
        // The loop may handle several monitors in one turn; the last point says it all.
        Equity = equity.Count == 0 ? [] : [equity[^1]],
        Scans = [.. scans],
        Positions = [.. positions.Values],
    };
}
