using Equilibrage.Core.Ports;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;
using Equilibrage.Web.Hosting;
using Equilibrage.Web.Live;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Equilibrage.Tests.Support.Chaos;

/// <summary>One process: the real desk, from recovery on, on a node of its own.</summary>
internal sealed class ChaosHost
{
    private readonly TradingDesk desk;
    private readonly ILease lease;

    public ChaosHost(VirtualNode node, ChaosFeed feed, TimeProvider clock, ChaosPorts ports, RunLog log)
    {
        (Node, Feed, lease) = (node, feed, ports.Lease);
        var live = new LiveView(NullLogger<LiveView>.Instance);
        var options = new DeskOptions(ChaosExchange.Account, ChaosExchange.Capital, Info);
        var standby = new Standby(
            ports.Lease, ports.Journal, options, live, clock, new Logger<Standby>(log));
        desk = new(
            ports.Lease, standby, ports.Journal, new NoDecisions(), ports.Venue, ports.Directory, ports.Source,
            live, options, clock, new Lifetime(), log);
    }

    /// <summary>Where it runs.</summary>
    public VirtualNode Node { get; }

    /// <summary>The lease that it holds; 0 while it holds none.</summary>
    public long Epoch => lease.Epoch;

    /// <summary>True once it has recovered and trades.</summary>
    public bool IsRunning => desk.Current.Activity == EngineActivity.Running;

    /// <summary>Its line to the exchange's feed.</summary>
    public ChaosFeed Feed { get; }

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
            IReadOnlyList<DecisionRecord> decisions, IReadOnlyList<ScanCount> scans, long epoch,
            CancellationToken cancellation) => Task.CompletedTask;
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
