using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Tests.Support.Chaos;

/// <summary>Sees every request leave, and remembers what must never have happened.</summary>
internal sealed class Witness(ChaosDatabase database)
{
    private readonly Dictionary<VenueOrderId, int> sent = [];

    /// <summary>What must never have happened and did, in order.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>How often each order was sent.</summary>
    public IReadOnlyDictionary<VenueOrderId, int> Sent => sent;

    /// <summary>An order leaves the process.</summary>
    /// <param name="order">The order.</param>
    /// <param name="epoch">The lease under which its process believes to lead.</param>
    public void Sends(PreparedOrder order, long epoch)
    {
        var id = order.VenueOrderId;
        sent[id] = sent.GetValueOrDefault(id) + 1;
        if (sent[id] > 1)
            Violations.Add($"order {order.Command.ClientOrderId} was sent {sent[id]} times");
        if (!database.Orders.Contains(id))
            Violations.Add($"order {order.Command.ClientOrderId} was sent before the journal had it");
        Leads(epoch, $"order {order.Command.ClientOrderId} was sent");
    }

    /// <summary>An operation is asked for; asking again is fine.</summary>
    public void Executes(ChainOperation operation, long epoch)
    {
        if (!database.Operations.Contains(operation.Id))
            Violations.Add($"{operation.Kind} of {operation.MarketId} was asked for before the journal had it");
        Leads(epoch, $"{operation.Kind} of {operation.MarketId} was asked for");
    }

    private void Leads(long epoch, string what)
    {
        if (epoch != database.Lease?.Epoch)
            Violations.Add($"{what} under epoch {epoch}, and {database.Lease?.Epoch} leads");
    }
}
