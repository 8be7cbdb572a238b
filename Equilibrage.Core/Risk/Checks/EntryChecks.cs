using Equilibrage.Core.Books;
using Equilibrage.Core.Execution;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Orders;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Risk.Checks;

/// <summary>The checks of an entry. Each answers null when it has no objection.</summary>
internal static class EntryChecks
{
    public static Denial? Served(EngineState state) => OrderChecks.Served(state);

    public static Denial? Armed(EngineState state) => state.Permission switch
    {
        OrderPermission.Everything => null,
        OrderPermission.ExitsOnly => new(DenyReason.NotArmed, "only exits go on until it is armed again"),
        _ => new(DenyReason.NotArmed),
    };

    public static Denial? Reconciled(EngineState state) =>
        state.IsReconciled
            ? null
            : new(DenyReason.Reconciling, "the account is being compared with the venue's record");

    public static Denial? NotPaused(EngineState state, Intent.Open intent) =>
        state.Settings.EntriesPaused && intent.CommandId is null ? new(DenyReason.EntriesPaused) : null;

    public static Denial? AboveThreshold(EngineState state, Intent.Open intent) =>
        intent.CommandId is null && intent.Opportunity is { } found && found.Score < state.Settings.OpportunityThreshold
            ? new(DenyReason.BelowThreshold, $"score {found.Score}, threshold {state.Settings.OpportunityThreshold}")
            : null;

    public static Denial? NotHeld(EngineState state, Intent.Open intent) =>
        state.PositionIn(intent.Market.Id) is { } held
            ? new(DenyReason.AlreadyHeld, $"position {held.Id} is {held.State}")
            : null;

    public static Denial? NotRecentlyHeld(EngineState state, Intent.Open intent)
    {
        if (!state.LastClosed.TryGetValue(intent.Market.Id, out var closedAt))
            return null;
        var hours = (decimal)(state.Now.MarketTime - closedAt).TotalHours;
        return hours < state.Settings.ReentryHours
            ? new(DenyReason.RecentlyHeld, $"left {hours:0.#} h ago, pause {state.Settings.ReentryHours:0.#} h")
            : null;
    }

    public static Denial? FreeSlot(EngineState state, Intent.Open intent)
    {
        var used = state.OpenPositions.Count();
        if (used >= state.Settings.MaxPositions)
            return new(DenyReason.MaxPositions, $"{used} of {state.Settings.MaxPositions} are in use");
        var own = state.OpenPositions.Count(position => position.StrategyId == intent.StrategyId);
        var most = Math.Min(state.Settings.Limits.StrategyPositions, RiskLimits.HardPositions);
        return own >= most ? new(DenyReason.MaxPositions, $"{own} of the strategy's {most} are in use") : null;
    }

    public static Denial? Capital(EngineState state, Intent.Open intent)
    {
        var (wanted, free) = (intent.Plan.Capital, state.Ledger.Available);
        if (wanted.ToMicros <= 0)
            return new(DenyReason.NoCapital, $"{wanted} dollars would be spent, {free} are free");
        return wanted > free ? new(DenyReason.NoCapital, $"{wanted} dollars are wanted, {free} are free") : null;
    }

    public static Denial? NotResolved(EngineState state, Intent.Open intent) =>
        state.Resolutions.ContainsKey(intent.Market.Id) ? new(DenyReason.Resolved) : null;

    public static Denial? CurrentBooks(EngineState state, Intent.Open intent)
    {
        foreach (var outcome in Outcomes.Both)
        {
            var book = state.Books.GetValueOrDefault(intent.Market.Token(outcome));
            var trust = book?.Trust ?? BookTrust.Empty;
            if (trust != BookTrust.Current)
                return new(DenyReason.StaleBook, $"the {intent.Market.Name(outcome)} book is {trust}");
            var market = intent.Market;
            var (age, most) = (state.Now.RecordedAt - book!.ReceivedAt, state.Settings.Limits.BookAgeSeconds);
            if (most > 0 && age.TotalSeconds > most)
                return new(DenyReason.StaleBook, $"the {market.Name(outcome)} book is {age.TotalSeconds:0} s old");
        }

        return null;
    }

    /// <summary>The same filters as the scan's, on the live books.</summary>
    public static Denial? StillEligible(EngineState state, Intent.Open intent)
    {
        var market = intent.Market;
        var quote = LiveQuote.Of(market, state.Book(market.TokenYes), state.Book(market.TokenNo));
        return Eligibility.Check(market, quote, state.Settings.Eligibility, intent.Plan, state.Now.MarketTime)
            ?? (EntrySizer.Size(state, market, intent.Plan).Count == 0
                ? new(DenyReason.ThinDepth, "the asks do not offer the planned shares within the price limits")
                : null);
    }

    public static Denial? InHours(EngineState state) =>
        TradingHours.IsOpen(state.Settings.Limits, state.Now.MarketTime)
            ? null
            : new(DenyReason.TradingHours, $"it is {state.Now.MarketTime.ToUniversalTime().DayOfWeek} in market time");

    /// <summary>What the smallest layer leaves is worth an order in each wanted leg.</summary>
    public static Denial? LargeEnough(EngineState state, Intent.Open intent, SizeLayer smallest)
    {
        var (plan, least) = (intent.Plan, state.Settings.Limits.MinOrder);
        var isTooSmall = (plan.RatioYes > 0 && plan.CapitalYes < least)
            || (plan.RatioYes < 1 && plan.CapitalNo < least);
        return isTooSmall
            ? new(
                DenyReason.RiskLimit,
                $"{smallest.Name} leaves {smallest.Size} dollars ({smallest.Detail}), a leg needs {least}")
            : null;
    }
}
