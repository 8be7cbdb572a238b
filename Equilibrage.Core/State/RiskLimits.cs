using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <summary>
/// What the risk gate lets through. Every limit is a setting; sizes are capped, never refused for being too large, and
/// the smallest of all layers counts. Exits are under none of them. The layers: docs/risk.md.
/// </summary>
public sealed record RiskLimits
{
    /// <summary>Most positions that one strategy may ever hold, whatever its settings say.</summary>
    public const int HardPositions = 20;

    /// <summary>Most dollars that one position may ever have at risk.</summary>
    public static readonly Usdc HardPosition = Usdc.FromMicros(10_000_000_000);

    /// <summary>Most dollars that one strategy may ever have at risk.</summary>
    public static readonly Usdc HardExposure = Usdc.FromMicros(100_000_000_000);

    /// <summary>Smallest leg of an entry; less is not entered.</summary>
    public Usdc MinOrder { get; init; } = Usdc.FromMicros(5_000_000);

    /// <summary>Largest purchase in one order; more is cut to it.</summary>
    public Usdc MaxOrder { get; init; } = Usdc.FromMicros(500_000_000);

    /// <summary>
    /// How far above the best ask a purchase may reach, in hundredths of a per cent of it. One cent at 50 cents is 200.
    /// </summary>
    public int SlippageBps { get; init; } = 400;

    /// <summary>Dollars at risk in one market.</summary>
    public Usdc MarketExposure { get; init; } = Usdc.FromMicros(1_500_000_000);

    /// <summary>Orders that may work in one market at once.</summary>
    public int MarketOrders { get; init; } = 5;

    /// <summary>Dollars at risk in markets of one group, whose outcomes hang together.</summary>
    public Usdc GroupExposure { get; init; } = Usdc.FromMicros(2_000_000_000);

    /// <summary>Dollars at risk in all markets.</summary>
    public Usdc GlobalExposure { get; init; } = Usdc.FromMicros(5_000_000_000);

    /// <summary>Positions of one strategy, at most <see cref="HardPositions"/>.</summary>
    public int StrategyPositions { get; init; } = HardPositions;

    /// <summary>Dollars at risk in one position, at most <see cref="HardPosition"/>.</summary>
    public Usdc PositionExposure { get; init; } = HardPosition;

    /// <summary>Dollars at risk in one strategy, at most <see cref="HardExposure"/>.</summary>
    public Usdc StrategyExposure { get; init; } = HardExposure;

    /// <summary>Share of equity that one strategy may have at risk, percent.</summary>
    public decimal StrategyCapitalPercent { get; init; } = 100m;

    /// <summary>Purchases that may be sent within a minute of wall time.</summary>
    public int OrdersPerMinute { get; init; } = 120;

    /// <summary>Lowest price of a purchase.</summary>
    public Price MinPrice { get; init; } = Price.FromMicros(20_000);

    /// <summary>Highest price of a purchase.</summary>
    public Price MaxPrice { get; init; } = Price.FromMicros(980_000);

    /// <summary>
    /// Seconds of wall time after which a book that did not change counts as stale for entries; 0 leaves that to the
    /// feed, which asks for silent books by itself.
    /// </summary>
    public int BookAgeSeconds { get; init; }

    /// <summary>True to enter with less where the price moves much.</summary>
    public bool SizesByVolatility { get; init; }

    /// <summary>Part of the size that is entered at peak hours, 14-16 and 20-22 UTC of market time; 1 = all.</summary>
    public decimal PeakFactor { get; init; } = 1m;

    /// <summary>True to enter on Saturdays and Sundays, UTC of market time.</summary>
    public bool TradesWeekends { get; init; } = true;

    /// <summary>Loss of a day (from 00:00 UTC of market time) that halts the desk; zero = off.</summary>
    public Usdc DailyLoss { get; init; } = Usdc.FromMicros(200_000_000);

    /// <summary>The same in per cent of the day's first equity; 0 = off.</summary>
    public decimal DailyLossPercent { get; init; } = 15m;

    /// <summary>Fall of equity below its peak that halts the desk, percent; 0 = off.</summary>
    public decimal DrawdownPercent { get; init; } = 30m;

    /// <summary>Failed orders in a row above which the desk halts; 0 = off.</summary>
    public int ErrorsInARow { get; init; } = 3;

    /// <summary>Faults of one kind in a row that open a breaker.</summary>
    public int BreakerFaults { get; init; } = 3;

    /// <summary>Milliseconds above which the answer to an order counts as a fault.</summary>
    public int BreakerSlowMs { get; init; } = 5_000;

    /// <summary>Seconds of wall time for which an open breaker waits before its one trial.</summary>
    public int BreakerSeconds { get; init; } = 300;

    /// <summary>The highest price that a purchase may reach: the best ask always, more only within the bound.</summary>
    public Price WorstPurchase(Price bestAsk)
    {
        var room = Micros.Narrow((Int128)bestAsk.ToMicros * SlippageBps / 10_000);
        return Price.FromMicros(Math.Min(bestAsk.ToMicros + room, Math.Max(bestAsk.ToMicros, MaxPrice.ToMicros)));
    }
}
