using Equilibrage.Core.Observations;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Opportunities;

/// <summary>
/// Liquidity: dollars on the best five levels of the thinner side, through $0 → 0, $2,000 → 5, $5,000 → 8 and
/// $10,000 → 10, less one point per cent of spread, never below 0. Without a quote there is no data.
/// </summary>
public static class LiquidityFactor
{
    private const long MicrosPerCent = 10_000;

    private static readonly (long X, long Y)[] Curve =
    [
        (0, 0),
        (2_000 * Micros.PerUnit, 5 * Micros.PerUnit),
        (5_000 * Micros.PerUnit, 8 * Micros.PerUnit),
        (10_000 * Micros.PerUnit, 10 * Micros.PerUnit),
    ];

    /// <summary>Value in millionths of a point, 0 to 10 points.</summary>
    /// <param name="thinDepth">Dollars on the best five levels of the thinner side.</param>
    /// <param name="spreadMicros">
    /// Ask minus bid, in micro-dollars per share; a crossed quote counts as no spread.
    /// </param>
    public static long Value(Usdc thinDepth, long spreadMicros)
    {
        var points = PiecewiseLinear.At(Curve, thinDepth.ToMicros);
        var penalty = Math.Max(0, spreadMicros) * Micros.PerUnit / MicrosPerCent;
        return Math.Max(0, points - penalty);
    }

    /// <summary>The factor of a quote, its weight still to be set.</summary>
    public static Factor Of(MarketQuote? quote)
    {
        if (quote is null || Spread(quote) is not { } spread)
            return new() { Kind = FactorKind.Liquidity };
        return new()
        {
            Kind = FactorKind.Liquidity,
            InputMicros = quote.ThinDepth.ToMicros,
            SecondInputMicros = spread,
            ValueMicros = Value(quote.ThinDepth, spread),
        };
    }

    /// <summary>The wider spread of the two outcomes in micro-dollars, or null when neither has both sides.</summary>
    internal static long? Spread(MarketQuote quote)
    {
        long? yes = quote.AskYes is { } askYes && quote.BidYes is { } bidYes ? askYes.ToMicros - bidYes.ToMicros : null;
        long? no = quote.AskNo is { } askNo && quote.BidNo is { } bidNo ? askNo.ToMicros - bidNo.ToMicros : null;
        return yes is { } first && no is { } second ? Math.Max(first, second) : yes ?? no;
    }
}
