using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;

namespace Equilibrage.Core.Simulation;

/// <summary>
/// What happens at a simulated venue as one account's desk hears of it. Fills that the answer to a submit has told are
/// not repeated; those of orders that rested or were held are.
/// </summary>
public sealed class AccountFeed(AccountId account)
{
    private readonly Dictionary<VenueOrderId, VenueOrderView> latest = [];

    /// <summary>
    /// Translates what happened, in order. A bare step of the clock is told only when nothing else is.
    /// </summary>
    public IReadOnlyList<FeedEvent> Read(IReadOnlyList<VenueEvent> happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var reports = new List<FeedEvent>(happened.Count);
        VenueEvent? clock = null;
        foreach (var each in happened)
        {
            if (each is VenueEvent.Clock)
                clock = each;
            else
                Add(each, reports);
        }

        if (reports.Count == 0 && clock is not null)
            reports.Add(new FeedEvent.Clock(clock.MarketTime));
        latest.Clear();
        return reports;
    }

    private void Add(VenueEvent happened, List<FeedEvent> reports)
    {
        var at = happened.MarketTime;
        switch (happened)
        {
            case VenueEvent.BookSeeded seeded: reports.Add(new FeedEvent.Snapshot(at, seeded.View.Book)); break;
            case VenueEvent.BookChanged changed:
                reports.Add(new FeedEvent.Changed(at, changed.MarketId, changed.Deltas));
                break;
            case VenueEvent.TickChanged changed: reports.Add(new FeedEvent.Listed(at, [changed.Market])); break;
            case VenueEvent.Listed listed: reports.Add(new FeedEvent.Listed(at, listed.Markets)); break;
            case VenueEvent.Resolved resolved: reports.Add(new FeedEvent.Resolved(at, resolved.Resolution)); break;
            // An order's new state comes right before the trade that led to it.
            case VenueEvent.OrderUpdated updated when updated.Order.AccountId == account:
                latest[updated.Order.Id] = updated.Order;
                break;
            case VenueEvent.OrderCanceled canceled when canceled.Order.AccountId == account:
                End(canceled, reports);
                break;
            case VenueEvent.TradeChanged changed when changed.Trade.Concerns(account):
                Add(changed.Trade, at, reports);
                break;
        }
    }

    private static void End(VenueEvent.OrderCanceled canceled, List<FeedEvent> reports)
    {
        var order = canceled.Order;
        var isAnswered = order.Request.Type is OrderType.Fak or OrderType.Fok && !order.WasDelayed;
        if (!isAnswered)
        {
            reports.Add(new FeedEvent.OrderEnded(
                canceled.MarketTime, order.Id, order.Status, order.Reason ?? string.Empty));
        }
    }

    private void Add(VenueTrade trade, DateTimeOffset at, List<FeedEvent> reports)
    {
        foreach (var fill in trade.FillsOf(account))
        {
            if (trade.IsFinal)
            {
                reports.Add(new FeedEvent.Settled(at, fill.TradeId, trade.Status == TradeStatus.Confirmed));
            }
            else if (trade.Status == TradeStatus.Matched && latest.TryGetValue(fill.VenueOrderId, out var order)
                && (fill.Liquidity == Liquidity.Maker || order.WasDelayed))
            {
                reports.Add(new FeedEvent.Filled(at, fill, order.Status));
            }
        }
    }
}
