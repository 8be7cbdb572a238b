using Equilibrage.Adapters.Storage.Server;

namespace Equilibrage.Tests.Support;

/// <summary>
/// A temporary folder for a database server of a test's own: nothing of it lies elsewhere, also as root.
/// </summary>
internal sealed class ServerFolder : IDisposable
{
    private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    /// <summary>Makes a folder that the server's user may pass through.</summary>
    public ServerFolder()
    {
        Path = Directory.CreateTempSubdirectory("equilibrage-server-").FullName;
        File.SetUnixFileMode(Path, Passable);
    }

    /// <summary>The absolute path.</summary>
    public string Path { get; }

    /// <summary>The application's data folder in it.</summary>
    public string Data => System.IO.Path.Combine(Path, "data");

    /// <summary>What stands for the system folder in it.</summary>
    public string SystemFolder => System.IO.Path.Combine(Path, "system");

    /// <summary>Options for a server in this folder.</summary>
    public EmbeddedPostgresOptions Options(bool isDurable = false) => new()
    {
        DataFolder = Data,
        SystemFolder = SystemFolder,
        IsDurable = isDurable,
    };

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
