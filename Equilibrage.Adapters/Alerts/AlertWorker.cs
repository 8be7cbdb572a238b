using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Adapters.Alerts;

/// <summary>
/// Follows the journal from behind and sends what is due. It reads what is written already and is never waited for, so
/// that no alert can slow the engine or stop it.
/// </summary>
internal sealed class AlertWorker(
    AlertOptions options, AlertDesk alerts, AlertOutbox outbox, AlertSender sender, IJournalReader journal,
    IHistory history, IDesk desk, IFeedStatus? feed, TimeProvider clock, ILogger<AlertWorker> logger)
    : BackgroundService
{
    private const int MostRecords = 200;
    private const int MostAtOnce = 10;
    private const int MostAttempts = 40;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan FeedGrace = TimeSpan.FromSeconds(5);

    private DateTimeOffset? feedLostAt;
    private bool isLossTold;
    private long dropped;

    /// <summary>Looks once: queues what is new and sends what is due.</summary>
    public async Task StepAsync(CancellationToken cancellation)
    {
        if (desk.Current is { Activity: EngineActivity.Running, Overview: { Sequence: > 0 } overview })
            await CollectAsync(overview, cancellation);
        await DeliverAsync(cancellation);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (alerts.Problem is { } problem)
            logger.LogWarning("{Problem}", problem);
        using var timer = new PeriodicTimer(options.Pause, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await StepAsync(stoppingToken);
                }
                catch (Exception error) when (error is not OperationCanceledException)
                {
                    // The desk goes on whatever becomes of its alerts; what was not queued is looked for again.
                    logger.LogWarning("Alerts pause: {Reason}", Redaction.Text(error.Message));
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            logger.LogDebug("Alerts stop; what is queued is sent after the next start");
        }
    }

    private async Task CollectAsync(OverviewView overview, CancellationToken cancellation)
    {
        var settings = alerts.Settings;
        var now = clock.GetUtcNow();
        var due = LastSummaryDue(now, settings.DailyHour);
        if (await outbox.CursorAsync(cancellation) is not { } cursor)
        {
            // The first time: what happened before anyone wanted alerts is history.
            await outbox.AddAsync([], overview.Sequence, due, options.MostQueued, now, cancellation);
            return;
        }

        NoteDropped(cursor.Dropped);
        var found = FeedAlerts(overview, now).ToList();
        var isSummaryDue = cursor.Summarized is not { } summarized || summarized < due;
        if (isSummaryDue)
            found.Add(AlertRules.Daily(overview, due));
        var reached = cursor.Sequence;
        if (overview.Sequence > cursor.Sequence)
        {
            var page = await journal.PageAsync(
                new AccountId(options.Account), new JournalFilter { Kinds = AlertRules.RecordKinds }, cursor.Sequence,
                isNewestFirst: false, MostRecords, cancellation);
            foreach (var line in page.Lines)
            {
                if (await AlertOfAsync(line, cancellation) is { } alert)
                    found.Add(alert);
            }

            reached = page.Next ?? Math.Max(overview.Sequence, page.Lines.LastOrDefault()?.Record.Sequence ?? 0);
        }

        if (reached == cursor.Sequence && found.Count == 0)
            return;
        var queued = found
            .SelectMany(alert => settings.Wanting(alert.Kind).Select(channel => (channel, alert))).ToList();
        await outbox.AddAsync(
            queued, reached, isSummaryDue ? due : null, options.MostQueued, now, cancellation);
    }

    private async Task<Alert?> AlertOfAsync(JournalLine line, CancellationToken cancellation)
    {
        var isClosing = line.Record.Output is EngineOutput.PositionMoved { To: Core.Accounting.PositionState.Closed };
        var position = isClosing && line.Record.PositionId is { } id
            ? await history.PositionAsync(new AccountId(options.Account), id, cancellation)
            : null;
        return AlertRules.Of(line.Record, OutcomeNames.Of(line.Market), position);
    }

    private IEnumerable<Alert> FeedAlerts(OverviewView overview, DateTimeOffset now)
    {
        if (feed?.Status is not { Connections: > 0 } status)
            yield break;
        var at = new Stamp(overview.MarketTime, now);
        if (status.OpenConnections == 0)
        {
            feedLostAt ??= now;
            if (!isLossTold && now - feedLostAt >= FeedGrace)
            {
                isLossTold = true;
                yield return AlertRules.Feed(
                    true, feedLostAt.Value, at, $"No connection since {Say.Time(feedLostAt.Value)}.");
            }
        }
        else if (feedLostAt is { } since)
        {
            feedLostAt = null;
            if (isLossTold)
                yield return AlertRules.Feed(false, since, at, $"It was away since {Say.Time(since)}.");
            isLossTold = false;
        }
    }

    private async Task DeliverAsync(CancellationToken cancellation)
    {
        var taken = await outbox.TakeAsync(MostAtOnce, clock.GetUtcNow(), cancellation);
        var settings = alerts.Settings;
        await Task.WhenAll(taken.GroupBy(queued => queued.Channel).Select(async channel =>
        {
            foreach (var queued in channel)
                await DeliverAsync(queued, settings.Of(queued.Channel), cancellation);
        }));
    }

    private async Task DeliverAsync(QueuedAlert queued, ChannelSettings settings, CancellationToken cancellation)
    {
        var outcome = settings.IsEnabled
            ? await sender.SendAsync(queued.Channel, settings, queued.Alert, cancellation)
            : new SendOutcome(false, false, null, "The channel was switched off.");
        var now = clock.GetUtcNow();
        var mayRetry = outcome.MayRetry && queued.Attempts < MostAttempts;
        DateTimeOffset? again = mayRetry ? now + Pause(queued.Attempts, outcome.After) : null;
        // What the channel took must not be sent again because the process is stopping.
        await outbox.FinishAsync(queued, outcome, now, again, CancellationToken.None);
        if (!outcome.IsSent)
        {
            logger.LogInformation(
                "Alert {Alert} over {Channel}: {Message}", queued.Alert.Id, queued.Channel, outcome.Message);
        }
    }

    private void NoteDropped(long count)
    {
        if (count > dropped)
            logger.LogWarning("{Count} alerts were dropped so far: the queue is bounded", count);
        dropped = count;
    }

    private static TimeSpan Pause(int attempts, TimeSpan? wanted)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(attempts - 1, 10));
        pause = pause > LongestPause ? LongestPause : pause;
        return wanted > pause ? wanted.Value : pause;
    }

    private static DateTimeOffset LastSummaryDue(DateTimeOffset now, int hour)
    {
        var utc = now.ToUniversalTime();
        var today = new DateTimeOffset(utc.Year, utc.Month, utc.Day, hour, 0, 0, TimeSpan.Zero);
        return today <= utc ? today : today.AddDays(-1);
    }
}
