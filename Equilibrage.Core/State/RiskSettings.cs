using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <summary>The settings of the risk limits, for <see cref="SettingsCatalog"/>.</summary>
internal static class RiskSettings
{
    private const string Sizes = "Risk: sizes";
    private const string Pace = "Risk: prices and pace";
    private const string Stops = "Risk: halts and breakers";
    private const decimal MostDollars = 10_000_000;

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static IEnumerable<SettingDefinition> All() => [.. SizeSettings(), .. PaceSettings(), .. StopSettings()];

    private static IEnumerable<SettingDefinition> SizeSettings() =>
    [
        Dollars(Sizes, "riskMinOrder", "Smallest leg", 1, 1_000,
            "A leg of an entry that would be smaller is not entered.",
            r => r.MinOrder, (r, v) => r with { MinOrder = v }),
        Dollars(Sizes, "riskMaxOrder", "Largest order", 1, MostDollars,
            "More is never bought in one order: a larger one is cut to this, not refused.",
            r => r.MaxOrder, (r, v) => r with { MaxOrder = v }),
        Dollars(Sizes, "riskPosition", "At risk in a position", 1, RiskLimits.HardPosition.ToDecimal(),
            "Dollars that one position may cost.",
            r => r.PositionExposure, (r, v) => r with { PositionExposure = v }),
        Dollars(Sizes, "riskMarket", "At risk in a market", 1, MostDollars,
            "Cost of what is held plus what working purchases may still spend, in one market.",
            r => r.MarketExposure, (r, v) => r with { MarketExposure = v }),
        Dollars(Sizes, "riskGroup", "At risk in a group", 1, MostDollars,
            "The same in all markets of one group (one match, one election): their outcomes hang together.",
            r => r.GroupExposure, (r, v) => r with { GroupExposure = v }),
        Dollars(Sizes, "riskGlobal", "At risk everywhere", 1, MostDollars,
            "The same in all markets.",
            r => r.GlobalExposure, (r, v) => r with { GlobalExposure = v }),
        Dollars(Sizes, "riskStrategy", "At risk in a strategy", 1, RiskLimits.HardExposure.ToDecimal(),
            "The same in all positions of one strategy.",
            r => r.StrategyExposure, (r, v) => r with { StrategyExposure = v }),
        Number(Sizes, "riskStrategyCapital", "Capital of a strategy", "% of equity", 1, 100, 0.1m,
            "Share of total equity that one strategy may have at risk.",
            r => r.StrategyCapitalPercent, (r, v) => r with { StrategyCapitalPercent = v }),
        Number(Sizes, "riskStrategyPositions", "Positions of a strategy", "", 1, RiskLimits.HardPositions, 1,
            "Positions that one strategy may hold at once, beside the slots.",
            r => r.StrategyPositions, (r, v) => r with { StrategyPositions = (int)v }),
        Switch(Sizes, "riskVolatility", "Smaller where prices move",
            "Enters 1 / (1 + 20 σ) of the size, at least a quarter; σ is taken from the last 50 moves of the price, "
            + "and with fewer than 10 of them half is entered.",
            r => r.SizesByVolatility, (r, v) => r with { SizesByVolatility = v }),
        Number(Sizes, "riskPeakFactor", "Size at peak hours", "× the size", 0.1m, 1, 0.05m,
            "Part of the size that is entered from 14 to 16 and from 20 to 22 o'clock UTC of market time. 1 = all.",
            r => r.PeakFactor, (r, v) => r with { PeakFactor = v }),
    ];

