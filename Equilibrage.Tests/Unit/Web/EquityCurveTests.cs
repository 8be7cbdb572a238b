using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Tests.Support;
using Equilibrage.Web.Components.Pages.Overview;

namespace Equilibrage.Tests.Unit.Web;

/// <summary>The points behind the equity chart.</summary>
[Trait("Tier", "Unit")]
public sealed class EquityCurveTests
{
    private static readonly DateTimeOffset Start = DeskSamples.Now;
    private readonly EquityCurve _curve = new();

    [Fact]
    public void Add_NotNewer_IsIgnored()
    {
        _curve.Add(Start, 1);
        _curve.Add(Start, 2);
        _curve.Add(Start.AddSeconds(-1), 3);

        Assert.Equal(1, Assert.Single(_curve.Points).Value);
    }

    [Fact]
    public void Load_AfterLivePoints_KeepsTheirOrder()
    {
        _curve.Add(Start.AddHours(2), 3);
        _curve.Load([Stored(0, 1), Stored(1, 2)]);

        Assert.Equal([1, 2, 3], _curve.Points.Select(point => point.Value));
    }

    [Fact]
    public void Add_ManyPoints_StaysBoundedAndKeepsBothEnds()
    {
        for (var second = 0; second < 20_000; second++) _curve.Add(Start.AddSeconds(second), second);

        Assert.InRange(_curve.Points.Count, EquityCurve.MaxPoints / 2, EquityCurve.MaxPoints);
        Assert.Equal(0, _curve.Points[0].Value);
        Assert.Equal(19_999, _curve.Points[^1].Value);
        Assert.True(_curve.Points.Zip(_curve.Points.Skip(1)).All(pair => pair.First.Time < pair.Second.Time));
    }

    [Fact]
    public void Within_Span_IsMeasuredFromTheNewestPoint()
    {
        for (var hour = 0; hour <= 48; hour++) _curve.Add(Start.AddHours(hour), hour);

        Assert.Equal(25, _curve.Within(TimeSpan.FromDays(1)).Count);
        Assert.Equal(49, _curve.Within(null).Count);
    }

    private static EquityPoint Stored(int hour, decimal equity) => new(
        new(Start.AddHours(hour), Start), new("a"), Usdc.FromDecimal(equity), Usdc.Zero, Usdc.Zero, Usdc.Zero);
}
