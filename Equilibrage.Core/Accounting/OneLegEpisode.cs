using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Accounting;

/// <summary>An entry had more of one leg than of the other when its time was up; what was decided about it.</summary>
/// <param name="IsChase">True while what is missing is bought after the timer; false when what is held is sold.</param>
/// <param name="Until">Wall time at which a chase ends.</param>
/// <param name="LimitYes">Highest price at which the first outcome is chased.</param>
/// <param name="LimitNo">Highest price at which the second outcome is chased.</param>
/// <param name="IsOver">True once both legs are held, or nothing is.</param>
public sealed record OneLegEpisode(
    bool IsChase, DateTimeOffset Until, Price LimitYes, Price LimitNo, bool IsOver = false)
{
    /// <summary>The highest price at which an outcome is chased.</summary>
    public Price Limit(Outcome outcome) => outcome == Outcome.Yes ? LimitYes : LimitNo;
}
