using Equilibrage.Core.Ports;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Integration.Api;

/// <summary>A desk whose view is set by the test, which answers commands as the test says and remembers them.</summary>
internal sealed class FakeDesk : IDesk
{
    private readonly Lock guard = new();
    private readonly List<Func<Task>> listeners = [];

    public DeskView Current { get; private set; } = Samples.Running();

    public DeskInfo Info { get; } =
        new("sandbox", "sandbox:practice:0x01", 3000, "300 markets, seed 7", "0.1.0", 0, Samples.Noon);

    /// <summary>Commands received, oldest first.</summary>
    public List<OperatorCommand> Commands { get; } = [];

    /// <summary>What the engine would answer.</summary>
    public Func<OperatorCommand, CommandOutcome> Answer { get; set; } = _ => new(null, null, null);

    /// <summary>How many want to hear of changes.</summary>
    public int Listeners
    {
        get
        {
            lock (guard)
                return listeners.Count;
        }
    }

    /// <summary>Replaces the view and tells everybody.</summary>
    public void Show(DeskView view)
    {
        Current = view;
        Func<Task>[] all;
        lock (guard)
            all = [.. listeners];
        foreach (var listener in all)
            _ = listener();
    }

    public IDisposable Subscribe(Func<Task> changed)
    {
        lock (guard)
            listeners.Add(changed);
        return new Subscription(this, changed);
    }

    public Task<CommandOutcome> SendAsync(OperatorCommand command, CancellationToken cancellation)
    {
        Commands.Add(command);
        var answer = Answer(command);
        if (command is OperatorCommand.Configure configure && answer.Denial is null)
            Show(Current with { Settings = configure.Settings });
        return Task.FromResult(answer);
    }

    public Task<ScanView> ScanAsync(CancellationToken cancellation) =>
        Task.FromResult(Current.Scan ?? throw new InvalidOperationException("The test shows no scan."));

    private sealed class Subscription(FakeDesk desk, Func<Task> changed) : IDisposable
    {
        public void Dispose()
        {
            lock (desk.guard)
                desk.listeners.Remove(changed);
        }
    }
}
