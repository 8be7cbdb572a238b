using System.Collections.Concurrent;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Support;

/// <summary>A desk that shows what a test tells it to, and remembers what it was asked for.</summary>
public sealed class FakeDesk : IDesk
{
    private readonly ConcurrentDictionary<Subscription, Func<Task>> _subscribers = new();

    /// <inheritdoc />
    public DeskView Current { get; private set; } = DeskView.Empty;

    /// <inheritdoc />
    public DeskInfo Info { get; set; } = new(
        "sandbox", "sandbox:practice:0x1", 3000, "300 generated markets, seed 7", "0.1.0", 0, default);

    /// <summary>Every command, in order.</summary>
    public ConcurrentQueue<OperatorCommand> Commands { get; } = new();

    /// <summary>How commands are answered.</summary>
    public Func<OperatorCommand, CommandOutcome> Answer { get; set; } = _ => new(null, null, null);

    /// <summary>Open subscriptions.</summary>
    public int Subscribers => _subscribers.Count;

    /// <summary>Shows a view to everybody and, as the real desk, waits for nobody.</summary>
    public void Show(DeskView view) => _ = ShowAsync(view);

    /// <summary>Shows a view to everybody and waits until they have drawn it.</summary>
    public Task ShowAsync(DeskView view)
    {
        Current = view;
        return Task.WhenAll(_subscribers.Values.Select(changed => changed()));
    }

    /// <inheritdoc />
    public IDisposable Subscribe(Func<Task> changed)
    {
        var subscription = new Subscription(this);
        _subscribers[subscription] = changed;
        return subscription;
    }

    /// <inheritdoc />
    public Task<CommandOutcome> SendAsync(OperatorCommand command, CancellationToken cancellation)
    {
        Commands.Enqueue(command);
        var answer = Answer(command);
        if (command is OperatorCommand.Configure configure && answer.Denial is null)
            Show(Current with { Settings = configure.Settings });
        return Task.FromResult(answer);
    }

    /// <inheritdoc />
    public Task<ScanView> ScanAsync(CancellationToken cancellation) =>
        Current.Scan is { } scan ? Task.FromResult(scan) : throw new DeskUnavailableException("No scan was shown.");

    private sealed class Subscription(FakeDesk desk) : IDisposable
    {
        public void Dispose() => desk._subscribers.TryRemove(this, out _);
    }
}
