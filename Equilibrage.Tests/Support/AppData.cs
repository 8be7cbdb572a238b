using System.Text.Json;
using Equilibrage.Adapters.Storage.Server;
using Npgsql;

namespace Equilibrage.Tests.Support;

/// <summary>
/// A data folder that outlives one run of the application, with what a test may know of the database in it. Nothing of
/// it is left behind, neither a server nor its cluster.
/// </summary>
public sealed class AppData : IDisposable
{
    private readonly TempFolder _folder = new();

    /// <summary>The absolute path.</summary>
    public string Path => _folder["data"];

    /// <summary>A server to use in place of a private one; null for the private one.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Another path that goes away with it.</summary>
    public string Beside(string name) => _folder[name];

    /// <summary>The database server's process, null when none is alive.</summary>
    public int? ServerPid => Server is { } file && ProcessIdentity.Of(file.Pid) is not null ? file.Pid : null;

    private string? Home
    {
        get
        {
            var pointer = System.IO.Path.Combine(Path, "postgres.json");
            if (!File.Exists(pointer))
                return System.IO.Path.Combine(Path, "postgres");
            using var json = JsonDocument.Parse(File.ReadAllText(pointer));
            return json.RootElement.GetProperty("Folder").GetString();
        }
    }

    private PostmasterFile? Server =>
        Home is { } home ? PostmasterFile.Read(System.IO.Path.Combine(home, "cluster")) : null;

    /// <summary>Kills the database server, as kill -9 does.</summary>
    public void KillServer() => Posix.Signal(
        ServerPid ?? throw new InvalidOperationException($"No database server runs on {Path}."), Posix.Kill);

    /// <summary>Connects to the running server beside the application.</summary>
    public NpgsqlDataSource Connect() => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder
    {
        Host = Server?.SocketFolder ?? throw new InvalidOperationException($"No database server runs on {Path}."),
        Username = EmbeddedPostgres.Name,
        Password = File.ReadAllText(System.IO.Path.Combine(Home!, "password")).Trim(),
        Database = EmbeddedPostgres.Name,
        Pooling = false,
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        if (ServerPid is { } pid)
            Posix.Signal(pid, Posix.Kill);
        if (Home is { } home && Directory.Exists(home))
            Directory.Delete(home, recursive: true);
        _folder.Dispose();
    }
}
