using Equilibrage.Core.Simulation;
using Equilibrage.Polymarket.Socket;
using Equilibrage.Sandbox.Server.Auth;
using Equilibrage.Sandbox.Server.Faults;
using Equilibrage.Sandbox.Server.Http;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Sandbox.Server.Channels;

/// <summary>
/// Coin prices in both forms: the older one (RTDS) and the newer one (PolyBolt). Each follower gets a backlog of two
/// market minutes and then a price at every step of market time.
/// </summary>
internal sealed class PriceChannels(
    CoinPrices prices, Func<DateTimeOffset> marketTime, Authentication authentication, FaultPlan faults,
    ILogger logger)
{
    private const int BacklogSeconds = 120;
    private const int MostFilters = 64;

    private readonly Lock gate = new();
    private readonly HashSet<Listener> listeners = [];

    private sealed class Listener(SocketPeer peer, bool isNew)
    {
        public SocketPeer Peer { get; } = peer;

        public bool IsNew { get; } = isNew;

        public bool IsAdmitted { get; set; }

        /// <summary>What is followed: channel or topic, name as asked for, symbol, averaging window.</summary>
        public HashSet<(string Channel, string Name, string Symbol, int Window)> Filters { get; } = [];

        public Dictionary<string, long> Sequences { get; } = [];
    }

    /// <summary>Serves a connection of the older form.</summary>
    public Task ServeOldAsync(SocketPeer peer, CancellationToken cancellation) =>
        ServeAsync(new(peer, isNew: false), HearOld, cancellation);

    /// <summary>Serves a connection of the newer form.</summary>
    public Task ServeNewAsync(SocketPeer peer, CancellationToken cancellation) =>
        ServeAsync(
            new(peer, isNew: true), (listener, message) => HearNew(listener, message, cancellation), cancellation);

    /// <summary>Tells the prices of a step.</summary>
    public void Publish(VenueEvent happened)
    {
        if (happened is not VenueEvent.Clock clock)
            return;
        lock (gate)
        {
            foreach (var listener in listeners)
            {
                foreach (var filter in listener.Filters)
                    Send(listener, filter, [Point(filter, clock.MarketTime.ToUnixTimeSeconds())], isBacklog: false);
            }
        }
    }

    private async Task ServeAsync(
        Listener listener, Action<Listener, ReadOnlyMemory<byte>> hear, CancellationToken cancellation)
    {
        lock (gate)
            listeners.Add(listener);
        try
        {
            await listener.Peer.RunAsync(message => hear(listener, message), cancellation);
        }
        finally
        {
            lock (gate)
                listeners.Remove(listener);
        }
    }

    private void HearOld(Listener listener, ReadOnlyMemory<byte> message)
    {
        if (RtdsFrames.ReadSubscribe(message) is not { } asked
            || asked.Any(each => !each.Topic.StartsWith(RtdsFrames.Binance, StringComparison.Ordinal)))
        {
            // One topic that is not known spoils the whole batch, as on the venue.
            Reply(listener, """{"statusCode":401,"body":{"message":"Unauthorized"}}"""u8);
            return;
        }

        foreach (var each in asked)
        {
            var window = each.Topic.EndsWith("twap_thirty", StringComparison.Ordinal) ? 30
                : each.Topic.EndsWith("twap_sixty", StringComparison.Ordinal) ? 60 : 0;
            var isBinance = each.Topic == RtdsFrames.Binance;
            var names = each.Symbol is { } one
                ? [one]
                : CoinPrices.Symbols.Select(symbol => isBinance ? $"{symbol}t" : $"{symbol[..^3]}/usd");
            foreach (var name in names)
            {
                if (CoinPrices.SymbolOf(name) is { } symbol)
                    Follow(listener, (each.Topic, name, symbol, window));
            }
        }
    }

    private void HearNew(Listener listener, ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        switch (PolyBoltFrames.Read(message))
        {
            case PolyBoltFrame.Ping:
                Reply(listener, new PolyBoltFrame.Pong());
                break;
            case PolyBoltFrame.Auth auth:
                _ = AdmitAsync(listener, auth, cancellation);
                break;
            case PolyBoltFrame.Subscribe subscribe when !listener.IsAdmitted:
                Reply(listener, new PolyBoltFrame.Refused(subscribe.RequestId, "auth_required"));
                break;
            case PolyBoltFrame.Subscribe subscribe:
                Subscribe(listener, subscribe);
                break;
            default:
                Reply(listener, new PolyBoltFrame.Refused("", "bad_request"));
                break;
        }
    }

    private async Task AdmitAsync(Listener listener, PolyBoltFrame.Auth auth, CancellationToken cancellation)
    {
        try
        {
            listener.IsAdmitted = await authentication.FindAsync(auth.Credentials, cancellation) is not null;
            Reply(listener, listener.IsAdmitted
                ? new PolyBoltFrame.Authed(auth.RequestId)
                : new PolyBoltFrame.Refused(auth.RequestId, "auth_invalid"));
        }
        catch (Exception error)
        {
            logger.LogDebug(error, "A price connection could not be admitted.");
            Reply(listener, new PolyBoltFrame.Refused(auth.RequestId, "auth_unavailable"));
        }
    }

    private void Subscribe(Listener listener, PolyBoltFrame.Subscribe asked)
    {
        foreach (var each in asked.Subscriptions)
        {
            var isAverage = each.Channel == PolyBoltFrames.CryptoTwap;
            if ((!isAverage && each.Channel != PolyBoltFrames.Crypto)
                || CoinPrices.SymbolOf(each.Symbol) is not { } symbol)
            {
                Reply(listener, new PolyBoltFrame.Refused(asked.RequestId, "unknown_channel"));
                continue;
            }

            Reply(listener, new PolyBoltFrame.Subscribed(asked.RequestId, each.Channel));
            Follow(listener, (each.Channel, each.Symbol, symbol, isAverage ? each.WindowSeconds ?? 60 : 0));
        }
    }

    private void Follow(Listener listener, (string Channel, string Name, string Symbol, int Window) filter)
    {
        lock (gate)
        {
            if (listener.Filters.Count >= MostFilters || !listener.Filters.Add(filter))
                return;
            var now = marketTime().ToUnixTimeSeconds();
            var backlog = new List<PricePoint>();
            for (var at = now - BacklogSeconds; at <= now; at += 5)
                backlog.Add(Point(filter, at));
            Send(listener, filter, backlog, isBacklog: true);
        }
    }

    private PricePoint Point((string Channel, string Name, string Symbol, int Window) filter, long second) => new(
        second * 1000,
        filter.Window is > 0 and <= 3_600
            ? prices.Average(filter.Symbol, second, filter.Window)
            : prices.At(filter.Symbol, second));

    private void Send(
        Listener listener, (string Channel, string Name, string Symbol, int Window) filter,
        IReadOnlyList<PricePoint> points, bool isBacklog)
    {
        var target = new FaultTarget { Channel = listener.IsNew ? "live-v2" : "live", Socket = listener.Peer.Number };
        if (faults.Strike(FaultKind.Disconnect, target) is not null)
            listener.Peer.Cut();
        if (faults.Strike(FaultKind.Freeze, target) is not null || faults.Strike(FaultKind.Drop, target) is not null)
            return;
        using var buffer = new ByteBuffer(512);
        var stamp = points[^1].TimestampMs;
        if (listener.IsNew)
        {
            var sequence = listener.Sequences.GetValueOrDefault(filter.Channel) + 1;
            listener.Sequences[filter.Channel] = sequence;
            PolyBoltFrames.Write(buffer, new PolyBoltFrame.Prices(
                filter.Channel, sequence, stamp, filter.Symbol, isBacklog, 0, points));
        }
        else
        {
            RtdsFrames.Write(buffer, new(filter.Channel, filter.Name, stamp, isBacklog, points));
        }

        listener.Peer.Send(buffer.ToArray());
    }

    private static void Reply(Listener listener, PolyBoltFrame frame)
    {
        using var buffer = new ByteBuffer(256);
        PolyBoltFrames.Write(buffer, frame);
        listener.Peer.Send(buffer.ToArray());
    }

    private static void Reply(Listener listener, ReadOnlySpan<byte> text) => listener.Peer.Send(text.ToArray());
}
