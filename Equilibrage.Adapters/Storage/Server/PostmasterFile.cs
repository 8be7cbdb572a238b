using System.Globalization;

namespace Equilibrage.Adapters.Storage.Server;

/// <summary>
/// What a running server writes about itself into <c>postmaster.pid</c>. The file outlives a server that was killed,
/// and its number may by then belong to another process: it is a hint to be checked, never a lock.
/// </summary>
/// <param name="Pid">The server's process.</param>
/// <param name="Cluster">The data directory that it serves.</param>
/// <param name="SocketFolder">Where it listens.</param>
/// <param name="Status">"starting", "ready", "stopping" or "standby".</param>
internal sealed record PostmasterFile(int Pid, string Cluster, string SocketFolder, string Status)
{
    private const int FullLength = 8;

    /// <summary>True when the server accepts connections.</summary>
    public bool IsReady => Status == "ready";

    /// <summary>Path of the file.</summary>
    public static string PathOf(string cluster) => Path.Combine(cluster, "postmaster.pid");

    /// <summary>Reads the file; null when there is none or the server is still writing it.</summary>
    public static PostmasterFile? Read(string cluster)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(PathOf(cluster));
        }
        catch (IOException)
        {
            return null;
        }

        return lines.Length >= FullLength
            && int.TryParse(lines[0], NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                ? new PostmasterFile(pid, lines[1], lines[4], lines[7].Trim())
                : null;
    }
}
