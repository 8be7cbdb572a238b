using Equilibrage.Core.Orders;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Projections;

/// <content>The desk itself: settings, commands, incidents, the kill switch.</content>
public static partial class JournalWords
{
    private static void Desk(Words words) => words
        .On<EngineOutput.SettingsChanged>(_ => new("Settings changed", null, JournalTone.Info))
        .On<EngineOutput.CommandAnswered>(answered => answered.Denial is { } denial
            ? new("The operator's request was refused", denial.Explain(), JournalTone.Warn)
            : new("Asked for by the operator", null, JournalTone.Info))
        .On<EngineOutput.IncidentRaised>(incident => new(incident.Subject, incident.Detail, JournalTone.Warn))
        .On<EngineOutput.IncidentClosed>(closed => new("Incident closed", Say.Sentence(closed.How), JournalTone.Good))
        .On<EngineOutput.PermissionChanged>(changed => new(
            changed.Permission switch
            {
                OrderPermission.Everything => "Armed: entries and exits may be sent",
                OrderPermission.ExitsOnly => "Exits only: nothing is bought",
                _ => "Disarmed: nothing is sent",
            },
            Say.Sentence(changed.Why),
            changed.Permission == OrderPermission.Everything ? JournalTone.Info : JournalTone.Warn))
        .On<EngineOutput.Halted>(halted => new(
            $"Halted ({Say.Words(halted.Cause)})", Say.Sentence(halted.Reason), JournalTone.Bad))
        .On<EngineOutput.HaltAcknowledged>(acknowledged => new(
            "Halt acknowledged: no order is open",
            acknowledged.Canceled == 1 ? "1 order was canceled for it."
                : $"{acknowledged.Canceled} orders were canceled for it.",
            JournalTone.Info))
        .On<EngineOutput.Resumed>(resumed => new("Halt cleared", Say.Sentence(resumed.Why), JournalTone.Good))
        .On<EngineOutput.DayBegan>(began => new(
            $"Losses are measured from {Say.Money(began.Equity)}", null, JournalTone.Neutral))
        .On<EngineOutput.PeakReached>(reached => new(
            $"Falls are measured from {Say.Money(reached.Equity)}", null, JournalTone.Neutral))
        .On<EngineOutput.CallJudged>(judged => judged.Fault switch
        {
            CallFault.Rejected => new("A fault counts: an order failed", Say.Sentence(judged.Detail), JournalTone.Warn),
            CallFault.CancelFailed => new(
                "A fault counts: a cancel failed", Say.Sentence(judged.Detail), JournalTone.Warn),
            CallFault.Slow => new("A fault counts: a slow answer", Say.Sentence(judged.Detail), JournalTone.Warn),
            _ => new("The venue answers again as it should", null, JournalTone.Good),
        });
}
