using System.Collections.Concurrent;
using Equilibrage.Core.Projections;

namespace Equilibrage.Web.Live;

/// <summary>
/// The latest view and who wants to know when it changed. A subscriber that is still busy with the last call is not
/// called again until it is done: it reads the latest view anyway, so nothing piles up.
/// </summary>
internal sealed class LiveView(ILogger<LiveView> logger)
{
    private readonly ConcurrentDictionary<Subscription, byte> subscriptions = new();
    private volatile DeskView current = DeskView.Empty;

    /// <summary>The latest view.</summary>
    public DeskView Current => current;

    /// <summary>Replaces the view and signals everybody without waiting for anyone.</summary>
    public void Publish(DeskView view)
    {
        current = view;
        foreach (var subscription in subscriptions.Keys)
            subscription.Signal();
    }

    /// <summary>Calls back after changes until disposed.</summary>
    public IDisposable Subscribe(Func<Task> changed)
    {
        var subscription = new Subscription(this, changed);
        subscriptions.TryAdd(subscription, 0);
        return subscription;
    }

    private sealed class Subscription(LiveView owner, Func<Task> changed) : IDisposable
    {
        private const int Idle = 0;
        private const int Busy = 1;
        private const int BusyAndChanged = 2;
        private int state;

        public void Signal()
        {
            if (Interlocked.CompareExchange(ref state, Busy, Idle) == Idle)
                _ = RunAsync();
            else
                Interlocked.CompareExchange(ref state, BusyAndChanged, Busy);
        }

        public void Dispose() => owner.subscriptions.TryRemove(this, out _);

        private async Task RunAsync()
        {
            await Task.Yield();
            do
            {
                Interlocked.Exchange(ref state, Busy);
                try
                {
                    await changed();
                }
                catch (Exception error)
                {
                    // A page that fails must not take the others along; its own circuit shows the failure.
                    owner.logger.LogWarning(error, "A live view subscriber failed");
                }
            }
            while (Interlocked.CompareExchange(ref state, Idle, Busy) != Busy);
        }
    }

    private readonly ILogger<LiveView> logger = logger;
}
