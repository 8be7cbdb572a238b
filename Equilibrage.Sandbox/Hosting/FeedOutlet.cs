using System.Threading.Channels;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Sandbox.Hosting;

/// <summary>
/// What waits to be read from the feed. Over its high-water mark it drops books and says so once; orders, settlements
/// and markets are never dropped. Once read down, the books start again with snapshots.
/// </summary>
internal sealed class FeedOutlet
{
    private const int HighWater = 10_000;
    private const int LowWater = 500;

    // The channel kind for a single reader cannot tell how much waits in it.
    private readonly Channel<FeedEvent> waiting = Channel.CreateUnbounded<FeedEvent>(new() { SingleWriter = true });

    private bool isDropping;

    /// <summary>What can be read.</summary>
    public ChannelReader<FeedEvent> Reader => waiting.Reader;

    /// <summary>True when books were dropped and the reader has caught up: they are to be sent anew.</summary>
    public bool NeedsSnapshots => isDropping && waiting.Reader.Count <= LowWater;

    /// <summary>True for what must reach the reader whatever happens.</summary>
    public static bool IsNotBook(FeedEvent report) =>
        report is not (FeedEvent.Changed or FeedEvent.Snapshot or FeedEvent.Clock);

    /// <summary>Hands events over.</summary>
    public void Publish(IEnumerable<FeedEvent> reports, IReadOnlyCollection<TokenId> wanted)
    {
        foreach (var report in reports)
        {
            var isBook = !IsNotBook(report);
            if (isBook && !isDropping && waiting.Reader.Count >= HighWater)
            {
                isDropping = true;
                Write(new FeedEvent.Lost(report.MarketTime, [.. wanted]));
            }

            if (!isBook || !isDropping)
                Write(report);
        }
    }

    /// <summary>Takes note that snapshots of everything come next.</summary>
    public void Resume() => isDropping = false;

    /// <summary>Forgets what nobody has read.</summary>
    public void Clear()
    {
        isDropping = false;
        var unread = true;
        while (unread)
            unread = waiting.Reader.TryRead(out _);
    }

    /// <summary>Ends the feed.</summary>
    public void Close(Exception? error) => waiting.Writer.TryComplete(error);

    private void Write(FeedEvent report) => waiting.Writer.TryWrite(report);
}
