using System.Threading.Channels;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Core.State;
using Equilibrage.Sandbox.Record;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Equilibrage.Sandbox.Hosting;

/// <summary>
/// The one writer of the venue. Ten times a wall second, and whenever something is asked, it moves market time, does
/// what was asked, puts all of it on record in one transaction, and only then answers and publishes. When the record
/// fails it forgets what it did and starts again from the record.
/// </summary>
internal sealed class ExchangeLoop : IAsyncDisposable
{
    private const int MostCallsWaiting = 1_000;
    private const int MostCallsPerPump = 256;
    private const int MostStepsPerPump = 50;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private readonly PracticeRecord record;
    private readonly Func<ExchangeRecord, ExchangeState> restore;
    private readonly MarketClock marketClock;
    private readonly TimeProvider wall;
    private readonly ILogger logger;
    private readonly TimeSpan mostAhead;
    private readonly AccountFeed? feed;
    private readonly FeedOutlet outlet = new();
    private readonly Wants wants = new();
    private readonly CancellationTokenSource ending = new();
    private readonly Channel<Call> calls = Channel.CreateBounded<Call>(
        new BoundedChannelOptions(MostCallsWaiting) { SingleReader = true });

    private ExchangeState state;
    private HashSet<TokenId> told = [];
    private long recordedStep;
    private int readers;

    /// <summary>Starts from a state that is on record; the feed is one account's, or nobody's.</summary>
    public ExchangeLoop(
        ExchangeState state, PracticeRecord record, Func<ExchangeRecord, ExchangeState> restore, int stepSeconds,
        decimal speed, AccountId? account, TimeProvider wall, ILogger logger)
    {
        (this.state, this.record, this.restore, this.wall, this.logger) = (state, record, restore, wall, logger);
        feed = account is { } own ? new(own) : null;
        mostAhead = TimeSpan.FromSeconds((long)stepSeconds * MostStepsPerPump);
        marketClock = new(wall, speed);
        recordedStep = state.Venue.Step;
        MarketTime = state.Venue.MarketTime;
        Completion = Task.Run(RunAsync);
    }

    /// <summary>Market time of the last step on record.</summary>
    public DateTimeOffset MarketTime { get; private set; }

    /// <summary>Ends when the loop does; faulted when something broke that must not.</summary>
    public Task Completion { get; }

    /// <summary>Who hears of everything.</summary>
    public Subscribers Subscribers { get; } = new();

    /// <summary>Which books are wanted.</summary>
    public Wants Wants => wants;

    /// <summary>Asks the writer for something.</summary>
    public async Task<Call<T>> AskAsync<T>(Func<ExchangeState, T> work, bool isChange, CancellationToken cancellation)
    {
        var call = new Call<T>(work, isChange);
        try
        {
            await calls.Writer.WriteAsync(call, cancellation);
        }
        catch (ChannelClosedException)
        {
            call.Refuse();
        }

        return call;
    }

