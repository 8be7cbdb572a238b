using System.Text.Json;
using System.Text.Json.Serialization;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Projections;

namespace Equilibrage.Adapters.Alerts;

/// <summary>A channel with its secrets.</summary>
internal sealed record ChannelSettings
{
    public bool IsEnabled { get; init; }

    public string? Target { get; init; }

    public string? Token { get; init; }

    public IReadOnlyList<AlertKind> Kinds { get; init; } = Enum.GetValues<AlertKind>();

    /// <summary>Keeps secrets out of every log: a record would print them.</summary>
    public override string ToString() => "channel";
}

/// <summary>The alerts' settings, kept in a file that its owner alone can read.</summary>
internal sealed record AlertSettings
{
    private const string FileName = "alerts.json";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    public int DailyHour { get; init; }

    public Dictionary<AlertChannel, ChannelSettings> Channels { get; init; } = [];

    /// <summary>A channel's settings; its defaults when nothing was set.</summary>
    public ChannelSettings Of(AlertChannel channel) => Channels.GetValueOrDefault(channel) ?? new();

    /// <summary>Channels that want a kind.</summary>
    public IReadOnlyList<AlertChannel> Wanting(AlertKind kind) =>
    [
        .. Channels.Where(channel => channel.Value.IsEnabled && channel.Value.Kinds.Contains(kind))
            .Select(channel => channel.Key),
    ];

    /// <summary>Reads the file; defaults when there is none or it cannot be read, with the reason.</summary>
    public static (AlertSettings Settings, string? Problem) Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path)
                ? (JsonSerializer.Deserialize<AlertSettings>(File.ReadAllText(path), Form) ?? new(), null)
                : (new(), null);
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            return (new(), $"{path} cannot be read, so no alert is sent: {error.GetType().Name}");
        }
    }

    /// <summary>Writes the file, whole or not at all.</summary>
    public void Write(string folder)
    {
        var path = Path.Combine(folder, FileName);
        var draft = $"{path}.new";
        File.Delete(draft);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly,
        };
        using (var file = new StreamWriter(draft, options))
            file.Write(JsonSerializer.Serialize(this, Form));
        File.Move(draft, path, overwrite: true);
    }
}
