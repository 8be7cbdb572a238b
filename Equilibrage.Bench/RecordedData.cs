namespace Equilibrage.Bench;

/// <summary>The recorded data beside the project, read in place.</summary>
internal static class RecordedData
{
    private const string Folder = "../shared/data";

    public static string? FullFile => Find("gamma-markets-2026-03-11.jsonl.gz");

    public static string? Sample => Find("gamma-markets-sample-400.jsonl.gz");

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    // A worktree lies one level deeper than a clone; both find the data.
    private static string? Find(string name)
    {
        for (var folder = new DirectoryInfo(Root); folder is not null; folder = folder.Parent)
        {
            var path = Path.GetFullPath(Path.Combine(folder.FullName, Folder, name));
            if (File.Exists(path))
                return path;
        }

        return null;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Equilibrage.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? Directory.GetCurrentDirectory();
    }
}