    /// <summary>Becomes the feed's reader; what came before is not told.</summary>
    public async Task<ChannelReader<FeedEvent>> AttachAsync(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref readers, 1) == 1)
            throw new InvalidOperationException("The feed has a reader already.");
        var isAttached = false;
        try
        {
            var call = await AskAsync(_ => Attach(), isChange: false, cancellation);
            var (_, error) = await call.Answer.WaitAsync(cancellation);
            isAttached = error is null;
            return isAttached ? outlet.Reader : throw new VenueUnavailableException(error!.Message);
        }
        finally
        {
            // A reader that never began would keep the feed from the next one for ever.
            if (!isAttached)
                Detach();
        }
    }

    /// <summary>Stops being the feed's reader.</summary>
    public void Detach() => Interlocked.Exchange(ref readers, 0);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }

    private bool Attach()
    {
        outlet.Clear();
        wants.Refresh();
        return true;
    }

    private async Task RunAsync()
    {
        Exception? broken = null;
        try
        {
            using var timer = new PeriodicTimer(Period, wall);
            marketClock.StandAt(state.Venue.MarketTime);
            Task<bool>? tick = null;
            Task<bool>? asked = null;
            while (!ending.IsCancellationRequested)
            {
                tick ??= timer.WaitForNextTickAsync(ending.Token).AsTask();
                asked ??= calls.Reader.WaitToReadAsync(ending.Token).AsTask();
                await Task.WhenAny(tick, asked);
                var isTick = tick.IsCompleted;
                tick = isTick ? null : tick;
                asked = asked.IsCompleted ? null : asked;
                await PumpAsync(isTick);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            logger.LogDebug("The practice exchange ends.");
        }
        catch (Exception error)
        {
            broken = error;
            logger.LogCritical(error, "The practice exchange broke and ends.");
            throw;
        }
        finally
        {
            Close(broken);
        }
    }

    private void Close(Exception? broken)
    {
        calls.Writer.TryComplete();
        while (calls.Reader.TryRead(out var call))
            call.Refuse();
        outlet.Close(broken);
        Subscribers.Close(broken);
    }

    private async Task PumpAsync(bool isTick)
    {
        var begun = new List<Call>();
        var happened = new List<VenueEvent>();
        try
        {
            var venue = state.Venue;
            if (isTick)
                happened.AddRange(venue.Advance(marketClock.Read(venue.MarketTime, mostAhead)));
            while (begun.Count < MostCallsPerPump && calls.Reader.TryRead(out var call))
            {
                begun.Add(call);
                call.Execute(state);
            }

            HearWants();
            happened.AddRange(venue.Drain());
            var changes = state.TakeChanges();
            if (!changes.IsClockOnly || venue.Step != recordedStep)
                await record.CommitAsync(changes, ending.Token);
        }
        catch (Exception error) when (IsOutage(error))
        {
            begun.ForEach(call => call.Lose());
            await ReloadAsync(error, happened);
            return;
        }
        catch
        {
            begun.ForEach(call => call.Lose());
            throw;
        }

        (recordedStep, MarketTime) = (state.Venue.Step, state.Venue.MarketTime);
        begun.ForEach(call => call.Complete());
        Subscribers.Publish(happened);
        Tell(happened, isBookTold: true);
    }

    private void Tell(List<VenueEvent> happened, bool isBookTold)
    {
        if (feed is null || Volatile.Read(ref readers) == 0)
            return;
        var reports = feed.Read(happened);
        outlet.Publish(isBookTold ? reports : reports.Where(FeedOutlet.IsNotBook), wants.Now);
    }

    private void HearWants()
    {
        if (outlet.NeedsSnapshots)
        {
            outlet.Resume();
            wants.Refresh();
        }

        var fresh = new HashSet<TokenId>();
        var isNews = Subscribers.TakeNews(fresh);
        if (wants.Take() is { } said)
            fresh.UnionWith(said.Fresh);
        else if (!isNews)
            return;
        HashSet<TokenId> all = [.. wants.Now];
        Subscribers.AddWanted(all);
        state.Venue.SetWanted(all);
        fresh.IntersectWith(told);
        state.Venue.Reseed(fresh);
        told = all;
    }

    private async Task ReloadAsync(Exception error, List<VenueEvent> unpublished)
    {
        logger.LogWarning(error, "The practice exchange lost its database; market time stands still until it is back.");
        var attempted = record.CommitNumber + 1;
        outlet.Publish([new FeedEvent.Lost(MarketTime, [.. wants.Now])], wants.Now);
        using var timer = new PeriodicTimer(Period, wall);
        ExchangeState? reloaded = null;
        while (reloaded is null)
        {
            await timer.WaitForNextTickAsync(ending.Token);
            while (calls.Reader.TryRead(out var call))
                call.Refuse();
            reloaded = await TryLoadAsync();
        }

        (state, told) = (reloaded, []);
        // A commit whose answer was lost took place after all: then what it reported happened too.
        if (record.CommitNumber == attempted)
            Tell(unpublished, isBookTold: false);
        (recordedStep, MarketTime) = (state.Venue.Step, state.Venue.MarketTime);
        marketClock.StandAt(MarketTime);
        Subscribers.Publish([new VenueEvent.Interrupted(MarketTime)]);
        Subscribers.Refresh();
        wants.Refresh();
        logger.LogInformation("The practice exchange goes on at market time {MarketTime:O}.", MarketTime);
    }

    private async Task<ExchangeState?> TryLoadAsync()
    {
        try
        {
            return restore(await record.LoadAsync(ending.Token));
        }
        catch (Exception error) when (IsOutage(error))
        {
            logger.LogDebug(error, "The database is still away.");
            return null;
        }
    }

    // An integrity or syntax error is ours, not the database's absence, and waiting would not mend it.
    private static bool IsOutage(Exception error) => error switch
    {
        PostgresException { SqlState: ['2', '2' or '3', ..] or ['4', '2', ..] } => false,
        NpgsqlException or TimeoutException or IOException => true,
        _ => false,
    };
}
