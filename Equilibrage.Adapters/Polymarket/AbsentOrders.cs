using System.Collections.Concurrent;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Adapters.Polymarket;

/// <summary>
/// Since when the exchange has known nothing of an order. A request may be under way for a while, so that a single
/// "not found" proves nothing; only agreement over a time longer than any request lives does.
/// </summary>
internal sealed class AbsentOrders(TimeProvider clock, TimeSpan proof)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> since = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Notes that the order was not found; true once that has been so for long enough.</summary>
    public bool IsProven(VenueOrderId order)
    {
        var now = clock.GetUtcNow();
        return now - since.GetOrAdd(order.Value, now) >= proof;
    }

    /// <summary>Notes that the order exists, or that its fate is told.</summary>
    public void Forget(VenueOrderId order) => since.TryRemove(order.Value, out _);
}
