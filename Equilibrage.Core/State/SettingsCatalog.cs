using Equilibrage.Core.Accounting;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <summary>
/// All settings with range, default and help: the one list behind the page, the REST call and the checks.
/// </summary>
public static class SettingsCatalog
{
    private const string Capital = "Capital and limits";
    private const string Entry = "Entry";
    private const string Exits = "Exits";
    private const string Filters = "Market filters";
    private const string Weights = "Score weights";
    private const string Timing = "Timing";

    /// <summary>Every setting, in the order in which they are shown.</summary>
    public static IReadOnlyList<SettingDefinition> All { get; } =
    [
        .. CapitalSettings(),
        .. EntrySettings(),
        .. ExecutionSettings.All(),
        .. ExitSettings(),
        .. FilterSettings(),
        .. WeightSettings(),
        .. TimingSettings(),
        .. RiskSettings.All(),
    ];

    /// <summary>A setting by its key, or null.</summary>
    public static SettingDefinition? Find(string key) =>
        All.FirstOrDefault(setting => string.Equals(setting.Key, key, StringComparison.OrdinalIgnoreCase));

    /// <summary>Everything that is wrong with settings: key and message. Empty when they may be used.</summary>
    public static IReadOnlyList<(string Key, string Message)> Validate(TradingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var errors = new List<(string Key, string Message)>();
        foreach (var setting in All)
        {
            if (setting.Check(setting.Get(settings)) is { } message)
                errors.Add((setting.Key, message));
        }

        if (settings.Eligibility.MinAsk >= settings.Eligibility.MaxAsk)
            errors.Add(("maxAsk", "maxAsk must be above minAsk."));
        if (settings.Limits.MinOrder > settings.Limits.MaxOrder)
            errors.Add(("riskMinOrder", "riskMinOrder must not be above riskMaxOrder."));
        if (!settings.Weights.IsValid)
            errors.Add(("weightLiquidity", "At least one of the four weights must be above 0."));
        return errors;
    }

    private static IEnumerable<SettingDefinition> CapitalSettings() =>
    [
        new()
        {
            Key = "capitalAllocationPercent", Group = Capital, Label = "Capital per position", Unit = "%",
            Min = 1, Max = 100, Step = 0.1m,
            Help = "Share of total equity that one position may use, fees included, bounded by free cash.",
            Get = s => s.CapitalAllocationPercent, Set = (s, v) => s with { CapitalAllocationPercent = v },
        },
        new()
        {
            Key = "maxPositions", Group = Capital, Label = "Positions at once", Min = 1, Max = 10, Step = 1,
            Help = "Slots. When all are used, nothing is entered until one is free; the best score goes first.",
            Get = s => s.MaxPositions, Set = (s, v) => s with { MaxPositions = (int)v },
        },
        new()
        {
            Key = "opportunityThreshold", Group = Capital, Label = "Entry threshold", Unit = "of 10",
            Min = 1, Max = 10, Step = 1,
            Help = "Markets with this score or more are entered by themselves; lower ones are shown only.",
            Get = s => s.OpportunityThreshold, Set = (s, v) => s with { OpportunityThreshold = (int)v },
        },
        new()
        {
            Key = "entriesPaused", Group = Capital, Label = "Pause automatic entries", IsSwitch = true,
            Min = 0, Max = 1, Step = 1,
            Help = "Nothing is entered by itself; open positions are still watched, liquidated and settled.",
            Get = s => s.EntriesPaused ? 1 : 0, Set = (s, v) => s with { EntriesPaused = v != 0 },
        },
    ];

