namespace Equilibrage.Adapters.Polymarket;

/// <summary>Counts what goes into one file of a recording.</summary>
internal sealed class RecordingTally(string name, TimeSpan gapAfter)
{
    private const int MostGaps = 100;

    private readonly List<RecordingGap> gaps = [];
    private DateTimeOffset? first;
    private DateTimeOffset last;

    public long Frames { get; private set; }

    public long Bytes { get; private set; }

    public void Add(DateTimeOffset receivedAt, int bytes)
    {
        if (first is null)
            first = receivedAt;
        else if (receivedAt - last > gapAfter && gaps.Count < MostGaps)
            gaps.Add(new(last, receivedAt));
        last = receivedAt;
        Frames++;
        Bytes += bytes;
    }

    /// <summary>The index's line; null when nothing was recorded.</summary>
    public RecordedFile? Finish(long dropped, bool isTorn) => first is not { } from ? null : new()
    {
        Name = name,
        From = from,
        To = last,
        Frames = Frames,
        Bytes = Bytes,
        Dropped = dropped,
        Gaps = gaps,
        IsTorn = isTorn,
    };
}
