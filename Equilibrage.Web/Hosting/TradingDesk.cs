using System.Threading.Channels;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;
using Equilibrage.Web.Live;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// The running desk: waits until it leads its account, recovers, runs a life of the engine, and when the database fails
/// or another process leads forgets it all and begins again. A broken invariant ends the process; starting is
/// recovering.
/// </summary>
internal sealed class TradingDesk(
    ILease lease, Standby standby, IJournal journal, IDecisionLog decisions,
    IVenue venue, IMarketDirectory directory, IEventSource source,
    LiveView live, DeskOptions options, TimeProvider clock, IHostApplicationLifetime lifetime, ILoggerFactory loggers)
    : BackgroundService, IDesk
{
    private static readonly TimeSpan TickPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ScanPatience = TimeSpan.FromSeconds(30);

    private readonly ILogger logger = loggers.CreateLogger<TradingDesk>();
    private volatile Inbox? inbox;

    /// <inheritdoc/>
    public DeskView Current => live.Current;

    /// <inheritdoc/>
    public DeskInfo Info => options.Info;

    /// <inheritdoc/>
    public IDisposable Subscribe(Func<Task> changed) => live.Subscribe(changed);

    /// <inheritdoc/>
    public async Task<CommandOutcome> SendAsync(OperatorCommand command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        var answer = new TaskCompletionSource<CommandOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        await EnterAsync(new InboxItem.Command(command, answer), cancellation);
        return await answer.Task.WaitAsync(cancellation);
    }

    /// <summary>
    /// Adds an item to the loop's inbox; nothing happens while the desk is recovering, which reads all anew.
    /// </summary>
    public ValueTask PostAsync(InboxItem item, CancellationToken cancellation) =>
        inbox?.AddAsync(item, cancellation) ?? ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async Task<ScanView> ScanAsync(CancellationToken cancellation)
    {
        var before = Current.Scan;
        var scanned = new TaskCompletionSource<ScanView>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = Subscribe(() =>
        {
            if (Current.Scan is { } scan && !ReferenceEquals(scan, before))
                scanned.TrySetResult(scan);
            return Task.CompletedTask;
        });
        await EnterAsync(new InboxItem.ScanNow(), cancellation);
        return await scanned.Task.WaitAsync(ScanPatience, cancellation);
    }

    /// <summary>Runs lives until it is stopped or an invariant breaks.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                try
                {
                    await LiveAsync(await standby.LeadAsync(stoppingToken), stoppingToken);
                }
                catch (LeadershipLostException error)
                {
                    Show(EngineActivity.Standby, "The lease of this account is lost; nothing is decided or sent.");
                    logger.LogWarning("This process does not lead any more: {Reason}", error.Message);
                }
                catch (JournalUnavailableException error)
                {
                    Show(
                        EngineActivity.WaitingForDatabase,
                        "The database is away; nothing is decided or sent until it is back.");
                    logger.LogWarning("The database is away; recovering when it is back: {Reason}", error.Message);
                    await Task.Delay(RetryPause, clock, stoppingToken);
                }
                catch (VenueUnavailableException error)
                {
                    // A closed vault may stay closed for days: it is told once.
                    if (Current.ActivityDetail != error.Message)
                        logger.LogWarning("The venue is away; recovering when it is back: {Reason}", error.Message);
                    Show(EngineActivity.Recovering, error.Message);
                    await Task.Delay(RetryPause, clock, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            Show(EngineActivity.Stopped, "The desk is stopped.");
        }
        catch (Exception error)
        {
            logger.LogCritical(error, "A broken invariant ends the process; the next start recovers from the journal");
            Environment.ExitCode = ExitCodes.Crashed;
            lifetime.StopApplication();
            throw;
        }
        finally
        {
            await ReleaseAsync();
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    /// <summary>Nothing is written or sent any more: another process may lead without waiting.</summary>
    private async Task ReleaseAsync()
    {
        try
        {
            await lease.ReleaseAsync(CancellationToken.None);
        }
        catch (JournalUnavailableException error)
        {
            logger.LogWarning("The lease could not be given up and ends by itself: {Reason}", error.Message);
        }
    }

    /// <summary>One life under one lease: recover, then run until something ends it.</summary>
    private async Task LiveAsync(JournalFollower follower, CancellationToken stopping)
    {
        using var life = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var box = new Inbox();
        var sender = new RequestSender(venue, box, lease, clock, loggers.CreateLogger<RequestSender>())
        {
            Arming = options.Arming,
        };
        var feed = new FeedReader(source, box, clock);
        var scanner = new ScanRunner(directory, box, loggers.CreateLogger<ScanRunner>());
        var ends = new MarketEnds(directory, box, loggers.CreateLogger<MarketEnds>());
        List<Task> parts = [lease.KeepAsync(life.Token)];
        try
        {
            var recovery = new Recovery(
                venue, directory, sender, options, clock, detail => Show(EngineActivity.Recovering, detail));
            var engine = await recovery.FoldAsync(follower, life.Token);
            var loop = new DeskLoop(
                engine, journal, decisions, lease, sender, scanner, ends, feed, options, clock, live.Publish);
            parts.AddRange([feed.RunAsync(life.Token), TickAsync(box, life.Token)]);
            await loop.AbsorbAsync(await recovery.CatchUpAsync(engine.State, life.Token), life.Token);
            logger.LogInformation("Recovered {Records} journal records; the desk runs", engine.State.Sequence);
            inbox = box;
            parts.Add(loop.RunAsync(box, life.Token));
            await await Task.WhenAny([.. parts, sender.Faulted]);
        }
        finally
        {
            inbox = null;
            life.Cancel();
            // The next life reads the journal: this one's loop must have written its last by then.
            await Task.WhenAll(parts).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            await scanner.DrainAsync();
            await ends.DrainAsync();
            await sender.DrainAsync();
            box.Close();
        }
    }

    private async Task TickAsync(Inbox box, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TickPause, clock);
        while (await timer.WaitForNextTickAsync(cancellation))
            box.Offer(new InboxItem.Tick());
    }

    /// <summary>Adds what somebody waits for; the life that would have answered may end at any moment.</summary>
    private async Task EnterAsync(InboxItem item, CancellationToken cancellation)
    {
        var box = inbox ?? throw new DeskUnavailableException(
            Current.ActivityDetail ?? "The desk is starting; ask again in a moment.");
        try
        {
            await box.AddAsync(item, cancellation);
        }
        catch (ChannelClosedException)
        {
            throw Inbox.Unavailable();
        }
    }

    private void Show(EngineActivity activity, string detail) =>
        live.Publish(Current with { Activity = activity, ActivityDetail = detail });
}
