using System.Diagnostics;
using System.Globalization;
using Equilibrage.Adapters.Storage;
using Equilibrage.Adapters.Storage.Migrations;
using Equilibrage.Adapters.Storage.Server;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Engine;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Npgsql;

namespace Equilibrage.Bench;

/// <summary>How fast decisions become durable on the private PostgreSQL server.</summary>
internal sealed class JournalRun : IAsyncDisposable
{
    private const int Lives = 150;
    private const int Turns = 3;
    private const int FloorCommits = 500;

    // The unit of the kernel's process times.
    private const int TicksPerSecond = 100;

    private static readonly int[] Sizes = [16, 64, 256, 1024];

    private readonly string folder = Directory.CreateTempSubdirectory("equilibrage-bench-").FullName;
    private EmbeddedPostgres? server;
    private NpgsqlDataSource? database;
    private int accounts;

    private NpgsqlDataSource Database => database ?? throw new InvalidOperationException("No database runs.");

    public static async Task<JournalTiming> MeasureAsync()
    {
        var load = string.Join(' ', (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ').Take(3));
        await using var run = new JournalRun();
        await run.StartAsync();
        await run.GroupAsync(Sizes[^1]);
        var sends = await run.SendAsync();
        var groups = new List<GroupTiming>();
        foreach (var size in Sizes)
        {
            var timings = new List<GroupTiming>();
            for (var turn = 0; turn < Turns; turn++)
                timings.Add(await run.GroupAsync(size));
            groups.Add(timings.MinBy(timing => timing.Seconds)!);
        }

        return new(load, groups, sends, await run.FloorAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (database is not null)
            await database.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task StartAsync()
    {
        server = await EmbeddedPostgres.StartAsync(
            new()
            {
                DataFolder = Path.Combine(folder, "data"),
                SystemFolder = Path.Combine(Path.GetTempPath(), "equilibrage-bench-system"),
                SearchRoot = RecordedData.Root,
            },
            CancellationToken.None);
        database = NpgsqlDataSource.Create(server.ConnectionString);
        await new Migrator(database).ApplyAsync(CancellationToken.None);
    }

    /// <summary>Decides beforehand, then writes commit after commit.</summary>
    private async Task<GroupTiming> GroupAsync(int most)
    {
        var (account, epoch) = await LeadAsync();
        var batches = new List<JournalBatch>();
        await PlayAsync(account, (engine, cause) =>
        {
            var turn = engine.Process(cause);
            if (!turn.Batch.IsEmpty)
                batches.Add(turn.Batch);
            return Task.FromResult(turn);
        });
        var commits = Merge(batches, most).Select(batch => batch with { Epoch = epoch }).ToList();
        var journal = new PostgresJournal(Database);
        var (own, servers) = (OwnCpu(), ServerCpu());
        var started = Stopwatch.GetTimestamp();
        foreach (var commit in commits)
            await journal.AppendAsync(commit, CancellationToken.None);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return new(
            most, commits.Count, commits.Sum(commit => commit.Records.Count), seconds,
            OwnCpu() - own, ServerCpu() - servers);
    }

    private static TimeSpan OwnCpu()
    {
        using var own = Process.GetCurrentProcess();
        return own.TotalProcessorTime;
    }

    private TimeSpan ServerCpu()
    {
        var ticks = 0L;
        foreach (var process in Directory.GetDirectories("/proc"))
        {
            var file = Path.Combine(process, "stat");
            if (!char.IsAsciiDigit(Path.GetFileName(process)[0]) || !File.Exists(file))
                continue;
            // The name in brackets may hold spaces; state, parent and, later, user and system time follow it.
            var text = File.ReadAllText(file);
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            if (Number(fields[1]) == server!.Pid)
                ticks += Number(fields[11]) + Number(fields[12]);
        }

        return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Every event is written by itself; those that lead to an order are timed.</summary>
    private async Task<LatencyHistogram> SendAsync()
    {
        var (account, epoch) = await LeadAsync();
        var journal = new PostgresJournal(Database);
        var times = new LatencyHistogram();
        await PlayAsync(account, async (engine, cause) =>
        {
            var started = Stopwatch.GetTimestamp();
            var turn = engine.Process(cause);
            if (!turn.Batch.IsEmpty)
                await journal.AppendAsync(turn.Batch with { Epoch = epoch }, CancellationToken.None);
            if (turn.Requests.Count > 0)
                times.Add(Stopwatch.GetElapsedTime(started));
            return turn;
        });
        return times;
    }

    /// <summary>What the disk and the server ask for the least that is durable.</summary>
    private async Task<LatencyHistogram> FloorAsync()
    {
        await using var connection = await Database.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(
            "UPDATE leases SET renewals = renewals + 1 WHERE account_id LIKE '%bench-1'", connection);
        var times = new LatencyHistogram();
        for (var i = 0; i < FloorCommits; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await command.ExecuteNonQueryAsync();
            times.Add(Stopwatch.GetElapsedTime(started));
        }

        return times;
    }

    private async Task<(AccountId Account, long Epoch)> LeadAsync()
    {
        var account = new AccountId($"sandbox:practice:bench-{++accounts}");
        var lease = new AccountLease(
            new PostgresLeaseTable(Database, account), isExclusive: true, new(), TimeProvider.System);
        await lease.TakeAsync(CancellationToken.None);
        return (account, lease.Epoch);
    }

    private static async Task PlayAsync(AccountId account, Func<TradingEngine, EngineEvent, Task<EngineTurn>> handle)
    {
        var script = new DeskScript(account) { Handle = handle };
        await script.OpenAsync();
        for (var life = 0; life < Lives; life++)
            await script.LiveAsync();
    }

    /// <summary>As the desk's loop does with what it finds waiting.</summary>
    private static IEnumerable<JournalBatch> Merge(IReadOnlyList<JournalBatch> batches, int most)
    {
        for (var at = 0; at < batches.Count;)
        {
            var (records, positions) = (new List<JournalRecord>(), new Dictionary<PositionId, Position>());
            IReadOnlyList<EquityPoint> equity = [];
            for (; at < batches.Count; at++)
            {
                if (records.Count > 0 && records.Count + batches[at].Records.Count > most)
                    break;
                records.AddRange(batches[at].Records);
                foreach (var position in batches[at].Positions)
                    positions[position.Id] = position;
                equity = batches[at].Equity.Count > 0 ? batches[at].Equity : equity;
            }

            yield return new() { Records = records, Positions = [.. positions.Values], Equity = equity };
        }
    }
}
