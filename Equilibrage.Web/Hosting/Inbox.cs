using System.Threading.Channels;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// The loop's one entrance, bounded. Facts and commands wait for room and are never dropped. Over the high-water mark
/// book changes are dropped instead, and their tokens noted, so that the loop can ask for fresh snapshots.
/// </summary>
internal sealed class Inbox
{
    /// <summary>Most items that wait.</summary>
    public const int Capacity = 20_000;

    /// <summary>Items above which book changes are dropped.</summary>
    public const int HighWater = 10_000;

    private readonly Channel<InboxItem> channel = Channel.CreateBounded<InboxItem>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly HashSet<TokenId> dropped = [];

    /// <summary>Where the loop reads.</summary>
    public ChannelReader<InboxItem> Reader => channel.Reader;

    /// <summary>Waits for room, then adds.</summary>
    public ValueTask AddAsync(InboxItem item, CancellationToken cancellation) =>
        channel.Writer.WriteAsync(item, cancellation);

    /// <summary>Takes nothing more and tells operators whose commands were still waiting to ask again.</summary>
    public void Close()
    {
        channel.Writer.TryComplete();
        while (channel.Reader.TryRead(out var item))
        {
            if (item is InboxItem.Command command)
                command.Answer.TrySetException(Unavailable());
        }
    }

    /// <summary>What an operator is told whose command cannot be taken now.</summary>
    public static DeskUnavailableException Unavailable() => new("The desk is recovering; ask again in a moment.");

    /// <summary>Adds when there is room; for ticks, which may be missed.</summary>
    public void Offer(InboxItem item) => channel.Writer.TryWrite(item);

    /// <summary>Adds a feed report, or drops a book change when the loop is behind.</summary>
    public async ValueTask ReportAsync(InboxItem.Report report, CancellationToken cancellation)
    {
        if (report.Event is FeedEvent.Changed changed && channel.Reader.Count > HighWater)
        {
            var tokens = changed.Deltas.Select(delta => delta.TokenId).Distinct().ToList();
            var isNews = false;
            foreach (var token in tokens)
                isNews |= dropped.Add(token);
            if (isNews)
                await AddAsync(report with { Event = new FeedEvent.Lost(changed.MarketTime, tokens) }, cancellation);
            return;
        }

        await AddAsync(report, cancellation);
    }

    /// <summary>
    /// Tokens whose changes were dropped, once the loop has caught up; empty before. Called by the feed reader.
    /// </summary>
    public IReadOnlyCollection<TokenId> TakeDropped()
    {
        if (dropped.Count == 0 || channel.Reader.Count > HighWater / 2)
            return [];
        var taken = dropped.ToList();
        dropped.Clear();
        return taken;
    }
}
