using System.Collections.Concurrent;
using Equilibrage.Core.Engine;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// Sends what the journal already has, and brings the answers back as facts. An order is sent once; when no answer
/// comes it is looked up by its id until its fate is known.
/// </summary>
internal sealed class RequestSender(IVenue venue, Inbox inbox, ILogger<RequestSender> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Task, byte> running = new();
    private readonly TaskCompletionSource faulted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Fails when a request failed in a way that nobody foresaw; never completes otherwise.</summary>
    public Task Faulted => faulted.Task;

    /// <summary>True while something is on its way.</summary>
    public bool IsBusy => !running.IsEmpty;

    /// <summary>Starts sending and returns at once.</summary>
    public void Send(VenueRequest request, CancellationToken cancellation) => Run(
        request switch
        {
            VenueRequest.Submit submit => () => SubmitAsync(submit.Order, cancellation),
            VenueRequest.Redeem redeem => () => RedeemAsync(redeem.MarketId, cancellation),
            _ => throw new InvalidOperationException($"No rule sends {request.GetType().Name}."),
        },
        cancellation);

    /// <summary>Starts to find out what became of an order that was sent, or may have been.</summary>
    public void LookUp(PreparedOrder order, CancellationToken cancellation) =>
        Run(() => LookUpAsync(order, cancellation), cancellation);

    /// <summary>Waits for everything that is on its way.</summary>
    public Task DrainAsync() => Task.WhenAll(running.Keys);

    private void Run(Func<Task> work, CancellationToken cancellation)
    {
        var task = Task.Run(
            async () =>
            {
                try
                {
                    await work();
                }
                catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
                {
                    logger.LogInformation(
                        "A request to the venue was given up at shutdown; the next start looks it up");
                }
                catch (Exception error)
                {
                    // A lost answer would freeze its position: the life ends, and the next one looks everything up.
                    faulted.TrySetException(error);
                }
            },
            CancellationToken.None);
        running.TryAdd(task, 0);
        _ = task.ContinueWith(done => running.TryRemove(done, out _), TaskScheduler.Default);
    }

    private async Task SubmitAsync(PreparedOrder order, CancellationToken cancellation)
    {
        var result = await venue.SubmitAsync(order, cancellation);
        var id = order.Command.ClientOrderId;
        await inbox.AddAsync(
            new InboxItem.Fact(at => new EngineEvent.Answered(at, id, result.Value, result.Error)), cancellation);
        if (result.Error?.Kind == VenueErrorKind.Unknown)
            await LookUpAsync(order, cancellation);
    }

    /// <summary>
    /// Asks for the order; when the venue has none, cancels its id, after which the venue refuses it should it still
    /// arrive. Only then is it known to be absent.
    /// </summary>
    private async Task LookUpAsync(PreparedOrder order, CancellationToken cancellation)
    {
        var found = await PersistAsync(() => venue.FindAsync(order, cancellation), cancellation);
        if (found is null)
        {
            var ended = await PersistAsync(() => venue.CancelAsync(order.VenueOrderId, cancellation), cancellation);
            found = ended is { Fills.Count: > 0 } ? ended : null;
        }

        await inbox.AddAsync(
            new InboxItem.Fact(at => new EngineEvent.LookedUp(at, order.Command.ClientOrderId, found)), cancellation);
        if (found is { Fills.Count: > 0 })
            await AskSettlementsAsync([.. found.Fills.Select(fill => fill.TradeId)], cancellation);
    }

    /// <summary>
    /// Executions that are first heard of by looking their order up may have been settled before the feed was read.
    /// </summary>
    private async Task AskSettlementsAsync(IReadOnlyCollection<TradeId> trades, CancellationToken cancellation)
    {
        var settled = await PersistAsync(() => venue.GetSettlementsAsync(trades, cancellation), cancellation);
        foreach (var (trade, isConfirmed) in settled ?? new Dictionary<TradeId, bool>())
        {
            await inbox.AddAsync(
                new InboxItem.Fact(
                    at => new EngineEvent.Fed(at, new FeedEvent.Settled(at.MarketTime, trade, isConfirmed))),
                cancellation);
        }
    }

    private async Task RedeemAsync(MarketId market, CancellationToken cancellation)
    {
        var receipt = await PersistAsync(() => venue.RedeemAsync(market, cancellation), cancellation);
        if (receipt is not null)
            await inbox.AddAsync(new InboxItem.Fact(at => new EngineEvent.Redeemed(at, market, receipt)), cancellation);
    }

    /// <summary>Repeats a call that is safe to repeat until it is answered.</summary>
    private async Task<T?> PersistAsync<T>(Func<Task<VenueResult<T>>> call, CancellationToken cancellation)
        where T : class
    {
        for (var pause = FirstPause; ; pause = pause * 2 > LongestPause ? LongestPause : pause * 2)
        {
            var result = await call();
            if (result.Error is null)
                return result.Value;
            logger.LogWarning("The venue did not answer ({Kind}): {Message}", result.Error.Kind, result.Error.Message);
            await Task.Delay(pause, cancellation);
        }
    }
}
