namespace Equilibrage.Web.Hosting;

/// <summary>Where a desk keeps its recordings.</summary>
internal static class Recordings
{
    /// <summary>The folder; null when nothing is to be recorded.</summary>
    public static string? Of(RunOptions options) => options.Records ? Path.Combine(options.Data, "recordings") : null;
}
