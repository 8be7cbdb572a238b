using Equilibrage.Core.State;

namespace Equilibrage.Core.Risk;

/// <summary>When less, or nothing, is entered, by market time in UTC.</summary>
internal static class TradingHours
{
    /// <summary>Part of the size that is entered now: the peak hours are 14-16 and 20-22.</summary>
    public static decimal FactorOf(RiskLimits limits, DateTimeOffset marketTime) =>
        marketTime.ToUniversalTime().Hour is 14 or 15 or 20 or 21 ? limits.PeakFactor : 1m;

    /// <summary>False on a Saturday or Sunday without entries.</summary>
    public static bool IsOpen(RiskLimits limits, DateTimeOffset marketTime) =>
        limits.TradesWeekends || marketTime.ToUniversalTime().DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}
