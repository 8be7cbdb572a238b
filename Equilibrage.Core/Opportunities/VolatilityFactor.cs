using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Opportunities;

/// <summary>
/// Volatility: the standard deviation of hourly changes of the middle over 24 hours, in cents, through 0 → 0, 3 → 10,
/// 8 → 10, 15 → 5 and 30 → 0. A flat price never reaches the divergence line; a wild one jumps past it.
/// </summary>
public static class VolatilityFactor
{
    private const long MicrosPerCent = 10_000;

    private static readonly (long X, long Y)[] Curve =
    [
        (0, 0),
        (3 * MicrosPerCent, 10 * Micros.PerUnit),
        (8 * MicrosPerCent, 10 * Micros.PerUnit),
        (15 * MicrosPerCent, 5 * Micros.PerUnit),
        (30 * MicrosPerCent, 0),
    ];

    /// <summary>Value in millionths of a point, 0 to 10 points.</summary>
    /// <param name="sigmaMicros">Standard deviation in micro-dollars per share, 0 or more.</param>
    public static long Value(long sigmaMicros) => PiecewiseLinear.At(Curve, sigmaMicros);

    /// <summary>
    /// The factor of a price history at <paramref name="now"/> (market time), its weight still to be set.
    /// </summary>
    public static Factor Of(PriceHistory? history, DateTimeOffset now)
    {
        if (history?.SigmaMicros(now) is not { } sigma)
            return new() { Kind = FactorKind.Volatility };
        return new() { Kind = FactorKind.Volatility, InputMicros = sigma, ValueMicros = Value(sigma) };
    }
}
