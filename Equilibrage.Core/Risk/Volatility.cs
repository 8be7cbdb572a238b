using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Risk;

/// <summary>
/// Smaller entries where the price moves much: 1 / (1 + 20 σ), at least a quarter, with σ the standard deviation of
/// the last changes of the mid in dollars; half while there are too few of them.
/// </summary>
internal static class Volatility
{
    private const int Fewest = 10;
    private const decimal Unknown = 0.5m;
    private const decimal Slope = 20m;
    private const decimal Least = 0.25m;

    /// <summary>The factor of a market, 0.25 to 1: the smaller one of its two tokens'.</summary>
    public static decimal FactorOf(EngineState state, Market market) =>
        Outcomes.Both.Min(outcome => FactorOf(state.Moves.GetValueOrDefault(market.Token(outcome))?.Changes ?? []));

    internal static decimal FactorOf(IReadOnlyCollection<long> changes)
    {
        if (changes.Count < Fewest)
            return Unknown;
        var mean = changes.Average(change => (decimal)change);
        var variance = changes.Sum(change => (change - mean) * (change - mean)) / changes.Count;
        var deviation = (decimal)Math.Sqrt((double)variance) / Micros.PerUnit;
        return Math.Clamp(Math.Round(1m / (1m + (Slope * deviation)), 6), Least, 1m);
    }
}
