namespace Equilibrage.Adapters.Storage.Server;

/// <summary>
/// What the private server is told at every start. Given on the command line, so that no file can undo it.
/// </summary>
internal static class ServerSettings
{
    /// <summary>Sessions that the server admits; the pool stays well below.</summary>
    public const int MaxConnections = 100;

    /// <summary>Arguments of <c>postgres</c>.</summary>
    /// <param name="cluster">Its data directory.</param>
    /// <param name="socketFolder">The private folder of its socket; it listens nowhere else.</param>
    /// <param name="isDurable">False for test databases.</param>
    public static IEnumerable<string> Arguments(string cluster, string socketFolder, bool isDurable)
    {
        yield return "-D";
        yield return cluster;
        foreach (var (name, value) in Settings(socketFolder, isDurable))
        {
            yield return "-c";
            yield return $"{name}={value}";
        }
    }

    private static IEnumerable<(string Name, string Value)> Settings(string socketFolder, bool isDurable)
    {
        var durable = isDurable ? "on" : "off";
        return
        [
            ("listen_addresses", ""),
            ("unix_socket_directories", socketFolder),
            ("unix_socket_permissions", "0700"),
            ("max_connections", $"{MaxConnections}"),
            ("password_encryption", "scram-sha-256"),
            ("fsync", durable),
            ("synchronous_commit", durable),
            ("full_page_writes", durable),
            ("timezone", "UTC"),
            ("log_timezone", "UTC"),
            ("logging_collector", "on"),
            ("log_directory", "log"),
            ("log_filename", "postgresql-%a.log"),
            ("log_truncate_on_rotation", "on"),
            ("log_rotation_age", "1d"),
            ("log_rotation_size", "0"),
            ("shared_buffers", "128MB"),
            ("max_wal_size", "512MB"),
        ];
    }
}
