using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Engine;

/// <summary>
/// Measures the day's loss and the fall from the peak, with every look at the positions, and pulls the kill switch when
/// a limit is reached. Equity counts claims that are not redeemed yet, now and at the peak.
/// </summary>
internal static class LossWatch
{
    // A new peak is written down when it is this much higher, so that a rising account does not fill the journal.
    private const long PeakStepPerMille = 1;

    /// <summary>Looks, when it is time to.</summary>
    public static void Look(EngineState state, EngineEvent cause, Recorder record)
    {
        if (cause is not EngineEvent.MonitorDue || state.EquityWatch is not { } watch)
            return;
        var (equity, capital) = (Equity.Of(state).Total, state.Ledger.Capital);
        var today = DateOnly.FromDateTime(state.Now.MarketTime.UtcDateTime);
        if (today > watch.Day)
            record.Emit(new EngineOutput.DayBegan(today, equity));
        var peak = watch.PeakAt(capital);
        if (equity > peak && equity - peak >= Usdc.Max(Usdc.Zero, peak).Share(PeakStepPerMille, 1_000))
            record.Emit(new EngineOutput.PeakReached(equity));
        if (Reached(state.EquityWatch!, state.Settings.Limits, equity, capital) is { } reached)
            KillSwitch.Pull(state, record, reached.Cause, reached.Reason);
    }

    /// <summary>
    /// The operator resumes after a loss: what was lost is accepted, and the limit counts from here on.
    /// </summary>
    public static void Accept(EngineState state, HaltCause cause, Recorder record)
    {
        var equity = Equity.Of(state).Total;
        if (cause == HaltCause.DailyLoss && state.EquityWatch is { } watch)
            record.Emit(new EngineOutput.DayBegan(watch.Day, equity));
        else if (cause == HaltCause.Drawdown)
            record.Emit(new EngineOutput.PeakReached(equity));
    }

    private static (HaltCause Cause, string Reason)? Reached(
        EquityWatch watch, RiskLimits limits, Usdc equity, Usdc capital)
    {
        var loss = watch.DayLoss(equity, capital);
        if (limits.DailyLoss > Usdc.Zero && loss >= limits.DailyLoss)
            return (HaltCause.DailyLoss, $"the day has lost {loss} dollars, {limits.DailyLoss} are allowed");
        var share = watch.DayEquity.Share((long)(limits.DailyLossPercent * 10_000), 1_000_000);
        if (share > Usdc.Zero && loss >= share)
        {
            return (HaltCause.DailyLoss,
                $"the day has lost {loss} dollars, {limits.DailyLossPercent} % of {watch.DayEquity} are allowed");
        }

        var fall = watch.DrawdownPercent(equity, capital);
        return limits.DrawdownPercent > 0 && fall >= limits.DrawdownPercent
            ? (HaltCause.Drawdown, $"equity {equity} is {fall:0.##} % below its peak of {watch.PeakAt(capital)}, "
                + $"{limits.DrawdownPercent} % are allowed")
            : null;
    }
}