    private static IEnumerable<SettingDefinition> EntrySettings() =>
    [
        new()
        {
            Key = "ratioYes", Group = Entry, Label = "Share for the first outcome", Min = 0, Max = 1, Step = 0.01m,
            Help = "0.5 spends the same on both outcomes; 1 buys the first outcome only, 0 the second only.",
            Get = s => s.Exit.RatioYes, Set = (s, v) => s with { Exit = s.Exit with { RatioYes = v } },
        },
        new()
        {
            Key = "oneLegSeconds", Group = Entry, Label = "One-leg timer", Unit = "s", Min = 5, Max = 120, Step = 1,
            Help = "Both legs must be bought within this wall time, else what was bought is sold again.",
            Get = s => s.Exit.OneLegSeconds, Set = (s, v) => s with { Exit = s.Exit with { OneLegSeconds = v } },
        },
        new()
        {
            Key = "reentryHours", Group = Entry, Label = "Pause before re-entry",
            Unit = "h", Min = 0, Max = 720, Step = 1,
            Help = "Hours of market time before a market that was left is entered again.",
            Get = s => s.ReentryHours, Set = (s, v) => s with { ReentryHours = v },
        },
    ];

    private static IEnumerable<SettingDefinition> ExitSettings() =>
    [
        Percent("divergencePercent", "Divergence", 99,
            "A leg is sold when its depth-walked bid has fallen this much below its own entry price. 0 = off.",
            e => e.DivergencePercent, (e, v) => e with { DivergencePercent = v }),
        Percent("stopLossYesPercent", "Stop-loss, first outcome", 99,
            "A tighter fall at which the first outcome's leg is sold. 0 = off.",
            e => e.StopLossYesPercent, (e, v) => e with { StopLossYesPercent = v }),
        Percent("stopLossNoPercent", "Stop-loss, second outcome", 99,
            "A tighter fall at which the second outcome's leg is sold. 0 = off.",
            e => e.StopLossNoPercent, (e, v) => e with { StopLossNoPercent = v }),
        Percent("takeProfitYesPercent", "Take-profit, first outcome", 1000,
            "A rise above entry at which the first outcome's leg is sold. 0 = off.",
            e => e.TakeProfitYesPercent, (e, v) => e with { TakeProfitYesPercent = v }),
        Percent("takeProfitNoPercent", "Take-profit, second outcome", 1000,
            "A rise above entry at which the second outcome's leg is sold. 0 = off.",
            e => e.TakeProfitNoPercent, (e, v) => e with { TakeProfitNoPercent = v }),
        new()
        {
            Key = "timeExitHours", Group = Exits, Label = "Time exit", Unit = "h", Min = 0, Max = 720, Step = 1,
            Help = "Hours before the decisive time at which both legs are closed. "
                + "0 = off: winners are held to the end.",
            Get = s => s.Exit.TimeExitHours, Set = (s, v) => s with { Exit = s.Exit with { TimeExitHours = v } },
        },
        new()
        {
            Key = "confirmSamples", Group = Exits, Label = "Trigger seen", Unit = "times", Min = 1, Max = 10, Step = 1,
            Help = "Samples in a row that must show the trigger, against single bad quotes.",
            Get = s => s.Exit.ConfirmSamples, Set = (s, v) => s with { Exit = s.Exit with { ConfirmSamples = (int)v } },
        },
        new()
        {
            Key = "confirmSeconds", Group = Exits, Label = "or standing for",
            Unit = "s", Min = 0, Max = 60, Step = 0.5m,
            Help = "Wall time for which a trigger may stand instead of being seen again.",
            Get = s => s.Exit.ConfirmSeconds, Set = (s, v) => s with { Exit = s.Exit with { ConfirmSeconds = v } },
        },
    ];

