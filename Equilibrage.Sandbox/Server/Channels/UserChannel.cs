using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Polymarket.Socket;
using Equilibrage.Sandbox.Server.Auth;
using Equilibrage.Sandbox.Server.Faults;
using Equilibrage.Sandbox.Server.Http;
using Equilibrage.Sandbox.Server.Markets;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Sandbox.Server.Channels;

/// <summary>
/// The user channel: an API key's own orders and trades. The first frame carries the credentials; wrong ones end the
/// connection without a word.
/// </summary>
internal sealed class UserChannel(
    Authentication authentication, MarketIndex index, FaultPlan faults, ILogger logger)
{
    private readonly Lock gate = new();
    private readonly Dictionary<AccountId, HashSet<Listener>> listeners = [];

    private sealed class Listener(SocketPeer peer)
    {
        public SocketPeer Peer { get; } = peer;

        public Caller? Caller { get; set; }

        public bool IsAsking { get; set; }

        /// <summary>A frame that is to come after the next one.</summary>
        public ReadOnlyMemory<byte>? Held { get; set; }

        /// <summary>True when all markets are heard of.</summary>
        public bool HearsAll { get; set; }

        /// <summary>Markets that are heard of otherwise.</summary>
        public HashSet<MarketId> Markets { get; } = [];
    }

    /// <summary>Serves one connection until it ends.</summary>
    public async Task ServeAsync(SocketPeer peer, CancellationToken cancellation)
    {
        var listener = new Listener(peer);
        try
        {
            await peer.RunAsync(message => Hear(listener, message, cancellation), cancellation);
        }
        finally
        {
            lock (gate)
            {
                foreach (var account in listener.Caller?.Accounts ?? [])
                    listeners.GetValueOrDefault(account)?.Remove(listener);
            }
        }
    }

    /// <summary>Passes on what happened.</summary>
    public void Publish(VenueEvent happened)
    {
        switch (happened)
        {
            case VenueEvent.OrderPlaced placed:
                Send(placed.Order, OrderEventKind.Placement, placed.MarketTime);
                break;
            case VenueEvent.OrderUpdated updated:
                Send(updated.Order, OrderEventKind.Update, updated.MarketTime);
                break;
            case VenueEvent.OrderCanceled canceled:
                Send(canceled.Order, OrderEventKind.Cancellation, canceled.MarketTime);
                break;
            case VenueEvent.TradeChanged changed:
                Send(changed.Trade, changed.MarketTime);
                break;
        }
    }

    private void Hear(Listener listener, ReadOnlyMemory<byte> message, CancellationToken cancellation)
    {
        if (UserSubscription.Read(message) is not { } asked)
        {
            listener.Peer.Cut();
            return;
        }

        lock (gate)
        {
            listener.HearsAll |= asked is { Change: SubscriptionChange.Open, Markets.Count: 0 };
            if (asked.Change == SubscriptionChange.Unsubscribe)
                listener.Markets.ExceptWith(asked.Markets);
            else
                listener.Markets.UnionWith(asked.Markets);
        }

        if (listener.Caller is not null || listener.IsAsking)
            return;
        if (asked.Credentials is not { } said)
        {
            listener.Peer.Cut();
            return;
        }

        listener.IsAsking = true;
        _ = AdmitAsync(listener, said, cancellation);
    }

    private async Task AdmitAsync(Listener listener, SocketCredentials said, CancellationToken cancellation)
    {
        try
        {
            if (await authentication.FindAsync(said, cancellation) is not { } caller)
            {
                listener.Peer.Close();
                return;
            }

            lock (gate)
            {
                listener.Caller = caller;
                foreach (var account in caller.Accounts)
                {
                    if (!listeners.TryGetValue(account, out var own))
                        listeners.Add(account, own = []);
                    own.Add(listener);
                }
            }
        }
        catch (Exception error)
        {
            logger.LogDebug(error, "A user connection could not be admitted.");
            listener.Peer.Cut();
        }
    }

    private void Send(VenueOrderView order, OrderEventKind kind, DateTimeOffset at)
    {
        if (index.ByCondition(order.Request.MarketId.Value) is { } entry)
            Send(order.AccountId, entry, UserFrameForms.Order(order, kind, at, entry.Market));
    }

    private void Send(VenueTrade trade, DateTimeOffset at)
    {
        if (index.ByCondition(trade.MarketId.Value) is not { } entry)
            return;
        foreach (var account in trade.Makers.Prepend(trade.Taker).Select(side => side.AccountId)
            .OfType<AccountId>().Distinct())
            Send(account, entry, UserFrameForms.Trade(trade, account, at, entry.Market));
    }

    private void Send(AccountId account, MarketEntry entry, UserMessage message)
    {
        lock (gate)
        {
            if (listeners.GetValueOrDefault(account) is not { Count: > 0 } own)
                return;
            using var buffer = new ByteBuffer(2048);
            UserFrames.Write(buffer, message);
            ReadOnlyMemory<byte> frame = buffer.ToArray();
            foreach (var listener in own)
            {
                if (listener.HearsAll || listener.Markets.Contains(entry.Market.Id))
                    Send(listener, account, entry, frame, message is UserMessage.TradeChanged);
            }
        }
    }

    private void Send(
        Listener listener, AccountId account, MarketEntry entry, ReadOnlyMemory<byte> frame, bool isTrade)
    {
        var target = new FaultTarget
        {
            Channel = "user",
            Socket = listener.Peer.Number,
            Account = account,
            Assets = (entry.Market.TokenYes, entry.Market.TokenNo),
        };
        if (faults.Strike(FaultKind.Disconnect, target) is not null)
            listener.Peer.Cut();
        if (faults.Strike(FaultKind.Freeze, target) is not null || faults.Strike(FaultKind.Drop, target) is not null)
            return;
        if (listener.Held is null && faults.Strike(FaultKind.Reorder, target) is not null)
        {
            listener.Held = frame;
            return;
        }

        listener.Peer.Send(frame);
        if (isTrade && faults.Strike(FaultKind.DuplicateTrade, target) is not null)
            listener.Peer.Send(frame);
        if (listener.Held is { } held)
            listener.Peer.Send(held);
        listener.Held = null;
    }
}
