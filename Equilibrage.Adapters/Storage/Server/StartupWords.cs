using System.Diagnostics;
using System.Globalization;

namespace Equilibrage.Adapters.Storage.Server;

/// <summary>
/// What a starting server says: first on its own streams, then, once its collector runs, in its log file.
/// </summary>
internal sealed class StartupWords
{
    private const int Enough = 8;

    private readonly Queue<string> _lines = new();
    private readonly string _log;
    private readonly string _mark;

    /// <summary>Listens to a server that was just started.</summary>
    public StartupWords(Process server, string cluster)
    {
        _log = Path.Combine(cluster, "log");
        _mark = string.Create(CultureInfo.InvariantCulture, $"[{server.Id}]");
        server.OutputDataReceived += (_, line) => Remember(line.Data);
        server.ErrorDataReceived += (_, line) => Remember(line.Data);
        server.BeginOutputReadLine();
        server.BeginErrorReadLine();
    }

    /// <summary>Its last words, and where more of them are.</summary>
    public string Last()
    {
        string[] spoken;
        lock (_lines)
            spoken = [.. _lines];
        return $"{string.Join(" | ", spoken.Concat(Logged()).TakeLast(Enough))} (its log: {_log})";
    }

    private IEnumerable<string> Logged()
    {
        var newest = Directory.Exists(_log)
            ? new DirectoryInfo(_log).GetFiles().MaxBy(file => file.LastWriteTimeUtc)
            : null;
        var lines = newest is null ? [] : File.ReadLines(newest.FullName);
        return lines.Where(line => line.Contains(_mark, StringComparison.Ordinal)).TakeLast(Enough);
    }

    private void Remember(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > Enough)
                _lines.Dequeue();
        }
    }
}
