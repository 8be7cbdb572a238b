using System.Text;
using Npgsql;

namespace Equilibrage.Adapters.Storage.Server;

/// <summary>
/// A private PostgreSQL server: made on first use, adopted when a killed predecessor left it running, started again
/// when it dies, and stopped with the application. Whoever holds the data folder's lock owns it.
/// </summary>
internal sealed class EmbeddedPostgres : IAsyncDisposable
{
    /// <summary>The cluster's superuser and the name of the application's database.</summary>
    public const string Name = "equilibrage";

    // "unix_socket_directories/.s.PGSQL.5432" must fit in the kernel's 107 bytes.
    private const int LongestSocketFolder = 107 - 14;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SteadyAfter = TimeSpan.FromMinutes(1);

    private readonly EmbeddedPostgresOptions _options;
    private readonly DataFolderLock _lock;
    private readonly ClusterHome _home;
    private readonly ServerBinaries _binaries;
    private readonly CancellationTokenSource _stopping = new();
    private readonly string _socketFolder;
    private Postmaster _postmaster;
    private Task _supervision = Task.CompletedTask;
    private volatile DatabaseStatus _status;

    private EmbeddedPostgres(
        EmbeddedPostgresOptions options,
        DataFolderLock heldLock,
        ClusterHome home,
        ServerBinaries binaries,
        Postmaster postmaster)
    {
        _options = options;
        _lock = heldLock;
        _home = home;
        _binaries = binaries;
        _postmaster = postmaster;
        _socketFolder = postmaster.SocketFolder;
        _status = new DatabaseStatus(DatabaseState.Running, 0, $"PostgreSQL {binaries.Version} (pid {postmaster.Pid})");
    }

    /// <summary>Raised after <see cref="Status"/> has changed, on a pool thread.</summary>
    public event EventHandler? Changed;

    /// <summary>The server's state now.</summary>
    public DatabaseStatus Status => _status;

    /// <summary>The server's process number now.</summary>
    public int Pid => _postmaster.Pid;

    /// <summary>The folder that holds the cluster.</summary>
    public string HomeFolder => _home.Folder;

    /// <summary>How to reach the application's database.</summary>
    public string ConnectionString => ConnectionStringTo(Name);

