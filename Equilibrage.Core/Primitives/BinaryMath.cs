namespace Equilibrage.Core.Primitives;

/// <summary>
/// The arithmetic of a bet that pays 1 or 0, as analysis and not as money: amounts that are booked never pass through
/// here. Prices and probabilities are decimals between 0 and 1.
/// </summary>
public static class BinaryMath
{
    /// <summary>The two-sided 95 % quantile of the normal distribution.</summary>
    public const double Z95 = 1.959963984540054;

    /// <summary>
    /// All-in cost of a share, <c>c = price + rate·price·(1 − price)</c>, which is also the win probability at which a
    /// share held to resolution breaks even.
    /// </summary>
    public static decimal AllInCost(decimal price, decimal feeRate) => price + (feeRate * price * (1 - price));

    /// <summary>Expected profit per dollar staked, <c>p/c − 1</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The cost is not above 0.</exception>
    public static decimal ExpectedValue(decimal probability, decimal allInCost)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(allInCost);
        return (probability / allInCost) - 1;
    }

    /// <summary>
    /// Part of the bankroll that maximises growth (Kelly 1956), <c>f* = (p − c)/(1 − c)</c>; negative when the bet is
    /// bad.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The cost is not below 1.</exception>
    public static decimal Kelly(decimal probability, decimal allInCost)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(allInCost, 1m);
        return (probability - allInCost) / (1 - allInCost);
    }

    /// <summary>Wilson's score interval (1927) of a success rate, 95 %.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No trials, or successes outside 0 to trials.</exception>
    public static (double Low, double High) Wilson(int successes, int trials)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(trials);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        var (rate, square) = ((double)successes / trials, Z95 * Z95);
        var centre = rate + (square / (2 * trials));
        var spread = Z95 * Math.Sqrt((rate * (1 - rate) / trials) + (square / (4.0 * trials * trials)));
        var scale = 1 + (square / trials);
        return ((centre - spread) / scale, (centre + spread) / scale);
    }
}
