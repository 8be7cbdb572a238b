using Equilibrage.Core.Engine;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// What the loop asks the venue again and again until it is known, by wall time: orders that still work, trades that
/// are not final, operations on the chain. The feed usually tells first; a report that was missed costs a while.
/// </summary>
internal sealed class Inquiries(RequestSender sender)
{
    private static readonly TimeSpan UnclearPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WorkingPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SettlementPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan OperationPause = TimeSpan.FromSeconds(60);

    private readonly Dictionary<ClientOrderId, DateTimeOffset> lookedUp = [];
    private DateTimeOffset settlementsAsked;
    private DateTimeOffset operationsAsked;

    /// <summary>Starts what is due by steady time; returns at once.</summary>
    public void Start(EngineState state, DateTimeOffset now, CancellationToken cancellation)
    {
        LookUp(state, now, cancellation);
        if (state.Ledger.Pending.Count == 0)
        {
            settlementsAsked = now;
        }
        else if (now - settlementsAsked >= SettlementPause)
        {
            settlementsAsked = now;
            var trades = state.Ledger.Pending.Select(entry => entry.TradeId).OfType<TradeId>().Distinct().ToList();
            sender.AskSettlements(trades, cancellation);
        }

        var operations = state.PendingOperations.ToList();
        if (operations.Count == 0)
        {
            operationsAsked = now;
        }
        else if (now - operationsAsked >= OperationPause)
        {
            operationsAsked = now;
            foreach (var operation in operations)
                sender.Send(new VenueRequest.Execute(operation), cancellation);
        }
    }

    private void LookUp(EngineState state, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var gone in lookedUp.Keys.Where(id => !state.Orders.TryGetValue(id, out var order) || !order.IsWorking)
            .ToList())
            lookedUp.Remove(gone);
        foreach (var order in state.Orders.Values.Where(order => order.IsWorking))
        {
            var id = order.Command.ClientOrderId;
            if (lookedUp.TryAdd(id, now))
                continue;
            var since = lookedUp[id];
            var isUnclear = order.Status is OrderStatus.Submitted or OrderStatus.Unknown or OrderStatus.Delayed;
            if (now - since < (isUnclear ? UnclearPause : WorkingPause))
                continue;
            lookedUp[id] = now;
            if (order.CancelRequestedAt is null)
                sender.LookUp(order.Prepared, cancellation);
            else
                sender.Send(new VenueRequest.Cancel(order.Prepared), cancellation);
        }
    }
}