    /// <summary>Takes the data folder and brings its server up.</summary>
    /// <exception cref="StorageException">The folder is in use, or no server can be had.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(
        EmbeddedPostgresOptions options, CancellationToken cancellation)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new StorageException(
                "The built-in database runs on Linux only. "
                + "Name a PostgreSQL server in ConnectionStrings__Equilibrage.");
        }

        Directory.CreateDirectory(
            options.DataFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var heldLock = DataFolderLock.Acquire(Path.GetFullPath(options.DataFolder));
        try
        {
            return await BringUpAsync(options, heldLock, cancellation);
        }
        catch
        {
            heldLock.Dispose();
            throw;
        }
    }

    /// <summary>How to reach the server that another process runs on the data folder; null when none does.</summary>
    /// <exception cref="StorageException">The folder holds no database, or it cannot be found.</exception>
    public static string? FindRunning(EmbeddedPostgresOptions options)
    {
        var data = Path.GetFullPath(options.DataFolder);
        var home = ClusterHome.Find(options)
            ?? throw new StorageException(
                $"There is no database in {data}. Choose the folder of a desk with --data.");
        if (DataFolderLock.IsFree(data))
            return null;
        var file = PostmasterFile.Read(home.Cluster);
        return file is { IsReady: true } && ProcessIdentity.Of(file.Pid) is not null
            ? Connect(file.SocketFolder, home.Password(), Name)
            : throw new StorageException(
                $"A desk holds {data}, and its database is not up yet. Try again in a moment.");
    }

    /// <summary>How to reach a database of this server.</summary>
    public string ConnectionStringTo(string database) => Connect(_socketFolder, _home.Password(), database);

    /// <summary>Stops the server and gives the data folder free.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
            return;
        await _stopping.CancelAsync();
        await _supervision;
        await _postmaster.StopAsync();
        if (_socketFolder != SocketFolderInside(_home) && Directory.Exists(_socketFolder))
            Directory.Delete(_socketFolder, recursive: true);
        Publish(_status with { State = DatabaseState.Stopped, Message = "Stopped" });
        _lock.Dispose();
        _stopping.Dispose();
    }

    private static async Task<EmbeddedPostgres> BringUpAsync(
        EmbeddedPostgresOptions options, DataFolderLock heldLock, CancellationToken cancellation)
    {
        var home = await ClusterHome.OpenAsync(options, cancellation);
        var binaries = await ServerBinaries.FindAsync(options, home.Account, home.Copies, home.Major, cancellation);
        if (!home.IsInitialized)
            await InitializeAsync(home, binaries, options, cancellation);

        var postmaster = await AdoptAsync(home, options, cancellation)
            ?? await StartPatientlyAsync(home, binaries, ChooseSocketFolder(home), options, cancellation);
        var server = new EmbeddedPostgres(options, heldLock, home, binaries, postmaster);
        await server.CreateDatabaseAsync(cancellation);
        server._supervision = Task.Run(server.SuperviseAsync, CancellationToken.None);
        return server;
    }

    /// <summary>
    /// Makes the cluster beside its final place, so that an interrupted start leaves none that looks whole.
    /// </summary>
    private static async Task InitializeAsync(
        ClusterHome home, ServerBinaries binaries, EmbeddedPostgresOptions options, CancellationToken cancellation)
    {
        home.Password();
        var unfinished = $"{home.Cluster}.new";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        var result = await home.Account.RunAsync(
            binaries.Initdb,
            [
                "-D", unfinished, "-U", Name, $"--pwfile={home.PasswordFile}", "--auth=scram-sha-256",
                "--encoding=UTF8", "--locale=C", "--no-instructions",
                .. options.IsDurable ? Array.Empty<string>() : ["--no-sync"],
            ],
            cancellation);
        if (result.ExitCode != 0)
            throw new StorageException($"initdb failed in {home.Folder}: {result.Output}");
        Directory.Move(unfinished, home.Cluster);
    }

    /// <summary>Takes over a server that is still alive, or stops it when it does not answer to our password.</summary>
    private static async Task<Postmaster?> AdoptAsync(
        ClusterHome home, EmbeddedPostgresOptions options, CancellationToken cancellation)
    {
        var found = await Postmaster.FindAsync(home, options, cancellation);
        if (found is null || await TakeOverAsync(found, home, cancellation))
            return found;
        await found.StopAsync();
        return null;
    }

    private static async Task<bool> TakeOverAsync(
        Postmaster found, ClusterHome home, CancellationToken cancellation)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(Connect(found.SocketFolder, home.Password(), "postgres"));
            await using var connection = await source.OpenConnectionAsync(cancellation);
            await using var where = new NpgsqlCommand("SHOW data_directory", connection);
            if (await where.ExecuteScalarAsync(cancellation) as string != home.Cluster)
                return false;
            await EndOldSessionsAsync(connection, cancellation);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    /// <summary>
    /// The killed predecessor's sessions may still be committing. They are ended before anything is read, so that what
    /// is read is the last word.
    /// </summary>
    private static async Task EndOldSessionsAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        const string Sql = """
            SELECT count(*) FILTER (WHERE NOT pg_terminate_backend(pid, 10000)) FROM pg_stat_activity
            WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'
            """;
        await using var command = new NpgsqlCommand(Sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>
    /// Right after a server was killed its children may hold its memory for a moment, during which a new one refuses to
    /// start.
    /// </summary>
    private static async Task<Postmaster> StartPatientlyAsync(
        ClusterHome home,
        ServerBinaries binaries,
        string socketFolder,
        EmbeddedPostgresOptions options,
        CancellationToken cancellation)
    {
        const string ChildrenAlive = "pre-existing shared memory block";
        var started = options.Time.GetTimestamp();
        while (true)
        {
            try
            {
                return await Postmaster.StartAsync(home, binaries, socketFolder, options, cancellation);
            }
            catch (StorageException error) when (error.Message.Contains(ChildrenAlive, StringComparison.Ordinal)
                && options.Time.GetElapsedTime(started) < options.StartTimeout)
            {
                await Task.Delay(FirstDelay, options.Time, cancellation);
            }
        }
    }

    private static string SocketFolderInside(ClusterHome home) => Path.Combine(home.Folder, "socket");

    private static string ChooseSocketFolder(ClusterHome home)
    {
        var folder = SocketFolderInside(home);
        if (Encoding.UTF8.GetByteCount(folder) > LongestSocketFolder)
            folder = Directory.CreateTempSubdirectory("equilibrage-").FullName;
        home.Account.CreatePrivateFolder(folder);
        return folder;
    }

    private static string Connect(string socketFolder, string password, string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = socketFolder,
            Port = 5432,
            Username = Name,
            Password = password,
            Database = database,
            ApplicationName = Name,
            MaxPoolSize = ServerSettings.MaxConnections / 2,
            Timeout = 15,
            CommandTimeout = 30,
            MaxAutoPrepare = 64,
            GssEncryptionMode = GssEncryptionMode.Disable,
        }.ConnectionString;

    private async Task CreateDatabaseAsync(CancellationToken cancellation)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionStringTo("postgres"));
        await using var exists = source.CreateCommand("SELECT 1 FROM pg_database WHERE datname = $1");
        exists.Parameters.Add(new NpgsqlParameter { Value = Name });
        if (await exists.ExecuteScalarAsync(cancellation) is not null)
            return;
        await using var create = source.CreateCommand($"CREATE DATABASE {Name}");
        await create.ExecuteNonQueryAsync(cancellation);
    }

    private async Task SuperviseAsync()
    {
        var delay = FirstDelay;
        try
        {
            while (true)
            {
                var since = _options.Time.GetTimestamp();
                await _postmaster.WaitForEndAsync(_stopping.Token);
                if (_options.Time.GetElapsedTime(since) > SteadyAfter)
                    delay = FirstDelay;
                Publish(new DatabaseStatus(
                    DatabaseState.Restarting, _status.CrashCount + 1, $"PostgreSQL (pid {Pid}) ended unexpectedly"));
                delay = await RestartAsync(delay);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return;
        }
    }

    /// <summary>Tries until the server is back; answers the delay to begin with should it die again soon.</summary>
    private async Task<TimeSpan> RestartAsync(TimeSpan delay)
    {
        while (true)
        {
            await Task.Delay(delay, _options.Time, _stopping.Token);
            delay = TimeSpan.FromTicks(Math.Min(delay.Ticks * 2, LongestDelay.Ticks));
            try
            {
                _postmaster = await StartPatientlyAsync(_home, _binaries, _socketFolder, _options, _stopping.Token);
                Publish(_status with { State = DatabaseState.Running, Message = $"PostgreSQL is back (pid {Pid})" });
                return delay;
            }
            catch (StorageException error)
            {
                Publish(_status with { Message = error.Message });
            }
        }
    }

    private void Publish(DatabaseStatus status)
    {
        _status = status;
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
