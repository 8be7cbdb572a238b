using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Accounting;

/// <summary>How entries into one market went, ever: how often one leg stood alone, and what that cost.</summary>
/// <param name="MarketId">The market.</param>
/// <param name="Attempts">Entries that wanted both legs.</param>
/// <param name="Entered">Those of them that got both.</param>
/// <param name="OneLegs">Those that stood on one leg, or on unequal ones, when the timer ran out.</param>
/// <param name="Chases">One-leg events in which the missing leg was chased.</param>
/// <param name="Unwinds">One-leg events in which what was held was sold, after a chase or at once.</param>
/// <param name="Cost">
/// Dollars that one-leg events cost: what unwinding lost, and what chases paid above the planned prices, fees included.
/// </param>
public sealed record OneLegStatistics(
    MarketId MarketId, int Attempts, int Entered, int OneLegs, int Chases, int Unwinds, Usdc Cost)
{
    /// <summary>A market that was never entered.</summary>
    public static OneLegStatistics None(MarketId market) => new(market, 0, 0, 0, 0, 0, Usdc.Zero);
}
