using System.Collections.Concurrent;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>Commands of orders that this process sent, so that an end can be judged by what was wanted.</summary>
internal sealed class SentOrders
{
    private const int MostKept = 10_000;

    private readonly ConcurrentDictionary<string, OrderCommand> commands = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentQueue<string> ages = new();

    /// <summary>Remembers an order; beyond a number the oldest are forgotten.</summary>
    public void Add(PreparedOrder order)
    {
        if (commands.TryAdd(order.VenueOrderId.Value, order.Command))
            ages.Enqueue(order.VenueOrderId.Value);
        while (commands.Count > MostKept && ages.TryDequeue(out var oldest))
            commands.TryRemove(oldest, out _);
    }

    /// <summary>What was wanted, if it is still known.</summary>
    public OrderCommand? Find(VenueOrderId order) => commands.GetValueOrDefault(order.Value);
}
