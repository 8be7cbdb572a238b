using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <summary>
/// What losses are measured against: the first equity of the day (00:00 UTC of market time) and the highest equity so
/// far. Deposits and withdrawals since then move both by their amount.
/// </summary>
/// <param name="Day">The day.</param>
/// <param name="DayEquity">Equity when it began.</param>
/// <param name="DayCapital">Deposits minus withdrawals at that moment.</param>
/// <param name="Peak">The highest equity.</param>
/// <param name="PeakCapital">Deposits minus withdrawals at that moment.</param>
public sealed record EquityWatch(DateOnly Day, Usdc DayEquity, Usdc DayCapital, Usdc Peak, Usdc PeakCapital)
{
    /// <summary>Dollars that the day has lost, negative for a gain.</summary>
    public Usdc DayLoss(Usdc equity, Usdc capital) => DayEquity + (capital - DayCapital) - equity;

    /// <summary>The peak that today's equity is held against.</summary>
    public Usdc PeakAt(Usdc capital) => Peak + (capital - PeakCapital);

    /// <summary>Part of the peak that is lost, percent, zero or more; zero without a positive peak.</summary>
    public decimal DrawdownPercent(Usdc equity, Usdc capital)
    {
        var peak = PeakAt(capital);
        return peak <= Usdc.Zero || equity >= peak
            ? 0m
            : Math.Round((peak - equity).ToDecimal() / peak.ToDecimal() * 100m, 4);
    }
}
