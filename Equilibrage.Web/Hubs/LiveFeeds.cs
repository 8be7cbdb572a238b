using System.Collections.Concurrent;
using Equilibrage.Core.Ports;
using Microsoft.AspNetCore.SignalR;

namespace Equilibrage.Web.Hubs;

/// <summary>The feeds of all connected programs; each connection has at most one.</summary>
internal sealed class LiveFeeds(
    IDesk desk, IHistory history, IHubContext<LiveHub> hub, ILogger<LiveFeed> log) : IAsyncDisposable
{
    /// <summary>Most feeds at once; a desk has one operator and a handful of programs.</summary>
    internal const int MaxFeeds = 100;

    private readonly ConcurrentDictionary<string, LiveFeed> feeds = [];

    /// <summary>How many programs listen.</summary>
    internal int Count => feeds.Count;

    /// <summary>The feed of a connection, begun when it had none.</summary>
    /// <exception cref="HubException">Too many programs listen already.</exception>
    internal LiveFeed Of(HubCallerContext connection)
    {
        var id = connection.ConnectionId;
        if (feeds.TryGetValue(id, out var feed))
            return feed;
        if (feeds.Count >= MaxFeeds)
            throw new HubException($"At most {MaxFeeds} connections may subscribe; close one of them first.");
        // A connection's calls run one after another, so nobody else makes this one's feed.
        return feeds[id] = new LiveFeed(desk, history, hub.Clients.Client(id), connection, log);
    }

    /// <summary>Ends the feed of a connection that is gone.</summary>
    internal async Task EndAsync(string connectionId)
    {
        if (feeds.TryRemove(connectionId, out var feed))
            await feed.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var id in feeds.Keys)
            await EndAsync(id);
    }
}
