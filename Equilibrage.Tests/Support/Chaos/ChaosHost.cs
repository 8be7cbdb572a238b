using Equilibrage.Core.Ports;
using Equilibrage.Core.State;
using Equilibrage.Web.Hosting;
using Equilibrage.Web.Live;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Equilibrage.Tests.Support.Chaos;

/// <summary>One process: the real desk, from recovery on, on a node of its own.</summary>
internal sealed class ChaosHost
{
    private readonly TradingDesk desk;

    public ChaosHost(VirtualNode node, TimeProvider clock, ChaosPorts ports, RunLog log)
    {
        Node = node;
        desk = new(
            ports.Journal, new NoDecisions(), ports.Venue, ports.Directory, ports.Source,
            new LiveView(NullLogger<LiveView>.Instance),
            new(ChaosExchange.Account, ChaosExchange.Capital, Info), clock, new Lifetime(), log);
    }

    /// <summary>Where it runs.</summary>
    public VirtualNode Node { get; }

    /// <summary>Why it ended by itself; null while it did not.</summary>
    public Exception? Failure { get; private set; }

    private static DeskInfo Info { get; } =
        new("sandbox", ChaosExchange.Account.Value, 1, "chaos", "0", 0, PracticeWorld.Start);

    /// <summary>Starts it.</summary>
    public void Start() => Node.Run(() => _ = WatchAsync(() => desk.RunAsync(CancellationToken.None)));

    /// <summary>Sends a command; what becomes of it is told, or nothing when the process dies before.</summary>
    public void Send(OperatorCommand command, Action<bool> answered) => Node.Run(() => _ = WatchAsync(async () =>
    {
        try
        {
            await desk.SendAsync(command, CancellationToken.None);
            answered(true);
        }
        catch (DeskUnavailableException)
        {
            answered(false);
        }
    }));

    private async Task WatchAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception error)
        {
            Failure ??= error;
        }
    }

    private sealed class NoDecisions : IDecisionLog
    {
        public Task AppendAsync(
            IReadOnlyList<DecisionRecord> decisions, IReadOnlyList<ScanCount> scans, CancellationToken cancellation) =>
            Task.CompletedTask;
    }

    private sealed class Lifetime : IHostApplicationLifetime
    {
        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => CancellationToken.None;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication()
        {
            // The run sees the failure itself.
        }
    }
}
