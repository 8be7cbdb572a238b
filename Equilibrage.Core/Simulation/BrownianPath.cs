using System.Numerics;

namespace Equilibrage.Core.Simulation;

/// <summary>
/// Brownian motion on [0, 1] by midpoint displacement (Lévy's construction) on a dyadic grid. The value at a grid point
/// needs one deviate per level and nothing that was computed before.
/// </summary>
/// <param name="Key">Where its deviates come from.</param>
/// <param name="Levels">The grid has 2^Levels intervals; 1 to 40.</param>
public readonly record struct BrownianPath(ulong Key, int Levels)
{
    private const ulong EndCounter = ulong.MaxValue;
    private const double SqrtHalf = 0.70710678118654752;

    /// <summary>Intervals of the grid.</summary>
    public long Cells => 1L << Levels;

    /// <summary>The value at 1.</summary>
    public double End => Noise.Normal(Noise.Bits(Key, EndCounter));

    /// <summary>The fewest levels whose grid has at least <paramref name="cells"/> intervals.</summary>
    public static int LevelsFor(long cells) =>
        Math.Clamp(BitOperations.Log2((ulong)Math.Max(2, cells) - 1) + 1, 1, 40);

    /// <summary>The value at <paramref name="cell"/> / <see cref="Cells"/>, 0 ≤ cell ≤ Cells.</summary>
    public double At(long cell)
    {
        if (cell <= 0)
            return 0;
        if (cell >= Cells)
            return End;
        var (left, right, deviation) = (0.0, End, 0.5);
        for (var bit = Levels - 1; ; bit--)
        {
            // Node number in heap order: 1 is the midpoint of all, 2 and 3 those of its halves, and so on.
            var node = (1UL << (Levels - 1 - bit)) | ((ulong)cell >> (bit + 1));
            var middle = ((left + right) / 2) + (deviation * Noise.Normal(Noise.Bits(Key, node)));
            var rest = cell & ((1L << bit) - 1);
            var isRight = ((cell >> bit) & 1) == 1;
            if (isRight && rest == 0)
                return middle;
            (left, right) = isRight ? (middle, right) : (left, middle);
            deviation *= SqrtHalf;
        }
    }
}
