namespace Equilibrage.Core.Opportunities;

/// <summary>A curve through given points, flat outside them, in exact integers rounded down.</summary>
internal static class PiecewiseLinear
{
    /// <summary>The curve's value at <paramref name="x"/>; points are sorted by x, without repeats.</summary>
    public static long At(ReadOnlySpan<(long X, long Y)> points, long x)
    {
        if (x <= points[0].X)
            return points[0].Y;
        for (var i = 1; i < points.Length; i++)
        {
            var (from, to) = (points[i - 1], points[i]);
            if (x <= to.X)
                return from.Y + (long)((Int128)(to.Y - from.Y) * (x - from.X) / (to.X - from.X));
        }

        return points[^1].Y;
    }
}
