using Equilibrage.Core.Engine;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;
using Equilibrage.Core.Strategies;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// One life of the engine, from recovery until the database fails or the process stops: reads the inbox, processes,
/// journals, and only then sends, answers and shows. All of it happens under one epoch of the account's lease.
/// </summary>
internal sealed class DeskLoop(
    TradingEngine engine, IJournal journal, IDecisionLog decisions, ILeadership leadership,
    RequestSender sender, ScanRunner scanner, MarketEnds ends, FeedReader feed,
    DeskOptions options, TimeProvider clock, Action<DeskView> publish)
{
    private const int MaxItemsPerTurn = 256;
    private static readonly TimeSpan ViewPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LeasePause = TimeSpan.FromMilliseconds(50);

    private readonly long epoch = leadership.Epoch;
    private readonly SteadyClock steady = new(clock);
    private readonly ClockWatch clockWatch = new(clock);
    private readonly DueTimes due = new();
    private readonly Comparisons comparisons = new();
    private readonly Inquiries inquiries = new(sender);
    private readonly Dictionary<string, TaskCompletionSource<CommandOutcome>> waiting = [];
    private readonly ManualEntries entries = new();
    private readonly RecentEvents recent = new();
    private Task decisionsWritten = Task.CompletedTask;
    private ScanResult? scan;
    private ScanView? scanView;
    private bool isScanAsked = true;
    private DateTimeOffset lastView;

    private EngineState State => engine.State;

    /// <summary>Processes facts that were gathered before the loop runs.</summary>
    public async Task AbsorbAsync(IReadOnlyList<EngineEvent> facts, CancellationToken cancellation)
    {
        var buffer = new TurnBuffer();
        foreach (var fact in facts)
            buffer.Add(engine.Process(fact));
        Follow(buffer);
        await CommitAsync(buffer, cancellation);
        Publish(force: true);
    }

    /// <summary>Runs until canceled.</summary>
    /// <exception cref="JournalUnavailableException">The database failed: recover and run a new life.</exception>
    /// <exception cref="LeadershipLostException">Another process leads: forget everything and stand by.</exception>
    public async Task RunAsync(Inbox inbox, CancellationToken cancellation)
    {
        try
        {
            while (await inbox.Reader.WaitToReadAsync(cancellation))
            {
                // What is decided now could not be sent: the lease is renewed soon, or this life ends.
                while (!leadership.MaySend())
                    await Task.Delay(LeasePause, clock, cancellation);
                var buffer = new TurnBuffer();
                HeedJumps(buffer);
                for (var i = 0; i < MaxItemsPerTurn && inbox.Reader.TryRead(out var item); i++)
                    Handle(item, buffer);
                await WhatIsDueAsync(buffer, cancellation);
                await CommitAsync(buffer, cancellation);
                Publish(force: false);
            }
        }
        finally
        {
            foreach (var answer in waiting.Values)
                answer.TrySetException(Inbox.Unavailable());
        }
    }

    private void Handle(InboxItem item, TurnBuffer buffer)
    {
        switch (item)
        {
            case InboxItem.Report report:
                Process(new EngineEvent.Fed(new(report.Event.MarketTime, report.ReceivedAt), report.Event), buffer);
                break;
            case InboxItem.Fact fact: Process(fact.Make(Now()), buffer); break;
            case InboxItem.Command command:
                waiting[command.Ask.CommandId] = command.Answer;
                if (entries.Defer(command.Ask, State, steady.Now))
                    Follow(buffer);
                else
                    Process(new EngineEvent.Commanded(Now(), command.Ask), buffer);
                break;
            case InboxItem.ScanNow: isScanAsked = true; break;
            // What was read before something was booked would show a difference that is none.
            case InboxItem.AccountRead read when read.AsOf == State.Sequence:
                comparisons.Done(steady.Now);
                Process(new EngineEvent.Compared(Now(), read.Account, read.Activity), buffer);
                break;
        }
    }

    /// <summary>After a jump of the wall clock every book is asked for again before it is believed.</summary>
    private void HeedJumps(TurnBuffer buffer)
    {
        if (clockWatch.TakeJump() is not { } jump)
            return;
        Process(new EngineEvent.ClockJumped(Now(), jump), buffer);
        if (State.Followed is { } followed)
            feed.Reseed(followed);
        comparisons.Ask();
    }

    private void Process(EngineEvent cause, TurnBuffer buffer)
    {
        buffer.Add(engine.Process(cause));
        if (cause is not EngineEvent.Scanned scanned)
            return;
        scan = scanned.Scan;
        scanView = Projector.Scan(State, scan, engine.VerdictOf);
        Follow(buffer);
    }

    private void Follow(TurnBuffer buffer)
    {
        var wanted = FeedPlan.Wanted(State, scan, entries.Markets);
        if (State.Followed is { } followed && followed.SetEquals(wanted))
            return;
        buffer.Add(engine.Process(new EngineEvent.Followed(Now(), wanted)));
        feed.Want(wanted);
    }

    private Stamp Now() => new(State.Now.MarketTime, clock.GetUtcNow());

    private async Task WhatIsDueAsync(TurnBuffer buffer, CancellationToken cancellation)
    {
        var (now, passed) = (Now(), new Stamp(State.Now.MarketTime, steady.Now));
        foreach (var ready in entries.TakeReady(State, passed.RecordedAt))
            Process(new EngineEvent.Commanded(now, ready), buffer);
        if (due.IsMonitorDue(passed, State.Settings.MonitorSeconds))
            Process(new EngineEvent.MonitorDue(now), buffer);
        // Scans wait for their predecessor's explanations, so that these never pile up.
        var mayScan = decisionsWritten.IsCompleted;
        if (mayScan && (due.IsScanDue(passed, State.Settings.ScanSeconds) || isScanAsked))
        {
            await decisionsWritten;
            var plan = StrategyCatalog.Primary.Plan(State);
            // One that is running may have begun before it was asked for: the request stands until a scan starts.
            if (scanner.TryStart(new(State.Settings.Eligibility, State.Settings.Weights, plan), cancellation))
                isScanAsked = false;
        }

        inquiries.Start(State, passed.RecordedAt, cancellation);
        ends.Start(State, passed.RecordedAt, cancellation);
        if (buffer.Requests.Count == 0 && comparisons.TryBegin(State, sender.IsBusy, passed.RecordedAt))
            sender.ReadAccount(State.Sequence, Comparisons.SinceOf(State), cancellation);
    }

    private async Task CommitAsync(TurnBuffer buffer, CancellationToken cancellation)
    {
        var batch = buffer.ToBatch(epoch);
        if (!batch.IsEmpty)
            await journal.AppendAsync(batch, cancellation);
        foreach (var request in buffer.Requests)
            sender.Send(request, cancellation);
        foreach (var (command, outcome) in buffer.Answers)
        {
            if (waiting.Remove(command, out var answer))
                answer.TrySetResult(outcome);
        }

        if (buffer.Refusals.Count + buffer.Scans.Count > 0)
            decisionsWritten = WriteDecisionsAsync(decisionsWritten, buffer, cancellation);
        recent.Add(batch.Records, State);
    }

    private async Task WriteDecisionsAsync(Task before, TurnBuffer buffer, CancellationToken cancellation)
    {
        await before;
        await decisions.AppendAsync(buffer.Refusals, buffer.Scans, epoch, cancellation);
    }

    private void Publish(bool force)
    {
        var now = steady.Now;
        if (!force && now - lastView < ViewPause)
            return;
        lastView = now;
        publish(new()
        {
            Activity = EngineActivity.Running,
            ActivityDetail = State.IsReconciled ? null : Recovery.LastStep,
            Overview = Projector.Overview(State, options.Info.Mode),
            Positions = Projector.Positions(State),
            Scan = scanView,
            Risk = RiskViews.Of(State),
            Settings = State.Settings,
            RecentFills = recent.Fills,
            Incidents = recent.AllIncidents(State),
        });
    }
}
