using Equilibrage.Core.Accounting;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Risk;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Projections;

/// <summary>Makes the view of the risk limits.</summary>
public static class RiskViews
{
    /// <summary>Limits, breakers and the kill switch as they stand.</summary>
    public static RiskView Of(EngineState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var (watch, capital) = (state.EquityWatch, state.Ledger.Capital);
        return new()
        {
            Halt = state.Halt is { } halt ? Of(halt, state) : null,
            Limits = Limits(state),
            Breakers = [.. Breakers(state)],
            WorkingOrders = state.Orders.Values.Count(order => order.IsWorking),
            DayEquity = watch is null ? null : watch.DayEquity + (capital - watch.DayCapital),
            PeakEquity = watch?.PeakAt(capital),
        };
    }

    private static HaltView Of(Halt halt, EngineState state) => new(
        halt.Cause, halt.Reason, halt.Since.RecordedAt, halt.AcknowledgedAt,
        halt.AcknowledgedAt is null ? state.HaltProgress.Canceled : halt.Canceled,
        halt.AcknowledgedAt is null ? state.HaltProgress.Left : 0, state.HaltProgress.Problem,
        [.. state.HaltSwitches.Values.Order(StringComparer.Ordinal)]);

    private static IReadOnlyList<LimitView> Limits(EngineState state)
    {
        var limits = state.Settings.Limits;
        var atRisk = state.Positions.Values
            .Select(position => (Position: position, Dollars: Exposure.CommittedOf(state, position)))
            .ToList();
        Usdc Largest(Func<Position, string> key) => atRisk
            .GroupBy(one => key(one.Position))
            .Select(group => Sum(group.Select(one => one.Dollars)))
            .DefaultIfEmpty(Usdc.Zero)
            .Max();

        return
        [
            Dollars("riskGlobal", "At risk everywhere", Sum(atRisk.Select(one => one.Dollars)), limits.GlobalExposure),
            Dollars("riskGroup", "Largest group", Largest(position => GroupOf(state, position)), limits.GroupExposure),
            Dollars("riskMarket", "Largest market", Largest(one => one.MarketId.Value), limits.MarketExposure),
            .. Losses(state, limits),
            new("riskErrors", "Errors in a row", state.ErrorsInARow, limits.ErrorsInARow, ""),
            new("riskOrderRate", "Purchases this minute", state.RecentPurchases(), limits.OrdersPerMinute, ""),
        ];
    }

    private static IEnumerable<LimitView> Losses(EngineState state, RiskLimits limits)
    {
        if (state.EquityWatch is not { } watch)
            yield break;
        var (equity, capital) = (Equity.Of(state).Total, state.Ledger.Capital);
        var loss = Usdc.Max(Usdc.Zero, watch.DayLoss(equity, capital));
        var share = watch.DayEquity.Share((long)(limits.DailyLossPercent * 10_000), 1_000_000);
        var isShareTighter = share > Usdc.Zero && (limits.DailyLoss == Usdc.Zero || share < limits.DailyLoss);
        yield return isShareTighter
            ? Dollars("riskDailyLossPercent", "Loss of the day", loss, share)
            : Dollars("riskDailyLoss", "Loss of the day", loss, limits.DailyLoss);
        yield return new(
            "riskDrawdown", "Fall from the peak", watch.DrawdownPercent(equity, capital), limits.DrawdownPercent, "%");
    }

    private static IEnumerable<BreakerView> Breakers(EngineState state)
    {
        if (View(state.GlobalBreaker, null, null) is { } global)
            yield return global;
        foreach (var (id, breaker) in state.MarketBreakers.OrderBy(one => one.Key.Value, StringComparer.Ordinal))
        {
            if (View(breaker, id, state.Catalog.Find(id)?.Question) is { } view)
                yield return view;
        }
    }

    private static BreakerView? View(Breaker breaker, MarketId? market, string? name) =>
        breaker is { Until: { } until, OpenedBy: { } fault }
            ? new(market, name, fault, until, breaker.Trial is not null)
            : null;

    private static string GroupOf(EngineState state, Position position) =>
        state.Catalog.Find(position.MarketId)?.GroupId ?? position.MarketId.Value;

    private static LimitView Dollars(string key, string label, Usdc used, Usdc limit) =>
        new(key, label, used.ToDecimal(), limit.ToDecimal(), "$");

    private static Usdc Sum(IEnumerable<Usdc> dollars) => dollars.Aggregate(Usdc.Zero, (sum, one) => sum + one);
}
