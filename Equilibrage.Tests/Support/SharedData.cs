namespace Equilibrage.Tests.Support;

/// <summary>The recorded data beside the project, read in place and never copied.</summary>
internal static class SharedData
{
    /// <summary>A recorded file's path; where it is absent the running test is skipped with the reason.</summary>
    public static string PathOf(string name)
    {
        for (var folder = new DirectoryInfo(SourceTree.Root); folder is not null; folder = folder.Parent)
        {
            var path = Path.GetFullPath(Path.Combine(folder.FullName, "../shared/data", name));
            if (File.Exists(path))
                return path;
        }

        Assert.Skip($"The recorded file {name} is not beside the project (../shared/data).");
        return "";
    }
}
