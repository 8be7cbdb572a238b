using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Socket;
using Equilibrage.Sandbox.Server.Faults;
using Equilibrage.Sandbox.Server.Markets;

namespace Equilibrage.Sandbox.Server.Channels;

/// <summary>
/// The market channel: passes what happens on to the connections that follow it. Each event is encoded once per market
/// and its bytes are shared by all who get them.
/// </summary>
/// <param name="view">Markets and last trades.</param>
/// <param name="want">Says whose books are wanted.</param>
/// <param name="faults">What is to go wrong.</param>
internal sealed partial class MarketChannel(
    ExchangeView view, Action<IReadOnlyCollection<TokenId>> want, FaultPlan faults)
{
    private static readonly byte[] NoNewAssets = "NO NEW ASSETS"u8.ToArray();
    private static readonly byte[] Invalid = "INVALID OPERATION"u8.ToArray();

    private readonly Lock gate = new();
    private readonly Dictionary<MarketId, MarketTopic> topics = [];
    private readonly HashSet<MarketFollower> followers = [];
    private readonly HashSet<MarketFollower> waiting = [];
    private readonly HashSet<MarketTopic> traded = [];

    /// <summary>Serves one connection until it ends.</summary>
    public async Task ServeAsync(SocketPeer peer, CancellationToken cancellation)
    {
        var follower = new MarketFollower(peer);
        lock (gate)
            followers.Add(follower);
        try
        {
            await peer.RunAsync(message => Hear(follower, message), cancellation);
        }
        finally
        {
            lock (gate)
            {
                Leave(follower, [.. follower.Tokens]);
                followers.Remove(follower);
                waiting.Remove(follower);
            }
        }
    }

    /// <summary>Sends what belongs together, at the end of a turn.</summary>
    public void Flush()
    {
        lock (gate)
        {
            foreach (var topic in traded)
                SendBooks(topic);
            traded.Clear();
            foreach (var follower in waiting)
                follower.Flush();
            waiting.Clear();
        }
    }

    private void Hear(MarketFollower follower, ReadOnlyMemory<byte> message)
    {
        if (MarketSubscription.Read(message) is not { } asked)
        {
            follower.Peer.Send(Invalid);
            return;
        }

        lock (gate)
        {
            follower.HasFeatures |= asked.WantsFeatures;
            follower.IsTopOnly = asked.Level == 1;
            if (asked.Change == SubscriptionChange.Unsubscribe)
                Leave(follower, asked.Tokens);
            else
                Join(follower, asked);
        }

        Flush();
    }

    private void Join(MarketFollower follower, MarketSubscription asked)
    {
        var isNew = false;
        foreach (var token in asked.Tokens)
        {
            if (view.Find(token.Value) is not { Entry.HasEnded: false } found || !follower.Tokens.Add(token))
                continue;
            isNew = true;
            if (!topics.TryGetValue(found.Entry.Market.Id, out var topic))
                topics.Add(found.Entry.Market.Id, topic = new(found.Entry));
            topic.Followers.Add(follower);
            if (!asked.WantsSnapshots || !follower.CountsSnapshot())
                continue;
            follower.Unseeded.Add(token);
            if (topic.IsSeeded)
                SendSnapshot(topic, follower);
        }

        if (isNew)
            Want();
        else if (asked.Tokens.Count > 0)
            follower.Peer.Send(NoNewAssets);
    }

    private void Leave(MarketFollower follower, IReadOnlyList<TokenId> tokens)
    {
        var isLess = false;
        foreach (var token in tokens)
        {
            if (!follower.Tokens.Remove(token))
                continue;
            follower.Unseeded.Remove(token);
            if (view.Find(token.Value) is not { } found
                || !topics.TryGetValue(found.Entry.Market.Id, out var topic)
                || follower.Tokens.Contains(topic.Entry.Market.TokenYes)
                || follower.Tokens.Contains(topic.Entry.Market.TokenNo))
                continue;
            topic.Followers.Remove(follower);
            if (topic.Followers.Count == 0)
                isLess |= topics.Remove(topic.Entry.Market.Id);
        }

        if (isLess)
            Want();
    }

    // One token brings the changes of both.
    private void Want() => want([.. topics.Values.Select(topic => topic.Entry.Market.TokenYes)]);

    private void SendSnapshot(MarketTopic topic, MarketFollower follower)
    {
        foreach (var outcome in Outcomes.Both)
        {
            if (!follower.Unseeded.Remove(topic.Entry.Market.Token(outcome)))
                continue;
            if (IsSwallowed(follower, topic))
                continue;
            var book = topic.Book(outcome, view.LastPrint(topic.Entry));
            follower.Snapshots.Add(MarketFrames.Book(book, follower.IsTopOnly));
            waiting.Add(follower);
        }
    }

    private void Send(MarketFollower follower, MarketTopic topic, ReadOnlyMemory<byte> frame)
    {
        if (!IsSwallowed(follower, topic))
            follower.Peer.Send(frame);
    }

    // A connection that is to end ends here; a frame that is to be lost is.
    private bool IsSwallowed(MarketFollower follower, MarketTopic topic)
    {
        if (faults.IsEmpty)
            return false;
        var target = new FaultTarget
        {
            Channel = "market",
            Socket = follower.Peer.Number,
            Assets = (topic.Entry.Market.TokenYes, topic.Entry.Market.TokenNo),
        };
        if (faults.Strike(FaultKind.Disconnect, target) is not null)
            follower.Peer.Cut();
        return faults.Strike(FaultKind.Freeze, target) is not null || faults.Strike(FaultKind.Drop, target) is not null;
    }
}
