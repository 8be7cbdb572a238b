using System.Collections.Concurrent;
using Equilibrage.Core.Engine;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// Sends what the journal already has, asks the venue what the loop wants to know, and brings the answers back as
/// facts. An order is sent once; when no answer comes it is looked up. One request about a thing is under way at a
/// time. Nothing that changes anything leaves without a lease that is certain to last.
/// </summary>
internal sealed class RequestSender(
    IVenue venue, Inbox inbox, ILeadership leadership, TimeProvider clock, ILogger<RequestSender> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // An operation is done when its transaction is; asking again before that only waits beside the first request.
    private static readonly TimeSpan ChainPatience = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<Task, byte> running = new();
    private readonly ConcurrentDictionary<string, byte> subjects = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource faulted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether orders may leave at all; asked before each send.</summary>
    public IArming Arming { get; init; } = Unrestricted.Instance;

    /// <summary>Fails when a request failed in a way that nobody foresaw; never completes otherwise.</summary>
    public Task Faulted => faulted.Task;

    /// <summary>True while something is on its way.</summary>
    public bool IsBusy => !running.IsEmpty;

    /// <summary>Starts sending and returns at once.</summary>
    public void Send(VenueRequest request, CancellationToken cancellation)
    {
        switch (request)
        {
            case VenueRequest.Submit { Order: var order }:
                Run(SubjectOf(order), () => SubmitAsync(order, cancellation), cancellation);
                break;
            case VenueRequest.LookUp { Order: var order }: LookUp(order, cancellation); break;
            case VenueRequest.Cancel { Order: var order }:
                Run($"cancel of {order.VenueOrderId}", () => CancelAsync(order, cancellation), cancellation);
                break;
            case VenueRequest.Execute { Operation: var operation }:
                Run(SubjectOf(operation), () => ExecuteAsync(operation, cancellation), cancellation);
                break;
            case VenueRequest.CancelAll:
                Run("cancel all", () => CancelAllAsync(cancellation), cancellation);
                break;
            default: throw new InvalidOperationException($"No rule sends {request.GetType().Name}.");
        }
    }

    /// <summary>
    /// Starts to find out what became of an order that was sent, or may have been; nothing while it is being sent or
    /// looked up already.
    /// </summary>
    public void LookUp(PreparedOrder order, CancellationToken cancellation) =>
        Run(SubjectOf(order), () => LookUpAsync(order, cancellation), cancellation);

    /// <summary>Starts to ask how trades were settled.</summary>
    public void AskSettlements(IReadOnlyCollection<TradeId> trades, CancellationToken cancellation) =>
        Run("settlements", () => AskSettlementsAsync(trades, cancellation), cancellation);

    /// <summary>
    /// Starts to read the account as it is while the journal stands at a sequence, and what moved its balances since.
    /// </summary>
    public void ReadAccount(long asOf, DateTimeOffset since, CancellationToken cancellation) =>
        Run("account", () => ReadAccountAsync(asOf, since, cancellation), cancellation);

    /// <summary>Waits for everything that is on its way.</summary>
    public Task DrainAsync() => Task.WhenAll(running.Keys);

    private static string SubjectOf(PreparedOrder order) => $"order {order.Command.ClientOrderId}";

    private static string SubjectOf(ChainOperation operation) => $"{operation.Kind} {operation.Id}";

    private void Run(string subject, Func<Task> work, CancellationToken cancellation)
    {
        if (!subjects.TryAdd(subject, 0))
            return;
        var task = RunAsync(subject, work, cancellation);
        running.TryAdd(task, 0);
        _ = task.ContinueWith(
            done => running.TryRemove(done, out _), CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task RunAsync(string subject, Func<Task> work, CancellationToken cancellation)
    {
        // The loop goes on while the request is prepared and sent.
        await Task.Yield();
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            logger.LogInformation("A request to the venue was given up at shutdown; the next start looks it up");
        }
        catch (Exception error)
        {
            // A lost answer would freeze its position: the life ends, and the next one looks everything up.
            faulted.TrySetException(error);
        }
        finally
        {
            subjects.TryRemove(subject, out _);
        }
    }

    private async Task SubmitAsync(PreparedOrder order, CancellationToken cancellation)
    {
        var result = Arming.WhyNot(order.Command) is { } why
            ? VenueResult<SubmitAnswer>.Fail(VenueErrorKind.NotSent, why)
            : await WhileLeadingAsync(() => venue.SubmitAsync(order, cancellation));
        var id = order.Command.ClientOrderId;
        await TellAsync(at => new EngineEvent.Answered(at, id, result.Value, result.Error), cancellation);
        if (result.Error?.Kind == VenueErrorKind.Unknown)
            await LookUpAsync(order, cancellation);
    }

    /// <summary>
    /// Asks for the order. When the venue shows no trace of it, cancels its id: a venue that promises to refuse it from
    /// then on has settled the matter; of any other, the account is read, and the engine decides after many such looks.
    /// </summary>
    private async Task LookUpAsync(PreparedOrder order, CancellationToken cancellation)
    {
        var subject = SubjectOf(order);
        var id = order.Command.ClientOrderId;
        var found = await PersistAsync(subject, () => venue.FindAsync(order, cancellation), cancellation);
        if (found.Error is not null)
            return;
        if (found.Value is null)
        {
            var ended = await CancelAsync(order.VenueOrderId, subject, cancellation);
            if (ended.Error is not null)
                return;
            if (ended.Value is null)
            {
                await SeekAsync(id, subject, cancellation);
                return;
            }

            // It may have come between the two questions: only now nothing of it changes behind our back.
            found = await PersistAsync(subject, () => venue.FindAsync(order, cancellation), cancellation);
            if (found.Error is not null)
                return;
        }

        await TellAsync(at => new EngineEvent.LookedUp(at, id, found.Value), cancellation);
        // Executions that are first heard of this way may have been settled before the feed was read.
        if (found.Value is { Fills.Count: > 0 } known)
            await AskSettlementsAsync([.. known.Fills.Select(fill => fill.TradeId)], cancellation);
    }

    /// <summary>
    /// Cancels an order that works. No trace of it means that it ended without an execution, or that it never came: the
    /// engine decides after many looks.
    /// </summary>
    private async Task CancelAsync(PreparedOrder order, CancellationToken cancellation)
    {
        var id = order.Command.ClientOrderId;
        var subject = $"cancel of {order.VenueOrderId}";
        var ended = await CancelAsync(order.VenueOrderId, subject, cancellation);
        if (ended.Error is { } error)
            await TellAsync(at => new EngineEvent.CancelFailed(at, id, error), cancellation);
        else if (ended.Value is { } known)
            await TellAsync(at => new EngineEvent.LookedUp(at, id, known), cancellation);
        else
            await SeekAsync(id, subject, cancellation);
        if (ended.Value is { Fills.Count: > 0 } late)
            await AskSettlementsAsync([.. late.Fills.Select(fill => fill.TradeId)], cancellation);
    }

    private Task<VenueResult<VenueOrder>> CancelAsync(
        VenueOrderId order, string subject, CancellationToken cancellation) => PersistAsync(
            subject, () => WhileLeadingAsync(() => venue.CancelAsync(order, cancellation)), cancellation);

    private async Task SeekAsync(ClientOrderId id, string subject, CancellationToken cancellation)
    {
        var account = await PersistAsync(subject, () => venue.GetAccountAsync(cancellation), cancellation);
        if (account.Value is { } record)
            await TellAsync(at => new EngineEvent.Sought(at, id, record), cancellation);
    }

    private async Task AskSettlementsAsync(IReadOnlyCollection<TradeId> trades, CancellationToken cancellation)
    {
        var settled = await PersistAsync(
            "settlements", () => venue.GetSettlementsAsync(trades, cancellation), cancellation);
        foreach (var (trade, isConfirmed) in settled.Value ?? new Dictionary<TradeId, bool>())
        {
            await TellAsync(
                at => new EngineEvent.Fed(at, new FeedEvent.Settled(at.MarketTime, trade, isConfirmed)), cancellation);
        }
    }

    /// <summary>
    /// Balances are read before and after the activity: when they stood still, nothing is in one and not in the other.
    /// When they moved, the next comparison reads again.
    /// </summary>
    private async Task ReadAccountAsync(long asOf, DateTimeOffset since, CancellationToken cancellation)
    {
        var account = await PersistAsync("account", () => venue.GetAccountAsync(cancellation), cancellation);
        if (account.Value is not { } record)
            return;
        // The activity explains differences. Without it there may be one more, and a later reading explains that.
        var activity = await InTimeAsync(() => venue.GetActivityAsync(since, cancellation), Patience, cancellation);
        if (activity.Error is { } error)
        {
            logger.LogWarning("The account's activity was not told ({Kind}): {Message}", error.Kind, error.Message);
        }
        else
        {
            var again = await PersistAsync("account", () => venue.GetAccountAsync(cancellation), cancellation);
            if (again.Value is not { } later || !HasSameBalances(record, later))
                return;
            record = later;
        }

        await inbox.AddAsync(new InboxItem.AccountRead(record, activity.Value, asOf), cancellation);
    }

    private static bool HasSameBalances(VenueAccount left, VenueAccount right) => left.Cash == right.Cash
        && left.Tokens.Count == right.Tokens.Count
        && left.Tokens.All(token => right.Tokens.GetValueOrDefault(token.Key) == token.Value);

    private async Task ExecuteAsync(ChainOperation operation, CancellationToken cancellation)
    {
        var (receipt, error) = await RepeatAsync(
            SubjectOf(operation),
            () => Arming.Permission == OrderPermission.Nothing
                ? Task.FromResult(VenueResult<ChainReceipt>.Fail(VenueErrorKind.NotSent, Arming.Reason ?? ""))
                : WhileLeadingAsync(() => venue.ExecuteAsync(operation, cancellation)),
            cancellation, ChainPatience);
        await TellAsync(at => new EngineEvent.Executed(at, operation.Id, receipt, error), cancellation);
    }

    private async Task CancelAllAsync(CancellationToken cancellation)
    {
        var (answer, error) = await RepeatAsync(
            "cancel all", () => WhileLeadingAsync(() => venue.CancelAllAsync(cancellation)), cancellation);
        var (account, problem) = await RepeatAsync(
            "cancel all", () => venue.GetAccountAsync(cancellation), cancellation);
        var canceled = answer?.Canceled.Count ?? 0;
        await TellAsync(
            at => new EngineEvent.CanceledAll(at, canceled, account?.OpenOrders, error ?? problem), cancellation);
    }

    /// <summary>Sends, unless the lease might end meanwhile: then nothing left, and the next leader may send.</summary>
    private Task<VenueResult<T>> WhileLeadingAsync<T>(Func<Task<VenueResult<T>>> send)
        where T : class => leadership.MaySend()
            ? send()
            : Task.FromResult(VenueResult<T>.Fail(
                VenueErrorKind.NotSent, "The lease of this account may end too soon: nothing was sent."));

    private ValueTask TellAsync(Func<Stamp, EngineEvent> fact, CancellationToken cancellation) =>
        inbox.AddAsync(new InboxItem.Fact(fact), cancellation);

    /// <summary>
    /// Repeats a call that is safe to repeat until it is answered or refused; a refusal is told to the engine.
    /// </summary>
    private async Task<VenueResult<T>> PersistAsync<T>(
        string subject, Func<Task<VenueResult<T>>> call, CancellationToken cancellation)
        where T : class
    {
        var result = await RepeatAsync(subject, call, cancellation);
        if (result.Error is { } error)
            await TellAsync(at => new EngineEvent.Declined(at, subject, error), cancellation);
        return result;
    }

    private async Task<VenueResult<T>> RepeatAsync<T>(
        string subject, Func<Task<VenueResult<T>>> call, CancellationToken cancellation, TimeSpan? patience = null)
        where T : class
    {
        for (var pause = FirstPause; ; pause = pause * 2 > LongestPause ? LongestPause : pause * 2)
        {
            var result = await InTimeAsync(call, patience ?? Patience, cancellation);
            if (result.Error is not { } error)
                return result;
            logger.LogWarning(
                "{Subject}: the venue did not answer ({Kind}): {Message}", subject, error.Kind, error.Message);
            if (error.Kind is VenueErrorKind.Refused or VenueErrorKind.Restricted)
                return result;
            await Task.Delay(pause, clock, cancellation);
        }
    }

    private async Task<VenueResult<T>> InTimeAsync<T>(
        Func<Task<VenueResult<T>>> call, TimeSpan patience, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await call().WaitAsync(patience, clock, cancellation);
        }
        catch (TimeoutException)
        {
            return VenueResult<T>.Fail(VenueErrorKind.Unavailable, "No answer in time.");
        }
    }
}
