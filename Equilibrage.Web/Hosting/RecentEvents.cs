using System.Collections.Immutable;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Hosting;

/// <summary>The latest executions and incidents, newest first, at most 50 of each.</summary>
internal sealed class RecentEvents
{
    private const int Most = 50;

    /// <summary>Executions since the start of this process.</summary>
    public ImmutableList<FillView> Fills { get; private set; } = [];

    /// <summary>Incidents since the start of this process.</summary>
    public ImmutableList<IncidentView> Incidents { get; private set; } = [];

    /// <summary>Every incident that is open, then what was closed or told since the start of this process.</summary>
    public IReadOnlyList<IncidentView> AllIncidents(EngineState state) =>
    [
        .. state.Incidents.Values.OrderByDescending(incident => incident.RaisedAt.RecordedAt)
            .Select(incident => IncidentView.Of(incident, state)),
        .. Incidents.Where(known => known.Id is not { } id || !state.Incidents.ContainsKey(id)),
    ];

    /// <summary>Takes in what was journalled.</summary>
    public void Add(IReadOnlyList<JournalRecord> records, EngineState state)
    {
        foreach (var record in records)
        {
            switch (record.Output)
            {
                case EngineOutput.FillBooked booked: Fills = Push(Fills, View(booked, state)); break;
                case EngineOutput.TradeSettled settled:
                    Fills = Fills.ConvertAll(fill => fill.TradeId == settled.TradeId
                        ? fill with { Settlement = settled.IsConfirmed ? EntryStatus.Posted : EntryStatus.Voided }
                        : fill);
                    break;
                case EngineOutput.IncidentRaised raised:
                    Incidents = Push(
                        raised.Id is null ? Incidents : Incidents.RemoveAll(known => known.Id == raised.Id),
                        IncidentView.Of(record.At, raised, state));
                    break;
                case EngineOutput.IncidentClosed closed:
                    Incidents = Incidents.ConvertAll(known => known.Id == closed.Id
                        ? known with { ClosedAt = record.At.RecordedAt, How = closed.How }
                        : known);
                    break;
            }
        }
    }

    private static FillView View(EngineOutput.FillBooked booked, EngineState state) => new(
        booked.Fill.TradeId, booked.PositionId, booked.Outcome, booked.Fill.Side,
        booked.Fill.Price, booked.Fill.Quantity, booked.Fill.Notional, booked.Fill.Fee,
        state.Orders.GetValueOrDefault(booked.ClientOrderId)?.Reason, booked.Fill.ExecutedAt, EntryStatus.Pending)
    {
        OrderId = booked.ClientOrderId,
    };

    private static ImmutableList<T> Push<T>(ImmutableList<T> list, T item)
    {
        var pushed = list.Insert(0, item);
        return pushed.Count > Most ? pushed.RemoveRange(Most, pushed.Count - Most) : pushed;
    }
}