    private static IEnumerable<SettingDefinition> FilterSettings() =>
    [
        Filter("minAsk", "Lowest ask", "$", 0.01m, 0.99m, 0.01m, "Both outcomes' asks must be at or above this.",
            e => e.MinAsk.ToDecimal(), (e, v) => e with { MinAsk = Price.FromDecimal(v) }),
        Filter("maxAsk", "Highest ask", "$", 0.01m, 0.99m, 0.01m, "Both outcomes' asks must be at or below this.",
            e => e.MaxAsk.ToDecimal(), (e, v) => e with { MaxAsk = Price.FromDecimal(v) }),
        new()
        {
            Key = "maxPairCost", Group = Filters, Label = "Highest cost of a pair", Unit = "$",
            Min = 1, Max = 1.2m, Step = 0.001m,
            Help = "The two asks together may not cost more; also the limit for chasing the second leg.",
            Get = s => s.Eligibility.MaxPairCost.ToDecimal(),
            Set = (s, v) => s with
            {
                Eligibility = s.Eligibility with { MaxPairCost = Usdc.FromDecimal(v) },
                Exit = s.Exit with { MaxPairCost = v },
            },
        },
        Filter("depthMultiple", "Bid depth", "× planned shares", 0, 100, 0.1m,
            "Both books must want this many times the planned shares on their best five bids.",
            e => e.DepthMultiple, (e, v) => e with { DepthMultiple = v }),
        Filter("minHoursToEnd", "Hours to the decisive time", "h", 0, 8760, 1,
            "Nothing is entered when the event (or the end) is nearer than this, or past.",
            e => e.MinHoursToEnd, (e, v) => e with { MinHoursToEnd = v }),
        Filter("minBidToAskRatio", "Bid to ask", "", 0, 0.99m, 0.01m,
            "Each bid must exceed this part of its ask, so that a new position is not near its trigger at once.",
            e => e.MinBidToAskRatio, (e, v) => e with { MinBidToAskRatio = v }),
    ];

    private static IEnumerable<SettingDefinition> WeightSettings() =>
    [
        Weight("weightLiquidity", "Liquidity", w => w.Liquidity, (w, v) => w with { Liquidity = v }),
        Weight("weightVolatility", "Volatility", w => w.Volatility, (w, v) => w with { Volatility = v }),
        Weight("weightWhale", "Whales", w => w.Whale, (w, v) => w with { Whale = v }),
        Weight("weightNews", "News", w => w.News, (w, v) => w with { News = v }),
    ];

    private static IEnumerable<SettingDefinition> TimingSettings() =>
    [
        new()
        {
            Key = "scanSeconds", Group = Timing, Label = "Scan every", Unit = "s", Min = 60, Max = 3600, Step = 1,
            Help = "Market time between two scans of all markets, at most one per second of wall time.",
            Get = s => s.ScanSeconds, Set = (s, v) => s with { ScanSeconds = (int)v },
        },
        new()
        {
            Key = "monitorSeconds", Group = Timing, Label = "Look at positions every", Unit = "s",
            Min = 5, Max = 300, Step = 1,
            Help = "Market time between two looks at all positions, beside the reaction to every book change.",
            Get = s => s.MonitorSeconds, Set = (s, v) => s with { MonitorSeconds = (int)v },
        },
    ];

    private static SettingDefinition Percent(
        string key, string label, decimal max, string help,
        Func<ExitRules, decimal> get, Func<ExitRules, decimal, ExitRules> set) => new()
        {
            Key = key, Group = Exits, Label = label, Unit = "%", Min = 0, Max = max, Step = 0.1m, Help = help,
            Get = s => get(s.Exit), Set = (s, v) => s with { Exit = set(s.Exit, v) },
        };

    private static SettingDefinition Filter(
        string key, string label, string unit, decimal min, decimal max, decimal step, string help,
        Func<EligibilityRules, decimal> get, Func<EligibilityRules, decimal, EligibilityRules> set) => new()
        {
            Key = key, Group = Filters, Label = label, Unit = unit, Min = min, Max = max, Step = step, Help = help,
            Get = s => get(s.Eligibility), Set = (s, v) => s with { Eligibility = set(s.Eligibility, v) },
        };

    private static SettingDefinition Weight(
        string key, string label,
        Func<ScoreWeights, decimal> get, Func<ScoreWeights, decimal, ScoreWeights> set) => new()
        {
            Key = key, Group = Weights, Label = label, Min = 0, Max = 1, Step = 0.01m,
            Help = "How much this factor counts. A factor without data gives its weight to the others in proportion.",
            Get = s => get(s.Weights), Set = (s, v) => s with { Weights = set(s.Weights, v) },
        };
}
