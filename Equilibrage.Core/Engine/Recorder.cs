using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Engine;

/// <summary>Gives outputs their place in the journal and folds them at once, for one event at a time.</summary>
internal sealed class Recorder(EngineState state, Stamp at)
{
    private readonly long cause = state.Sequence + 1;
    private readonly List<JournalRecord> records = [];
    private readonly HashSet<PositionId> touched = [];

    /// <summary>Sequence of the record that comes next.</summary>
    public long Next => state.Sequence + 1;

    /// <summary>What was recorded so far.</summary>
    public IReadOnlyList<JournalRecord> Records => records;

    /// <summary>Positions that the records concern.</summary>
    public IReadOnlyCollection<PositionId> Touched => touched;

    /// <summary>Records an output and folds it.</summary>
    public void Emit(EngineOutput output, string? source = null, string? sourceEventId = null)
    {
        var position = PositionOf(output);
        var record = new JournalRecord
        {
            Sequence = state.Sequence + 1,
            CauseSequence = cause,
            At = at,
            AccountId = state.AccountId,
            StrategyId = StrategyOf(output, position),
            MarketId = MarketOf(output, position),
            PositionId = position,
            ClientOrderId = OrderOf(output),
            Source = source,
            SourceEventId = sourceEventId,
            Output = output,
        };
        state.Apply(record);
        records.Add(record);
        if (position is { } id)
            touched.Add(id);
        if (output is EngineOutput.RedemptionBooked redeemed)
            touched.UnionWith(redeemed.Entries.Select(entry => entry.PositionId).OfType<PositionId>());
    }

    private StrategyId? StrategyOf(EngineOutput output, PositionId? position) => output switch
    {
        EngineOutput.PositionOpened opened => opened.Position.StrategyId,
        _ => Find(position)?.StrategyId,
    };

    private MarketId? MarketOf(EngineOutput output, PositionId? position) => output switch
    {
        EngineOutput.PositionOpened opened => opened.Market.Id,
        EngineOutput.MarketResolved resolved => resolved.Resolution.MarketId,
        EngineOutput.RedemptionRequested requested => requested.MarketId,
        EngineOutput.RedemptionBooked booked => booked.MarketId,
        EngineOutput.IncidentRaised raised => raised.MarketId,
        EngineOutput.ExternalBooked booked => booked.MarketId,
        EngineOutput.CallJudged judged => judged.MarketId,
        _ => Find(position)?.MarketId,
    };

    private Accounting.Position? Find(PositionId? id) =>
        id is { } known ? state.Positions.GetValueOrDefault(known) : null;

    private static PositionId? PositionOf(EngineOutput output) => output switch
    {
        EngineOutput.PositionOpened opened => opened.Position.Id,
        EngineOutput.PositionMoved moved => moved.PositionId,
        EngineOutput.ExitBegun begun => begun.PositionId,
        EngineOutput.LegExited exited => exited.PositionId,
        EngineOutput.OrderSubmitted submitted => submitted.Order.Command.PositionId,
        EngineOutput.OrderUpdated updated => updated.PositionId,
        EngineOutput.FillBooked booked => booked.PositionId,
        EngineOutput.TradeSettled settled => settled.PositionId,
        EngineOutput.SharesMoved moved => moved.PositionId,
        EngineOutput.LegSettled settled => settled.PositionId,
        EngineOutput.CommandAnswered answered => answered.PositionId,
        EngineOutput.CancelRequested asked => asked.PositionId,
        EngineOutput.LookUpRequested asked => asked.PositionId,
        EngineOutput.CancelRefused refused => refused.PositionId,
        EngineOutput.PairRequested requested => requested.Operation.PositionId,
        EngineOutput.PairBooked booked => booked.PositionId,
        EngineOutput.PairFailed failed => failed.PositionId,
        EngineOutput.OneLegDecided decided => decided.PositionId,
        EngineOutput.OneLegEnded ended => ended.PositionId,
        EngineOutput.CallJudged judged => judged.PositionId,
        _ => null,
    };

    private static ClientOrderId? OrderOf(EngineOutput output) => output switch
    {
        EngineOutput.OrderSubmitted submitted => submitted.Order.Command.ClientOrderId,
        EngineOutput.OrderUpdated updated => updated.ClientOrderId,
        EngineOutput.FillBooked booked => booked.ClientOrderId,
        EngineOutput.CancelRequested asked => asked.ClientOrderId,
        EngineOutput.LookUpRequested asked => asked.ClientOrderId,
        EngineOutput.CancelRefused refused => refused.ClientOrderId,
        EngineOutput.CallJudged judged => judged.ClientOrderId,
        _ => null,
    };
}
