namespace Equilibrage.Adapters.Polymarket;

/// <summary>How raw frames are recorded: when a file is full, and how much is kept.</summary>
internal sealed record RecordingRules
{
    /// <summary>A file covers at most this long.</summary>
    public TimeSpan FileLasts { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A file holds at most so many bytes before compression.</summary>
    public long FileHolds { get; init; } = 512L * 1024 * 1024;

    /// <summary>What is kept at most, in bytes on disk; the oldest files go first.</summary>
    public long KeepBytes { get; init; } = 20L * 1024 * 1024 * 1024;

    /// <summary>What is kept at most, by age.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Bytes that may wait to be written; frames beyond are counted and left out.</summary>
    public long MostWaiting { get; init; } = 64L * 1024 * 1024;

    /// <summary>How often what was written reaches the disk: a crash loses no more than this.</summary>
    public TimeSpan FlushEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Without a frame for this long the recording has a gap.</summary>
    public TimeSpan GapAfter { get; init; } = TimeSpan.FromSeconds(30);
}
