using System.Collections.Immutable;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.State;

/// <content>What is over and may still be heard of: closed positions with their orders, early settlements.</content>
public sealed partial class EngineState
{
    private const int MostEarlySettlements = 1_000;
    private const int MostGhosts = 100;

    /// <summary>How long an execution of an order that ended may be heard of, market time.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(24);

    private readonly Dictionary<PositionId, (Position Position, IReadOnlyList<Order> Orders)> past = [];
    private readonly Dictionary<ClientOrderId, PositionId> pastOrders = [];
    private readonly Dictionary<TradeId, bool> earlySettlements = [];
    private readonly Queue<TradeId> earliest = new();

    /// <summary>
    /// Settlements that arrived before the execution they settle, the latest thousand; trades of others among them. A
    /// restart forgets them: the host asks how pending trades were settled.
    /// </summary>
    public IReadOnlyDictionary<TradeId, bool> EarlySettlements => earlySettlements;

    /// <summary>Executions that failed to settle, oldest first, at most a hundred.</summary>
    public ImmutableList<GhostFill> Ghosts { get; private set; } = [];

    /// <summary>Our order, also when its position was closed within the last day.</summary>
    public Order? Recall(ClientOrderId id)
    {
        if (orders.TryGetValue(id, out var order))
            return order;
        return pastOrders.TryGetValue(id, out var position)
            ? past[position].Orders.First(known => known.Command.ClientOrderId == id)
            : null;
    }

    /// <summary>The execution that an entry books, with its order; nulls when it books none of ours.</summary>
    public (Order? Order, Fill? Fill) FindFill(Entry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        foreach (var order in orders.Values)
        {
            if (order.Fills.Find(fill => Entries.IdOf(fill) == entry.Id) is { } fill)
                return (order, fill);
        }

        return (null, null);
    }

    /// <summary>Remembers a settlement whose execution is not known yet.</summary>
    public void RememberSettlement(TradeId trade, bool isConfirmed)
    {
        if (!earlySettlements.ContainsKey(trade))
            earliest.Enqueue(trade);
        earlySettlements[trade] = isConfirmed;
        if (earliest.Count > MostEarlySettlements)
            earlySettlements.Remove(earliest.Dequeue());
    }

    /// <summary>Takes a remembered settlement out; null when there is none.</summary>
    public bool? ForgetSettlement(TradeId trade) =>
        earlySettlements.Remove(trade, out var isConfirmed) ? isConfirmed : null;

    /// <summary>Takes a closed position back among those that something may happen to.</summary>
    public void Revive(PositionId id)
    {
        if (!past.Remove(id, out var known))
            return;
        positions.Add(id, known.Position);
        foreach (var order in known.Orders)
        {
            pastOrders.Remove(order.Command.ClientOrderId);
            orders.Add(order.Command.ClientOrderId, order);
        }
    }

    private void Quarantine(GhostFill ghost)
    {
        Ghosts = Ghosts.Add(ghost);
        if (Ghosts.Count > MostGhosts)
            Ghosts = Ghosts.RemoveAt(0);
    }

    /// <summary>Sets a closed position aside, and drops those of which nothing can be heard any more.</summary>
    private void SetAside(Position position, IReadOnlyList<Order> own)
    {
        past.Add(position.Id, (position, own));
        foreach (var order in own)
            pastOrders.Add(order.Command.ClientOrderId, position.Id);
    }

    private void DropPast()
    {
        // What the account's activity may still tell of is kept, however long nobody asked for it.
        var longAgo = (Watermark < Now.MarketTime ? Watermark.Value : Now.MarketTime) - LongestDelay;
        foreach (var (id, (position, own)) in past.Where(known => known.Value.Position.ClosedAt < longAgo).ToList())
        {
            past.Remove(id);
            DropEnding(position.MarketId);
            foreach (var order in own)
            {
                pastOrders.Remove(order.Command.ClientOrderId);
                byVenueId.Remove(order.Prepared.VenueOrderId);
            }
        }
    }
}
