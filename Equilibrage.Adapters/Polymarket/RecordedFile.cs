using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>A stretch of time without a recorded frame.</summary>
internal sealed record RecordingGap(DateTimeOffset From, DateTimeOffset To)
{
    [JsonIgnore]
    public TimeSpan Length => To - From;
}

/// <summary>One line of a recording's index.</summary>
internal sealed record RecordedFile
{
    /// <summary>Name of the file in the folder.</summary>
    public required string Name { get; init; }

    /// <summary>Receive time of its first frame.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>Receive time of its last frame.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Frames.</summary>
    public required long Frames { get; init; }

    /// <summary>Bytes of the frames.</summary>
    public required long Bytes { get; init; }

    /// <summary>Frames that were left out because too much waited to be written.</summary>
    public required long Dropped { get; init; }

    /// <summary>Gaps inside the file, the longest hundred.</summary>
    public required IReadOnlyList<RecordingGap> Gaps { get; init; }

    /// <summary>True when the file's end was lost in a crash.</summary>
    public bool IsTorn { get; init; }

    /// <summary>The name of a file that begins at a time; names sort by time.</summary>
    public static string NameOf(DateTimeOffset from) =>
        from.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'.'fff", CultureInfo.InvariantCulture) + RecordingFolder.Extension;
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RecordedFile))]
internal sealed partial class RecordingJson : JsonSerializerContext;
