using System.Globalization;
using Equilibrage.Adapters.Storage;
using Equilibrage.Core.State;

namespace Equilibrage.Tests.Support.Chaos;

/// <summary>
/// A day of the real desk against the simulated exchange in virtual time, with everything going wrong that its plan
/// has, and then a calm in which all must come out even.
/// </summary>
internal sealed class ChaosRun
{
    private static readonly TimeSpan LongestCalm = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(90);

    private readonly Timeline time = new();
    private readonly ChaosDatabase database = new();
    private readonly RunLog log;
    private readonly ChaosPlan plan;
    private readonly Weather weather;
    private readonly WriteDrops drops;
    private readonly Dice dice;
    private readonly ChaosExchange exchange;
    private readonly Witness witness;
    private readonly ChaosAudit audit;
    private readonly ChaosChain chain;
    private readonly Func<ChaosPorts, ChaosPorts> change;
    private readonly ChaosHost?[] hosts;
    private readonly TimeSpan[] skews;
    private int starts;
    private bool isConfigured;

    private ChaosRun(ChaosPlan plan, Func<ChaosPorts, ChaosPorts> change)
    {
        (this.plan, this.change) = (plan, change);
        log = new(time);
        weather = new(plan, log);
        drops = new(weather);
        dice = new(plan.Seed, "run");
        (hosts, skews) = (new ChaosHost?[plan.Nodes], new TimeSpan[plan.Nodes]);
        exchange = new(time, plan);
        witness = new(database);
        audit = new(exchange, database, witness);
        chain = new(time, exchange, weather);
    }

    /// <summary>Plays a plan to its end.</summary>
    /// <param name="plan">What happens.</param>
    /// <param name="change">Replaces parts of a process, to see that it is noticed.</param>
    public static ChaosReport Play(ChaosPlan plan, Func<ChaosPorts, ChaosPorts>? change = null)
    {
        var run = new ChaosRun(plan, change ?? (ports => ports));
        var differences = run.PlayToTheEnd();
        return new(
            plan, differences, run.database.Records, run.weather.Struck, run.starts, run.drops.Begun,
            [.. run.log.Lines], run.exchange.Describe());
    }

    private TimeSpan Wall => plan.Day / plan.Speed;

    private List<string> PlayToTheEnd()
    {
        try
        {
            return Play();
        }
        catch (InvalidOperationException broken)
        {
            return [.. witness.Violations, $"an invariant is broken: {broken}"];
        }
    }

    private List<string> Play()
    {
        if (plan.DropAt is { } drop)
            drops.Plan(drop.Write, drop.How);
        for (var place = 0; place < plan.Nodes; place++)
            StartHost(place);
        Ask(new OperatorCommand.Configure("settings", plan.Settings), () => isConfigured = true);
        new ChaosCourse(time, plan, weather, dice, this).Begin(Wall);
        time.RunUntil(() => HasFailed, Wall);
        weather.IsCalm = true;
        Ask(new OperatorCommand.Configure("calm", plan.Settings with { EntriesPaused = true }));
        var quietSince = TimeSpan.MaxValue;
        var next = time.Now;
        time.RunUntil(
            () =>
            {
                if (time.Now < next)
                    return HasFailed;
                next = time.Now + TimeSpan.FromSeconds(5);
                quietSince = !audit.IsQuiet ? TimeSpan.MaxValue : quietSince < next ? quietSince : time.Now;
                return HasFailed || (quietSince < next && time.Now - quietSince >= Rest);
            },
            LongestCalm);
        List<string> differences = [];
        foreach (var failure in hosts.Select(host => host?.Failure).OfType<Exception>())
            differences.Add($"the process ended by itself: {failure}");
        differences.AddRange(audit.Differences());
        return differences;
    }

    private bool HasFailed => hosts.Any(host => host?.Failure is not null) || witness.Violations.Count > 0;

    /// <summary>The exchange.</summary>
    public ChaosExchange Exchange => exchange;

    /// <summary>The database.</summary>
    public ChaosDatabase Database => database;

    /// <summary>What kills at writes.</summary>
    public WriteDrops Drops => drops;

    /// <summary>The process that something happens to: mostly the one that leads.</summary>
    public ChaosHost Victim() => dice.Hits(300) ? dice.Pick(hosts)! : hosts.MaxBy(host => host!.Epoch)!;

    /// <summary>Moves the wall clock of a machine from now on.</summary>
    public void Jump(TimeSpan by)
    {
        var place = dice.Between(0, plan.Nodes - 1);
        skews[place] += by;
        hosts[place]!.Node.Skew = skews[place];
    }

    /// <summary>Has the operator ask until there is an answer; a repeated question is the same command.</summary>
    public void Ask(OperatorCommand command, Action? answered = null)
    {
        var isAnswered = false;
        void Try()
        {
            if (isAnswered)
                return;
            foreach (var host in hosts)
                host!.Send(command, Hear);
            time.After(TimeSpan.FromSeconds(plan.WaitsForHost ? 0.2 : 5), Try);
        }

        void Hear(bool isTaken)
        {
            isAnswered |= isTaken;
            if (isTaken)
                answered?.Invoke();
        }

        Try();
    }

    private void StartHost(int place)
    {
        starts++;
        var name = starts.ToString(CultureInfo.InvariantCulture);
        var node = new VirtualNode(time, new(plan.Seed, $"node {name}"), name) { Skew = skews[place] };
        var clock = new VirtualClock(time, node, plan.Venue.Start, plan.Coarse);
        var feed = new ChaosFeed(time, node, exchange, weather);
        var lease = new AccountLease(
            new ChaosLeaseTable(time, node, database, weather), plan.IsExclusive, new(), clock);
        var ports = change(new(
            lease, new ChaosVenue(time, node, exchange, weather, plan, witness, chain, lease),
            new ChaosJournal(time, node, database, weather, drops),
            feed, new ChaosDirectory(time, node, exchange, weather)));
        node.Died += (_, _) =>
        {
            exchange.IsStanding = plan.WaitsForHost;
            time.After(dice.Millis(200, plan.WaitsForHost ? 200 : 8_000), () => StartHost(place));
        };
        hosts[place] = new(node, feed, clock, ports, log);
        hosts[place]!.Start();
        if (plan.WaitsForHost)
            GoOnOnceItRuns(hosts[place]!);
    }

    private void GoOnOnceItRuns(ChaosHost host)
    {
        if (!host.Node.IsAlive)
            return;
        exchange.IsStanding = !host.IsRunning || !isConfigured;
        if (exchange.IsStanding)
            time.After(TimeSpan.FromMilliseconds(50), () => GoOnOnceItRuns(host));
    }
}
