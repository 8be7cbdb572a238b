using Equilibrage.Core.State;
using Equilibrage.Web.Components.Controls;

namespace Equilibrage.Web.Components.Pages.Overview;

/// <summary>The equity curve of one open page: the stored points, then the live ones; the oldest are thinned.</summary>
public sealed class EquityCurve
{
    /// <summary>Most points kept.</summary>
    public const int MaxPoints = 1_000;

    private readonly List<ChartPoint> _points = [];

    /// <summary>All points, oldest first.</summary>
    public IReadOnlyList<ChartPoint> Points => _points;

    /// <summary>Puts the stored points before the live ones that arrived meanwhile.</summary>
    public void Load(IReadOnlyList<EquityPoint> stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var live = _points.ToList();
        _points.Clear();
        _points.AddRange(stored.Select(point => new ChartPoint(point.At.MarketTime, point.Equity.ToDecimal())));
        foreach (var point in live) Add(point.Time, point.Value);
    }

    /// <summary>Adds a live point; one that is not newer than the last is ignored.</summary>
    public void Add(DateTimeOffset time, decimal equity)
    {
        if (_points.Count > 0 && time <= _points[^1].Time) return;
        _points.Add(new ChartPoint(time, equity));
        if (_points.Count > MaxPoints) ThinOldestHalf();
    }

    /// <summary>The points of the last <paramref name="span"/> of market time; all when null.</summary>
    public IReadOnlyList<ChartPoint> Within(TimeSpan? span)
    {
        if (span is not { } length || _points.Count == 0) return [.. _points];
        var from = _points[^1].Time - length;
        return [.. _points.Where(point => point.Time >= from)];
    }

    private void ThinOldestHalf()
    {
        var half = _points.Count / 2;
        var kept = _points.Where((_, index) => index >= half || index % 2 == 0).ToList();
        _points.Clear();
        _points.AddRange(kept);
    }
}