    private static IEnumerable<SettingDefinition> PaceSettings() =>
    [
        Number(Pace, "riskSlippage", "Slippage bound", "bps", 10, 5_000, 10,
            "How far above the best ask a purchase may reach. One cent at 50 cents is 200 bps.",
            r => r.SlippageBps, (r, v) => r with { SlippageBps = (int)v }),
        Number(Pace, "riskMinPrice", "Lowest price", "$", 0.001m, 0.5m, 0.001m,
            "Nothing is bought below this price.",
            r => r.MinPrice.ToDecimal(), (r, v) => r with { MinPrice = Price.FromDecimal(v) }),
        Number(Pace, "riskMaxPrice", "Highest price", "$", 0.5m, 0.999m, 0.001m,
            "Nothing is bought above this price.",
            r => r.MaxPrice.ToDecimal(), (r, v) => r with { MaxPrice = Price.FromDecimal(v) }),
        Number(Pace, "riskMarketOrders", "Orders in a market", "", 1, 50, 1,
            "Orders that may work in one market at once; a further purchase waits.",
            r => r.MarketOrders, (r, v) => r with { MarketOrders = (int)v }),
        Number(Pace, "riskOrderRate", "Purchases a minute", "", 1, 1_000, 1,
            "Purchases that may be sent within a minute of wall time.",
            r => r.OrdersPerMinute, (r, v) => r with { OrdersPerMinute = (int)v }),
        Number(Pace, "riskBookAge", "Age of a book", "s", 0, 3_600, 1,
            "A book that did not change for longer (wall time) is too old to enter on. 0 leaves it to the feed, which "
            + "compares silent books with the venue's.",
            r => r.BookAgeSeconds, (r, v) => r with { BookAgeSeconds = (int)v }),
        Switch(Pace, "riskWeekends", "Enter on weekends",
            "Off: nothing is entered on Saturdays and Sundays, UTC of market time.",
            r => r.TradesWeekends, (r, v) => r with { TradesWeekends = v }),
    ];

    private static IEnumerable<SettingDefinition> StopSettings() =>
    [
        Dollars(Stops, "riskDailyLoss", "Loss of a day", 0, MostDollars,
            "Equity lost since 00:00 UTC of market time that halts the desk. 0 = off.",
            r => r.DailyLoss, (r, v) => r with { DailyLoss = v }),
        Number(Stops, "riskDailyLossPercent", "Loss of a day", "%", 0, 100, 0.1m,
            "The same in per cent of the day's first equity. 0 = off.",
            r => r.DailyLossPercent, (r, v) => r with { DailyLossPercent = v }),
        Number(Stops, "riskDrawdown", "Fall from the peak", "%", 0, 100, 0.1m,
            "Fall of equity below its peak that halts the desk; claims not redeemed yet count on both sides. 0 = off.",
            r => r.DrawdownPercent, (r, v) => r with { DrawdownPercent = v }),
        Number(Stops, "riskErrors", "Errors in a row", "", 0, 100, 1,
            "More failed orders in a row than this halt the desk. 0 = off.",
            r => r.ErrorsInARow, (r, v) => r with { ErrorsInARow = (int)v }),
        Number(Stops, "riskBreakerFaults", "Breaker opens after", "faults", 1, 100, 1,
            "Refused orders, failed cancels or slow answers in a row after which nothing is entered for a while, in "
            + "that market or in all.",
            r => r.BreakerFaults, (r, v) => r with { BreakerFaults = (int)v }),
        Number(Stops, "riskBreakerSlow", "Slow is above", "ms", 100, 60_000, 100,
            "Wall time above which the answer to an order counts as a fault.",
            r => r.BreakerSlowMs, (r, v) => r with { BreakerSlowMs = (int)v }),
        Number(Stops, "riskBreakerSeconds", "Breaker waits", "s", 1, 3_600, 1,
            "Wall time for which it stays open; then one trial closes it or opens it again.",
            r => r.BreakerSeconds, (r, v) => r with { BreakerSeconds = (int)v }),
    ];

    private static SettingDefinition Dollars(
        string group, string key, string label, decimal min, decimal max, string help,
        Func<RiskLimits, Usdc> get, Func<RiskLimits, Usdc, RiskLimits> set) =>
        Number(group, key, label, "$", min, max, 0.01m, help,
            r => get(r).ToDecimal(), (r, v) => set(r, Usdc.FromDecimal(v)));

    private static SettingDefinition Switch(
        string group, string key, string label, string help,
        Func<RiskLimits, bool> get, Func<RiskLimits, bool, RiskLimits> set) =>
        Number(group, key, label, "", 0, 1, 1, help, r => get(r) ? 1 : 0, (r, v) => set(r, v != 0)) with
        {
            IsSwitch = true,
        };

    private static SettingDefinition Number(
        string group, string key, string label, string unit, decimal min, decimal max, decimal step, string help,
        Func<RiskLimits, decimal> get, Func<RiskLimits, decimal, RiskLimits> set) => new()
        {
            Key = key, Group = group, Label = label, Unit = unit, Min = min, Max = max, Step = step, Help = help,
            Get = s => get(s.Limits), Set = (s, v) => s with { Limits = set(s.Limits, v) },
        };
}
