using System.Diagnostics;
using System.Globalization;

namespace Equilibrage.Adapters.Storage.Server;

/// <summary>
/// A running PostgreSQL server of ours: started by us, or left running by a predecessor that was killed.
/// </summary>
internal sealed class Postmaster
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(200);

    private readonly ProcessIdentity _process;
    private readonly EmbeddedPostgresOptions _options;

    private Postmaster(ProcessIdentity process, string socketFolder, EmbeddedPostgresOptions options)
    {
        _process = process;
        _options = options;
        SocketFolder = socketFolder;
    }

    /// <summary>Its process number.</summary>
    public int Pid => _process.Pid;

    /// <summary>The folder of its socket.</summary>
    public string SocketFolder { get; }

    /// <summary>Finds a living server of this cluster; null when there is none.</summary>
    public static async Task<Postmaster?> FindAsync(
        ClusterHome home, EmbeddedPostgresOptions options, CancellationToken cancellation)
    {
        var file = PostmasterFile.Read(home.Cluster);
        if (file is null || ProcessIdentity.Of(file.Pid) is not { } process)
            return null;

        // A server works in its data directory. Its own user is asked, since root without ptrace rights may not look.
        var pid = file.Pid.ToString(CultureInfo.InvariantCulture);
        var cwd = await home.Account.RunAsync("readlink", [$"/proc/{pid}/cwd"], cancellation);
        var isOurs = file.Cluster == home.Cluster && cwd.Output == home.Cluster && process.IsAlive;
        return isOurs ? new Postmaster(process, file.SocketFolder, options) : null;
    }

    /// <summary>Starts a server and waits until it accepts connections.</summary>
    /// <exception cref="StorageException">It ended, or did not become ready in time.</exception>
    public static async Task<Postmaster> StartAsync(
        ClusterHome home,
        ServerBinaries binaries,
        string socketFolder,
        EmbeddedPostgresOptions options,
        CancellationToken cancellation)
    {
        RemoveStaleFiles(home.Cluster, socketFolder);
        using var child = new Process
        {
            StartInfo = home.Account.Daemon(
                binaries.Postgres, ServerSettings.Arguments(home.Cluster, socketFolder, options.IsDurable)),
        };
        child.Start();
        var words = new StartupWords(child, home.Cluster);
        var started = options.Time.GetTimestamp();
        while (PostmasterFile.Read(home.Cluster) is not { IsReady: true } file || file.Pid != child.Id)
        {
            if (child.HasExited)
                throw new StorageException($"PostgreSQL did not start: {words.Last()}");
            if (options.Time.GetElapsedTime(started) > options.StartTimeout)
            {
                throw new StorageException(
                    $"PostgreSQL (pid {child.Id}) was not ready after {options.StartTimeout.TotalSeconds:0} s. It is "
                    + $"left to its recovery; start Equilibrage again in a while. {words.Last()}");
            }

            await Task.Delay(PollInterval, options.Time, cancellation);
        }

        var process = ProcessIdentity.Of(child.Id)
            ?? throw new StorageException($"PostgreSQL ended right after its start: {words.Last()}");
        return new Postmaster(process, socketFolder, options);
    }

    /// <summary>Waits until the server is gone, for whatever reason.</summary>
    public async Task WaitForEndAsync(CancellationToken cancellation)
    {
        while (_process.IsAlive)
            await Task.Delay(WatchInterval, _options.Time, cancellation);
    }

    /// <summary>
    /// Stops this one process: first so that it ends its sessions and writes everything, then harder, never through the
    /// name.
    /// </summary>
    public async Task StopAsync()
    {
        foreach (var signal in (int[])[Posix.Interrupt, Posix.Quit, Posix.Kill])
        {
            if (!_process.IsAlive)
                return;
            Posix.Signal(Pid, signal);
            await GoneWithinAsync(_options.StopTimeout);
        }
    }

    /// <summary>True when the server has ended within the time.</summary>
    private async Task<bool> GoneWithinAsync(TimeSpan time)
    {
        var started = _options.Time.GetTimestamp();
        while (_process.IsAlive && _options.Time.GetElapsedTime(started) < time)
            await Task.Delay(PollInterval, _options.Time);
        return !_process.IsAlive;
    }

    /// <summary>
    /// The server refuses to start when the number in an old file of its belongs to any living process. The caller has
    /// made sure that this is not a server of this cluster.
    /// </summary>
    private static void RemoveStaleFiles(string cluster, string socketFolder)
    {
        File.Delete(PostmasterFile.PathOf(cluster));
        foreach (var file in Directory.GetFiles(socketFolder, ".s.PGSQL.*"))
            File.Delete(file);
    }
}
