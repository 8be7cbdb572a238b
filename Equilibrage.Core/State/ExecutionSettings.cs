using Equilibrage.Core.Accounting;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <summary>The settings of how orders are worked.</summary>
internal static class ExecutionSettings
{
    private const string Group = "Execution";

    /// <summary>All of them, in the order in which they are shown.</summary>
    public static IEnumerable<SettingDefinition> All() =>
    [
        new()
        {
            Key = "entryMode", Group = Group, Label = "Entry", Min = 0, Max = 1, Step = 1,
            Choices = ["taker", "maker"],
            Help = "taker buys one leg after the other at the asks and pays the fee; maker lets bids for both legs "
                + "rest without a fee until the one-leg timer runs out.",
            Get = s => (int)s.Execution.Entry, Set = (s, v) => With(s, e => e with { Entry = (EntryMode)(int)v }),
        },
        Switch("splitAndMerge", "Split and merge",
            "Makes pairs for one dollar, or turns them back into it, where that is cheaper than both books.",
            e => e.UsesPairs, (e, v) => e with { UsesPairs = v }),
        Number("chainCost", "Cost of a split or merge", "$", 0, 10, 0.001m,
            "Gas or relayer fee of one operation, counted when the two ways are compared.",
            e => e.ChainCost.ToDecimal(), (e, v) => e with { ChainCost = Usdc.FromDecimal(v) }),
        Number("sliceDepthPercent", "Largest slice", "% of depth", 0, 100, 1,
            "One order takes at most this part of the shares within the slippage bound; the next follows when the book "
                + "has changed. 0 = no slices.",
            e => e.SliceDepthPercent, (e, v) => e with { SliceDepthPercent = v }),
        Switch("restingTakeProfit", "Take-profit rests in the book",
            "Offers the shares at the take-profit price instead of waiting for a bid that reaches it.",
            e => e.RestingTakeProfit, (e, v) => e with { RestingTakeProfit = v }),
        Number("makerInsideTicks", "Bid above the best bid", "ticks", 0, 10, 1,
            "0 joins the best bid; more goes inside the spread, never so far that it would take.",
            e => e.InsideTicks, (e, v) => e with { InsideTicks = (int)v }),
        Number("requoteTicks", "Bid anew after a move of", "ticks", 1, 20, 1,
            "How far the book must have moved before a resting bid is canceled and placed anew.",
            e => e.RequoteTicks, (e, v) => e with { RequoteTicks = (int)v }),
        Number("requoteSeconds", "Leave a bid alone for", "s", 0.5m, 60, 0.5m,
            "Wall time that a resting bid is left alone at least.",
            e => e.RequoteSeconds, (e, v) => e with { RequoteSeconds = v }),
        Number("chaseSeconds", "Chase a missing leg for", "s", 0, 60, 0.5m,
            "Wall time after the one-leg timer in which the missing leg is still bought, up to where that costs as "
                + "much as selling the other again. 0 = never.",
            e => e.ChaseSeconds, (e, v) => e with { ChaseSeconds = v }),
    ];

    private static SettingDefinition Switch(
        string key, string label, string help,
        Func<ExecutionRules, bool> get, Func<ExecutionRules, bool, ExecutionRules> set) => new()
        {
            Key = key, Group = Group, Label = label, IsSwitch = true, Min = 0, Max = 1, Step = 1, Help = help,
            Get = s => get(s.Execution) ? 1 : 0, Set = (s, v) => With(s, e => set(e, v != 0)),
        };

    private static SettingDefinition Number(
        string key, string label, string unit, decimal min, decimal max, decimal step, string help,
        Func<ExecutionRules, decimal> get, Func<ExecutionRules, decimal, ExecutionRules> set) => new()
        {
            Key = key, Group = Group, Label = label, Unit = unit, Min = min, Max = max, Step = step, Help = help,
            Get = s => get(s.Execution), Set = (s, v) => With(s, e => set(e, v)),
        };

    private static TradingSettings With(TradingSettings settings, Func<ExecutionRules, ExecutionRules> change) =>
        settings with { Execution = change(settings.Execution) };
}
