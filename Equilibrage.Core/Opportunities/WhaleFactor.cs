using Equilibrage.Core.Observations;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Opportunities;

/// <summary>
/// Whale activity: ten times the net dollars of large trades over the volume, both of the last 24 hours, at most 10.
/// Without trades or without a count of large ones there is no data.
/// </summary>
public static class WhaleFactor
{
    private const long Most = 10 * Micros.PerUnit;

    /// <summary>Value in millionths of a point, 0 to 10 points.</summary>
    /// <param name="net">Dollars of large trades toward the first outcome minus toward the second.</param>
    /// <param name="volume">Dollars traded, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="volume"/> is not positive.</exception>
    public static long Value(Usdc net, Usdc volume)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(volume, Usdc.Zero);
        var size = Int128.Abs(net.ToMicros);
        return (long)Int128.Min(Most, size * Most / volume.ToMicros);
    }

    /// <summary>The factor of a quote, its weight still to be set.</summary>
    public static Factor Of(MarketQuote? quote)
    {
        if (quote?.WhaleNet24h is not { } net || quote.Volume24h is not { ToMicros: > 0 } volume)
            return new() { Kind = FactorKind.Whale };
        return new()
        {
            Kind = FactorKind.Whale,
            InputMicros = net.ToMicros,
            SecondInputMicros = volume.ToMicros,
            ValueMicros = Value(net, volume),
        };
    }
}
