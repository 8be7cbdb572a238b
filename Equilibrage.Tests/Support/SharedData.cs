namespace Equilibrage.Tests.Support;

/// <summary>Recorded data and golden vectors beside the project, read in place and never copied.</summary>
internal static class SharedData
{
    /// <summary>
    /// A file's path, given as <c>data/...</c> or <c>golden/...</c>; where it is absent the running test is skipped
    /// with the reason.
    /// </summary>
    public static string PathOf(string name)
    {
        for (var folder = new DirectoryInfo(SourceTree.Root); folder is not null; folder = folder.Parent)
        {
            var path = Path.GetFullPath(Path.Combine(folder.FullName, "../shared", name));
            if (File.Exists(path))
                return path;
        }

        Assert.Skip($"The file {name} is not beside the project (../shared).");
        return "";
    }
}
