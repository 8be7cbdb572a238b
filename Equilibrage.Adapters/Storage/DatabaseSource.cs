using Equilibrage.Adapters.Storage.Server;
using Npgsql;

namespace Equilibrage.Adapters.Storage;

/// <summary>
/// The application's database: the operator's own server when a connection string names one, else a private one.
/// </summary>
internal sealed class DatabaseSource : IAsyncDisposable
{
    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(3);

    private readonly EmbeddedPostgres? _embedded;
    private volatile DatabaseStatus _status;

    private DatabaseSource(NpgsqlDataSource source, EmbeddedPostgres? embedded, DatabaseStatus status)
    {
        Connections = source;
        _embedded = embedded;
        _status = status;
        if (embedded is not null)
            embedded.Changed += OnChanged;
    }

    /// <summary>Raised after <see cref="Status"/> has changed, on a pool thread.</summary>
    public event EventHandler? Changed;

    /// <summary>Where connections come from.</summary>
    public NpgsqlDataSource Connections { get; }

    /// <summary>True when the server is our own.</summary>
    public bool IsEmbedded => _embedded is not null;

    /// <summary>The state now. Of the operator's server it is what the last <see cref="CheckAsync"/> saw.</summary>
    public DatabaseStatus Status => _status;

    /// <summary>Connects to the operator's server; no private server is started.</summary>
    /// <exception cref="StorageException">The connection string is unreadable, or nobody answers.</exception>
    public static async Task<DatabaseSource> ConnectAsync(
        string connectionString, CancellationToken cancellation, bool isReadingOnly = false)
    {
        var source = new DatabaseSource(
            Parse(connectionString, isReadingOnly), null,
            new DatabaseStatus(DatabaseState.Starting, 0, "Not asked yet"));
        if (await source.CheckAsync(cancellation) is { State: DatabaseState.Running })
            return source;
        await source.DisposeAsync();
        throw new StorageException(
            $"The PostgreSQL server named in ConnectionStrings__Equilibrage does not answer: {source.Status.Message} "
            + "Start it or correct the connection string; without one Equilibrage uses a private server.");
    }

    /// <summary>Brings the private server up.</summary>
    /// <exception cref="StorageException">The data folder is in use, or the server cannot be had.</exception>
    public static async Task<DatabaseSource> StartEmbeddedAsync(
        EmbeddedPostgresOptions options, CancellationToken cancellation)
    {
        var embedded = await EmbeddedPostgres.StartAsync(options, cancellation);
        return new DatabaseSource(NpgsqlDataSource.Create(embedded.ConnectionString), embedded, embedded.Status);
    }

    /// <summary>
    /// Reaches the data folder's database for reading alone: the server that a desk runs, which is left as it is, or
    /// else a server of our own for as long as this lives.
    /// </summary>
    /// <exception cref="StorageException">The folder has no database, or it cannot be reached.</exception>
    public static async Task<DatabaseSource> AttachAsync(
        EmbeddedPostgresOptions options, CancellationToken cancellation)
    {
        if (EmbeddedPostgres.FindRunning(options) is { } running)
        {
            var beside = new DatabaseSource(
                NpgsqlDataSource.Create(ReadingOnly(running)), null,
                new DatabaseStatus(DatabaseState.Starting, 0, "Not asked yet"));
            if (await beside.CheckAsync(cancellation) is { State: DatabaseState.Running })
                return beside;
            await beside.DisposeAsync();
            throw new StorageException($"The desk's database does not answer: {beside.Status.Message}");
        }

        var embedded = await EmbeddedPostgres.StartAsync(options, cancellation);
        return new DatabaseSource(
            NpgsqlDataSource.Create(ReadingOnly(embedded.ConnectionString)), embedded, embedded.Status);
    }

    /// <summary>A connection string whose transactions cannot write.</summary>
    public static string ReadingOnly(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = 4 };
        settings.Options = $"{settings.Options} -c default_transaction_read_only=on".TrimStart();
        return settings.ConnectionString;
    }

    /// <summary>Asks the database whether it serves, and notes the answer.</summary>
    public async Task<DatabaseStatus> CheckAsync(CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(CheckTimeout);
        try
        {
            await using var command = Connections.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(timeout.Token);
            Note(DatabaseState.Running, "Serving");
        }
        catch (Exception error) when (error is NpgsqlException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            Note(DatabaseState.Restarting, error.Message);
        }

        return _status;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Connections.DisposeAsync();
        if (_embedded is not null)
            await _embedded.DisposeAsync();
        else
            Publish(_status with { State = DatabaseState.Stopped, Message = "Disconnected" });
    }

    private static NpgsqlDataSource Parse(string connectionString, bool isReadingOnly)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            if (!settings.ContainsKey("Keepalive"))
                settings.KeepAlive = 30;
            if (string.IsNullOrEmpty(settings.ApplicationName))
                settings.ApplicationName = EmbeddedPostgres.Name;
            return NpgsqlDataSource.Create(
                isReadingOnly ? ReadingOnly(settings.ConnectionString) : settings.ConnectionString);
        }
        catch (Exception error) when (error is ArgumentException or FormatException)
        {
            throw new StorageException(
                "ConnectionStrings__Equilibrage cannot be read. It looks like "
                + $"'Host=db;Database=equilibrage;Username=equilibrage;Password=…': {error.Message}", error);
        }
    }

    /// <summary>Our own server's supervisor knows better than one failed question.</summary>
    private void Note(DatabaseState state, string message)
    {
        if (_embedded is null && (_status.State != state || _status.Message != message))
        {
            var crashes = _status.CrashCount
                + (_status.State == DatabaseState.Running && state == DatabaseState.Restarting ? 1 : 0);
            Publish(new DatabaseStatus(state, crashes, message));
        }
    }

    private void OnChanged(object? sender, EventArgs nothing)
    {
        var status = _embedded!.Status;

        // Connections to a server that died are dead too; new ones are made on demand.
        if (status.State == DatabaseState.Restarting)
            Connections.Clear();
        Publish(status);
    }

    private void Publish(DatabaseStatus status)
    {
        _status = status;
        Changed?.Invoke(this, EventArgs.Empty);
    }
}
