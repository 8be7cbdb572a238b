namespace Equilibrage.Web.Components.Controls;

/// <summary>
/// What <c>js/line-chart.js</c> draws. Times are Unix milliseconds; values are already in the axis unit. Numbers
/// become doubles here because they are about to become pixels; no amount is ever read back.
/// </summary>
internal sealed record LineChartModel(
    IReadOnlyList<LineChartModel.Line> Series,
    IReadOnlyList<LineChartModel.Level> Lines,
    IReadOnlyList<LineChartModel.Mark> Marks,
    string Unit,
    bool Filled,
    int Height)
{
    /// <summary>More points than this are more than a screen has pixels for, and only cost bandwidth.</summary>
    internal const int MaxPoints = 600;

    private IReadOnlyList<ChartSeries> Source { get; init; } = [];

    /// <summary>Translates the component's parameters.</summary>
    internal static LineChartModel From(
        IReadOnlyList<ChartSeries> series, IReadOnlyList<ChartLine> lines, IReadOnlyList<ChartMark> marks,
        ChartUnit unit, bool filled, int height)
    {
        var scale = unit == ChartUnit.Dollars ? 1m : 100m;
        return new LineChartModel(
            [.. series.Select(s => new Line(s.Name, NameOf(s.Colour), Points(s.Points, scale)))],
            [.. lines.Select(l => new Level(l.Label, NameOf(l.Colour), (double)(l.Value * scale)))],
            [.. marks.Select(m => new Mark(m.Label, NameOf(m.Colour), Point(m.Point, scale)))],
            unit switch { ChartUnit.Dollars => "$", ChartUnit.Cents => "¢", _ => "%" },
            filled,
            height)
        { Source = series };
    }

    /// <summary>True when drawing again would change nothing.</summary>
    internal bool ShowsSameAs(LineChartModel? other) =>
        other is not null && Unit == other.Unit && Filled == other.Filled && Height == other.Height
        && Lines.SequenceEqual(other.Lines)
        && Marks.Select(mark => (mark.Label, mark.Colour, mark.Point[0], mark.Point[1])).SequenceEqual(
            other.Marks.Select(mark => (mark.Label, mark.Colour, mark.Point[0], mark.Point[1])))
        && Source.Count == other.Source.Count
        && Source.Zip(other.Source).All(pair => SameLine(pair.First, pair.Second));

    private static bool SameLine(ChartSeries one, ChartSeries two) =>
        one.Name == two.Name && one.Colour == two.Colour && one.Points.SequenceEqual(two.Points);

    private static double[][] Points(IReadOnlyList<ChartPoint> points, decimal scale)
    {
        var step = Math.Max(1, (points.Count + MaxPoints - 1) / MaxPoints);
        var kept = new List<double[]>(Math.Min(points.Count, MaxPoints + 1));
        for (var i = 0; i < points.Count; i += step) kept.Add(Point(points[i], scale));
        if (points.Count > 0 && (points.Count - 1) % step != 0) kept.Add(Point(points[^1], scale));
        return [.. kept];
    }

    private static double[] Point(ChartPoint point, decimal scale) =>
        [point.Time.ToUnixTimeMilliseconds(), (double)(point.Value * scale)];

    private static string NameOf(ChartColour colour) => colour.ToString().ToLowerInvariant();

    internal sealed record Line(string Name, string Colour, double[][] Points);

    internal sealed record Level(string Label, string Colour, double Value);

    internal sealed record Mark(string Label, string Colour, double[] Point);
}
