using Equilibrage.Adapters.Storage.Auditing;
using Equilibrage.Adapters.Storage.Migrations;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Npgsql;

namespace Equilibrage.Adapters.Storage;

/// <summary>How storage is to be opened.</summary>
/// <param name="DataFolder">Where a private server keeps its data, and what names it.</param>
/// <param name="ConnectionString">An existing server to use instead; null or blank for the private one.</param>
/// <param name="SearchRoot">Where the search for the npm package with the server's programs starts.</param>
public sealed record StorageOptions(string DataFolder, string? ConnectionString, string SearchRoot);

/// <summary>Storage cannot be opened or used; the message says what is wrong and what to do.</summary>
public sealed class StorageUnavailableException(string message, Exception inner) : Exception(message, inner);

/// <summary>The open database of this process, migrated and supervised until disposed.</summary>
public sealed class StorageHost : IAsyncDisposable
{
    private readonly DatabaseSource source;

    private StorageHost(DatabaseSource source) => this.source = source;

    /// <summary>Where connections come from.</summary>
    public NpgsqlDataSource Connections => source.Connections;

    /// <summary>True when the server is not our own: another process may be writing.</summary>
    public bool IsShared => !source.IsEmbedded;

    /// <summary>What an audit reads.</summary>
    public IBookSource Books => new PostgresBooks(source.Connections);

    /// <summary>True while the database serves.</summary>
    public bool IsUp => source.Status.State == DatabaseState.Running;

    /// <summary>What happened to the database last, for people.</summary>
    public string Status => source.Status.Message;

    /// <summary>How often the database died since this process started.</summary>
    public int CrashCount => source.Status.CrashCount;

    /// <summary>Brings the database up and applies the migrations.</summary>
    /// <exception cref="StorageUnavailableException">
    /// The folder is in use, the server cannot be had, or a script was edited.
    /// </exception>
    public static async Task<StorageHost> OpenAsync(StorageOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            var opened = string.IsNullOrWhiteSpace(options.ConnectionString)
                ? await DatabaseSource.StartEmbeddedAsync(
                    new() { DataFolder = options.DataFolder, SearchRoot = options.SearchRoot }, cancellation)
                : await DatabaseSource.ConnectAsync(options.ConnectionString, cancellation);
            var host = new StorageHost(opened);
            try
            {
                await new Migrator(opened.Connections).ApplyAsync(cancellation);
                return host;
            }
            catch
            {
                await host.DisposeAsync();
                throw;
            }
        }
        catch (StorageException error)
        {
            throw new StorageUnavailableException(error.Message, error);
        }
    }

    /// <summary>
    /// Reaches the database for reading alone, beside a desk that runs or without one, and changes nothing in it.
    /// </summary>
    /// <exception cref="StorageUnavailableException">
    /// There is no database, it does not answer, or its schema is another build's.
    /// </exception>
    public static async Task<StorageHost> AttachAsync(StorageOptions options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            var attached = string.IsNullOrWhiteSpace(options.ConnectionString)
                ? await DatabaseSource.AttachAsync(
                    new() { DataFolder = options.DataFolder, SearchRoot = options.SearchRoot }, cancellation)
                : await DatabaseSource.ConnectAsync(
                    options.ConnectionString, cancellation, isReadingOnly: true);
            var host = new StorageHost(attached);
            try
            {
                await new Migrator(attached.Connections).RequireCurrentAsync(cancellation);
                return host;
            }
            catch
            {
                await host.DisposeAsync();
                throw;
            }
        }
        catch (StorageException error)
        {
            throw new StorageUnavailableException(error.Message, error);
        }
    }

    /// <summary>
    /// Keeps a name for this process on this database until disposed; null while another process keeps it. A process
    /// that was just killed is waited for.
    /// </summary>
    public async Task<IAsyncDisposable?> TryHoldAsync(string name, CancellationToken cancellation) =>
        await DatabaseHold.TryTakeAsync(Connections, name, cancellation);

    /// <summary>The lease of an account, not taken yet.</summary>
    public ILease LeaseOf(AccountId account, TimeProvider clock) =>
        new AccountLease(new PostgresLeaseTable(Connections, account), source.IsEmbedded, new(), clock);

    /// <summary>How many scripts of the schema this build knows.</summary>
    public static int KnownMigrations => MigrationScript.Embedded().Count;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => source.DisposeAsync();
}
