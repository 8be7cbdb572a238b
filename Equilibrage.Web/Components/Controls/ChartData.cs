namespace Equilibrage.Web.Components.Controls;

/// <summary>One point of a chart.</summary>
/// <param name="Time">When.</param>
/// <param name="Value">How much, in the chart's unit.</param>
public readonly record struct ChartPoint(DateTimeOffset Time, decimal Value);

/// <summary>The colours of a chart, by meaning, so that both themes can choose their own.</summary>
public enum ChartColour
{
    /// <summary>The main line.</summary>
    Accent,

    /// <summary>The first outcome of a market.</summary>
    First,

    /// <summary>The second outcome of a market.</summary>
    Second,

    /// <summary>Something in the background.</summary>
    Muted,

    /// <summary>A gain.</summary>
    Gain,

    /// <summary>A loss.</summary>
    Loss,

    /// <summary>A threshold.</summary>
    Warn,
}

/// <summary>One line of a chart.</summary>
/// <param name="Name">The line's name in legend and tooltip.</param>
/// <param name="Points">Its points, oldest first.</param>
/// <param name="Colour">Its colour.</param>
public sealed record ChartSeries(
    string Name, IReadOnlyList<ChartPoint> Points, ChartColour Colour = ChartColour.Accent);

/// <summary>A horizontal line, such as an entry price or a trigger.</summary>
/// <param name="Label">The words on the line.</param>
/// <param name="Value">Where it lies.</param>
/// <param name="Colour">Its colour.</param>
public sealed record ChartLine(string Label, decimal Value, ChartColour Colour = ChartColour.Muted);

/// <summary>A marked point, such as a fill.</summary>
/// <param name="Label">The words beside the point.</param>
/// <param name="Point">Where it lies.</param>
/// <param name="Colour">Its colour.</param>
public sealed record ChartMark(string Label, ChartPoint Point, ChartColour Colour = ChartColour.Accent);

/// <summary>The unit on a chart's value axis.</summary>
public enum ChartUnit
{
    /// <summary>Dollars.</summary>
    Dollars,

    /// <summary>Cents; the values are dollars a share, 0 to 1.</summary>
    Cents,

    /// <summary>Percent; the values are fractions.</summary>
    Percent,
}
