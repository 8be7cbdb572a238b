using System.Text.Json;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// Where a running desk is found, written into its data folder for the verbs that reach it, or its exchange, while the
/// engine may be stuck. It stays after a crash: whoever reads it must expect nobody there.
/// </summary>
/// <param name="Mode">Its mode.</param>
/// <param name="Url">Its pages and API on this machine; null before they are served.</param>
/// <param name="Exchange">The practice exchange that it trades on; null for Polymarket.</param>
/// <param name="ProcessId">Its process.</param>
internal sealed record DeskAddress(string Mode, Uri? Url, Uri? Exchange, int ProcessId)
{
    /// <summary>The file's name in the data folder.</summary>
    public const string FileName = "desk.json";

    /// <summary>Writes it, whole or not at all.</summary>
    public void Write(string data)
    {
        var path = Path.Combine(data, FileName);
        File.WriteAllText($"{path}.new", JsonSerializer.Serialize(this, JsonSerializerOptions.Web));
        File.Move($"{path}.new", path, overwrite: true);
    }

    /// <summary>Reads it; null when no desk ever ran with this folder, or the file is damaged.</summary>
    public static DeskAddress? Read(string data)
    {
        try
        {
            return JsonSerializer.Deserialize<DeskAddress>(
                File.ReadAllText(Path.Combine(data, FileName)), JsonSerializerOptions.Web);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>An address of the server as this machine reaches it.</summary>
    public static Uri? OnThisMachine(string? url)
    {
        if (!Uri.TryCreate(url?.Replace("//*", "//0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri))
            return null;
        return uri.Host is "0.0.0.0" or "[::]" ? new UriBuilder(uri) { Host = "127.0.0.1" }.Uri : uri;
    }
}
