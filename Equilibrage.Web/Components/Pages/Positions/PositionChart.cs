using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;
using Equilibrage.Web.Components.Controls;

namespace Equilibrage.Web.Components.Pages.Positions;

/// <summary>The chart of a position: both legs' bids since entry, entry and trigger lines, what was sold.</summary>
public sealed class PositionChart
{
    private const int MaxPoints = 1_000;
    private readonly List<ChartPoint> _yes = [];
    private readonly List<ChartPoint> _no = [];

    /// <summary>Replaces the points by the stored ones.</summary>
    public void Load(IReadOnlyList<PriceMark> marks)
    {
        ArgumentNullException.ThrowIfNull(marks);
        _yes.Clear();
        _no.Clear();
        foreach (var mark in marks)
        {
            Add(_yes, mark.At.MarketTime, mark.BidYes);
            Add(_no, mark.At.MarketTime, mark.BidNo);
        }
    }

    /// <summary>Adds the live prices of an open position.</summary>
    public void Add(PositionView position, DateTimeOffset marketTime)
    {
        ArgumentNullException.ThrowIfNull(position);
        Add(_yes, marketTime, position.CurrentPriceYes);
        Add(_no, marketTime, position.CurrentPriceNo);
    }

    /// <summary>Both lines, under the market's own names.</summary>
    public IReadOnlyList<ChartSeries> Series(PositionView position)
    {
        ArgumentNullException.ThrowIfNull(position);
        return [.. position.Legs.Select(leg => new ChartSeries(
            leg.Name,
            leg.Outcome == Outcome.Yes ? [.. _yes] : [.. _no],
            ColourOf(leg.Outcome)))];
    }

    /// <summary>Entry prices, and the triggers while they are armed.</summary>
    public static IReadOnlyList<ChartLine> Lines(PositionView position)
    {
        ArgumentNullException.ThrowIfNull(position);
        var lines = new List<ChartLine>();
        foreach (var leg in position.Legs)
        {
            var (name, colour) = (Short(leg.Name), ColourOf(leg.Outcome));
            if (leg.EntryPrice is { } entry)
                lines.Add(new ChartLine($"{name} entry {Format.Price(entry)}", entry, colour));
            if ((leg.TriggerPrice ?? leg.FiredAt) is { } trigger)
                lines.Add(new ChartLine($"{name} trigger {Format.Price(trigger)}", trigger, ChartColour.Warn));
        }

        return lines;
    }

    /// <summary>Sales as marked points; purchases stand on the entry lines already.</summary>
    public static IReadOnlyList<ChartMark> Marks(PositionView position, IReadOnlyList<FillView> fills)
    {
        ArgumentNullException.ThrowIfNull(position);
        ArgumentNullException.ThrowIfNull(fills);
        return [.. fills
            .GroupBy(fill => (fill.Outcome, fill.Side))
            .Select(group => group.Last())
            .Select(fill => new ChartMark(
                fill.Side == Side.Sell ? $"sold {Format.Price(fill.Price.ToDecimal())}" : "",
                new ChartPoint(fill.ExecutedAt, fill.Price.ToDecimal()),
                ColourOf(fill.Outcome)))];
    }

    private static ChartColour ColourOf(Outcome outcome) =>
        outcome == Outcome.Yes ? ChartColour.First : ChartColour.Second;

    private static void Add(List<ChartPoint> line, DateTimeOffset time, Core.Primitives.Price? price)
    {
        if (price is not { } value || (line.Count > 0 && time <= line[^1].Time)) return;
        line.Add(new ChartPoint(time, value.ToDecimal()));
        if (line.Count > MaxPoints) line.RemoveAt(1); // The first point stays: it is the entry.
    }

    private static string Short(string name) => name.Length <= 12 ? name : name[..11] + "…";
}
