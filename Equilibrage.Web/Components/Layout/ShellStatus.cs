using System.Collections.Concurrent;

namespace Equilibrage.Web.Components.Layout;

/// <summary>What the top bar says about the running application.</summary>
/// <param name="Mode">The mode's name as shown on the badge, such as SANDBOX.</param>
/// <param name="Speed">Market time over wall time; 1 everywhere but on the practice exchange.</param>
/// <param name="MarketTime">The market clock, or null while there is no market data.</param>
/// <param name="RecordedAt">Wall time of the newest data behind the pages.</param>
public sealed record ShellStatus(string Mode, decimal Speed, DateTimeOffset? MarketTime, DateTimeOffset RecordedAt);

/// <summary>
/// Holds the newest <see cref="ShellStatus"/> for every open page. Whoever publishes coalesces: each call
/// redraws each open top bar once.
/// </summary>
public sealed class ShellStatusSource
{
    private readonly ConcurrentDictionary<Subscription, Action> _subscribers = new();
    private ShellStatus? _current;

    /// <summary>The newest status, or null before the first one.</summary>
    public ShellStatus? Current => Volatile.Read(ref _current);

    /// <summary>Makes a status the newest one.</summary>
    public void Publish(ShellStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        Volatile.Write(ref _current, status);
        foreach (var changed in _subscribers.Values) changed();
    }

    /// <summary>Calls back after each publication, on the publisher's thread, until the result is disposed.</summary>
    public IDisposable Subscribe(Action changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        var subscription = new Subscription(this);
        _subscribers[subscription] = changed;
        return subscription;
    }

    private sealed class Subscription(ShellStatusSource source) : IDisposable
    {
        public void Dispose() => source._subscribers.TryRemove(this, out _);
    }
}
