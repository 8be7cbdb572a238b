using System.Diagnostics;

namespace Equilibrage.Tests.Support;

/// <summary>A text file of the project: its path relative to the root (with '/') and its lines, read once.</summary>
public sealed class SourceFile(string path, Lazy<string[]> lines)
{
    /// <summary>The path relative to the project's root, with '/' between folders.</summary>
    public string Path { get; } = path;

    /// <summary>The lines without their ends.</summary>
    public string[] Lines => lines.Value;

    /// <summary>The whole text, lines joined by '\n'.</summary>
    public string Text => string.Join('\n', Lines);

    /// <summary>The file's name without folders.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The folder that holds the file, relative to the root; empty at the root.</summary>
    public string Folder => Path.Contains('/') ? Path[..Path.LastIndexOf('/')] : "";

    /// <summary>A file that exists only in memory, to feed a checker.</summary>
    public static SourceFile Of(string path, params string[] lines) => new(path, new Lazy<string[]>(lines));
}

/// <summary>The project's own files as git sees them: tracked, or new and not ignored. Listed once per run.</summary>
public static class SourceTree
{
    private static readonly Lazy<string> LazyRoot = new(FindRoot);
    private static readonly Lazy<IReadOnlyList<SourceFile>> LazyFiles = new(List);

    /// <summary>The folder that holds Equilibrage.sln.</summary>
    public static string Root => LazyRoot.Value;

    /// <summary>All files, ordered by path.</summary>
    public static IReadOnlyList<SourceFile> Files => LazyFiles.Value;

    /// <summary>The absolute path of a file or folder of the project.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>One file; its absence is an error that names it.</summary>
    public static SourceFile File(string path) =>
        Files.SingleOrDefault(file => file.Path == path)
        ?? throw new FileNotFoundException($"The project has no file {path}.");

    /// <summary>The files under a folder (or the whole project) with one of the given endings.</summary>
    public static IEnumerable<SourceFile> Under(string folder, params string[] endings) =>
        Files.Where(file => (folder.Length == 0 || file.Path.StartsWith(folder + "/", StringComparison.Ordinal))
            && (endings.Length == 0 || endings.Any(end => file.Path.EndsWith(end, StringComparison.Ordinal))));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "Equilibrage.sln")))
                return folder.FullName;
        throw new DirectoryNotFoundException("Equilibrage.sln is in no folder above the test program.");
    }

    private static IReadOnlyList<SourceFile> List()
    {
        // A clone may belong to another user than the one who tests it, which git would refuse to read.
        var start = new ProcessStartInfo("git")
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var word in new[] { "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard" })
            start.ArgumentList.Add(word);
        using var git = Process.Start(start) ?? throw new InvalidOperationException("git could not be started.");
        var paths = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        if (git.ExitCode != 0)
            throw new InvalidOperationException($"git ls-files ended with {git.ExitCode} in {Root}.");
        return [.. paths.Where(path => System.IO.File.Exists(PathOf(path))).Distinct().Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, new(() => System.IO.File.ReadAllLines(PathOf(path)))))];
    }
}
