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
    private readonly List<DecisionRecord> entries = [];
    private readonly List<PriceMark> marks = [];
    private readonly List<EquityPoint> equity = [];
    private readonly Dictionary<PositionId, Position> positions = [];

    /// <summary>Refused decisions, which nothing waits for.</summary>
    public List<DecisionRecord> Refusals { get; } = [];

    /// <summary>Counts of finished scans, which nothing waits for either.</summary>
    public List<ScanCount> Scans { get; } = [];

    /// <summary>What is to be sent after the write.</summary>
    public List<VenueRequest> Requests { get; } = [];

    /// <summary>What operators are to be told after the write.</summary>
    public Dictionary<string, CommandOutcome> Answers { get; } = [];

    /// <summary>Adds one event's turn.</summary>
    public void Add(EngineTurn turn)
    {
        records.AddRange(turn.Batch.Records);
        foreach (var decision in turn.Batch.Decisions)
            (decision.PositionId is null ? Refusals : entries).Add(decision);
        marks.AddRange(turn.Batch.Marks);
        equity.AddRange(turn.Batch.Equity);
        Scans.AddRange(turn.Batch.Scans);
        foreach (var position in turn.Batch.Positions)
            positions[position.Id] = position;
        Requests.AddRange(turn.Requests);
        foreach (var (command, outcome) in turn.Answers)
            Answers[command] = outcome;
    }

    /// <summary>Everything that must be durable before anything is sent, as one batch.</summary>
    /// <param name="epoch">The lease under which it was decided.</param>
    public JournalBatch ToBatch(long epoch) => new()
    {
        Epoch = epoch,
        Records = [.. records],
        Decisions = [.. entries],
        Marks = [.. marks],
        // The loop may handle several monitors in one turn; the last point says it all.
        Equity = equity.Count == 0 ? [] : [equity[^1]],
        Positions = [.. positions.Values],
    };
}
