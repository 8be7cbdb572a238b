using Equilibrage.Polymarket;

namespace Equilibrage.Adapters.Transport;

/// <summary>How requests are let through.</summary>
internal sealed record RateGateSettings
{
    /// <summary>Percent of each window that is used: the way to the server may push requests together.</summary>
    public int UsedPercent { get; init; } = 90;

    /// <summary>Most requests that wait; more are turned away.</summary>
    public int LongestQueue { get; init; } = 4096;

    /// <summary>The signer's tier.</summary>
    public SignerTier Tier { get; init; } = RateLimits.Tiers[0];
}

/// <summary>
/// Lets requests through so that no window and no bucket is ever exceeded. Who came first goes first: a request passes
/// an earlier one only where the two share nothing that the earlier one waits for. Safe to use from several threads.
/// </summary>
internal sealed class RateGate : IDisposable
{
    private static readonly TimeSpan TimerGrain = TimeSpan.FromMilliseconds(1);

    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly RateGateSettings settings;
    private readonly Dictionary<string, SlidingWindow> windows = [];
    private readonly TokenBucket orders;
    private readonly TokenBucket cancels;
    private readonly LinkedList<Waiter> waiters = [];
    private readonly HashSet<object> blocked = [];
    private readonly ITimer timer;

    public RateGate(TimeProvider clock, RateGateSettings settings)
    {
        (this.clock, this.settings) = (clock, settings);
        orders = new("orders", settings.Tier.OrderRate, settings.Tier.OrderBurst);
        cancels = new("cancels", settings.Tier.CancelRate, settings.Tier.CancelBurst);
        timer = clock.CreateTimer(_ => Pump(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Requests that wait.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
                return waiters.Count;
        }
    }

    /// <summary>Requests that were turned away.</summary>
    public long TurnedAway { get; private set; }

    /// <summary>
    /// Waits until the request may be sent and counts it. False when it is turned away: the queue is full, or it costs
    /// more than its bucket ever holds.
    /// </summary>
    /// <param name="rules">The windows that it counts in, with one each.</param>
    /// <param name="bucket">The bucket that it draws from.</param>
    /// <param name="cost">Tokens that it draws.</param>
    /// <param name="cancellation">Gives up; nothing is counted then.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public Task<bool> WaitAsync(
        IReadOnlyList<RateRule> rules, SignerBucket bucket, int cost, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled<bool>(cancellation);
        lock (gate)
        {
            var waiter = new Waiter([.. rules.Select(WindowOf)], BucketOf(bucket), cost);
            if (waiter.Bucket?.Burst < cost || waiters.Count >= settings.LongestQueue)
            {
                TurnedAway++;
                return Task.FromResult(false);
            }

            waiters.AddLast(waiter.Place);
            PumpLocked();
            if (waiter.Place.List is not null)
            {
                waiter.Registration = cancellation.UnsafeRegister(
                    (state, token) => GiveUp((Waiter)state!, token), waiter);
            }

            return waiter.Passed.Task;
        }
    }

    /// <summary>Lets nothing through that counts in the given window for a while: the server asked for it.</summary>
    public void Hold(RateRule rule, TimeSpan length)
    {
        lock (gate)
        {
            WindowOf(rule).Hold(clock.GetUtcNow() + length);
            PumpLocked();
        }
    }

    public void Dispose()
    {
        timer.Dispose();
        lock (gate)
        {
            foreach (var waiter in waiters)
                waiter.Passed.TrySetCanceled();
            waiters.Clear();
        }
    }

    private void GiveUp(Waiter waiter, CancellationToken cancellation)
    {
        lock (gate)
        {
            if (waiter.Place.List is null)
                return;
            waiters.Remove(waiter.Place);
            waiter.Passed.TrySetCanceled(cancellation);
            PumpLocked();
        }
    }

    private void Pump()
    {
        lock (gate)
            PumpLocked();
    }

    private void PumpLocked()
    {
        var now = clock.GetUtcNow();
        DateTimeOffset? next = null;
        blocked.Clear();
        for (var place = waiters.First; place is not null;)
        {
            var (waiter, after) = (place.Value, place.Next);
            if (TryPass(waiter, now, ref next))
                waiters.Remove(place);
            place = after;
        }

        if (next is { } due)
            timer.Change(due > now ? due - now + TimerGrain : TimerGrain, Timeout.InfiniteTimeSpan);
    }

    private bool TryPass(Waiter waiter, DateTimeOffset now, ref DateTimeOffset? next)
    {
        var isFree = true;
        var due = now;
        foreach (var window in waiter.Windows)
        {
            if (!blocked.Contains(window) && window.HasRoom(1, now))
                continue;
            isFree = false;
            if (blocked.Add(window))
                due = Later(due, window.NextRoom(1, now));
        }

        if (waiter.Bucket is { } bucket && (blocked.Contains(bucket) || !bucket.HasRoom(waiter.Cost, now)))
        {
            isFree = false;
            if (blocked.Add(bucket))
                due = Later(due, bucket.NextRoom(waiter.Cost, now));
        }

        if (!isFree)
        {
            // Only the first one to be stopped by something knows when that something is free again.
            if (due > now && (next is null || due < next))
                next = due;
            return false;
        }

        foreach (var window in waiter.Windows)
            window.Take(1, now);
        waiter.Bucket?.Take(waiter.Cost, now);
        waiter.Registration.Unregister();
        waiter.Passed.TrySetResult(true);
        return true;
    }

    private SlidingWindow WindowOf(RateRule rule)
    {
        if (windows.TryGetValue(rule.Name, out var window))
            return window;
        return windows[rule.Name] = new(rule, Math.Max(1, rule.Limit * settings.UsedPercent / 100));
    }

    private TokenBucket? BucketOf(SignerBucket bucket) => bucket switch
    {
        SignerBucket.Orders => orders,
        SignerBucket.Cancels => cancels,
        _ => null,
    };

    private static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    private sealed class Waiter
    {
        public Waiter(SlidingWindow[] windows, TokenBucket? bucket, int cost)
        {
            (Windows, Bucket, Cost) = (windows, bucket, cost);
            Place = new(this);
        }

        public SlidingWindow[] Windows { get; }

        public TokenBucket? Bucket { get; }

        public int Cost { get; }

        public LinkedListNode<Waiter> Place { get; }

        public CancellationTokenRegistration Registration { get; set; }

        public TaskCompletionSource<bool> Passed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
