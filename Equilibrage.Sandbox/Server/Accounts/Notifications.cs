using System.Globalization;
using System.Text.Json;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Polymarket.Rest.Clob;
using Equilibrage.Sandbox.Server.Markets;

namespace Equilibrage.Sandbox.Server.Accounts;

/// <summary>
/// What happened to each account's orders, for 48 hours of market time and until it is dropped. Not kept over a
/// restart, since it only repeats what is on record.
/// </summary>
internal sealed class Notifications(MarketIndex index)
{
    private const int MostPerAccount = 500;
    private const int OrderCanceled = 1;
    private const int OrderFilled = 2;
    private const int FillFailed = 8;

    private static readonly TimeSpan Kept = TimeSpan.FromHours(48);

    private readonly Lock gate = new();
    private readonly Dictionary<AccountId, LinkedList<NotificationRow>> rows = [];
    private DateTimeOffset now;
    private long count;

    /// <summary>Takes note of an event.</summary>
    public void Hear(VenueEvent happened)
    {
        lock (gate)
        {
            now = happened.MarketTime;
            switch (happened)
            {
                case VenueEvent.OrderCanceled canceled:
                    Add(OrderCanceled, canceled.Order.AccountId, canceled.Order.Request.MarketId, canceled.Order.Id);
                    break;
                case VenueEvent.TradeChanged { Trade.Status: Core.Simulation.TradeStatus.Matched } matched:
                    AddSides(OrderFilled, matched.Trade);
                    break;
                case VenueEvent.TradeChanged { Trade.Status: Core.Simulation.TradeStatus.Failed } failed:
                    AddSides(FillFailed, failed.Trade);
                    break;
            }
        }
    }

    /// <summary>The notifications of some accounts, newest first.</summary>
    public IReadOnlyList<NotificationRow> Of(IReadOnlyList<AccountId> accounts, string owner)
    {
        lock (gate)
        {
            return
            [
                .. accounts.SelectMany(account => rows.GetValueOrDefault(account) ?? [])
                    .Where(row => row.Timestamp > now - Kept)
                    .OrderByDescending(row => row.Id)
                    .Select(row => row with { Owner = owner }),
            ];
        }
    }

    /// <summary>Drops notifications by their ids.</summary>
    public void Drop(IReadOnlyList<AccountId> accounts, IReadOnlyList<string> ids)
    {
        var dropped = ids
            .Select(id => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : -1)
            .ToHashSet();
        lock (gate)
        {
            foreach (var account in accounts)
            {
                foreach (var row in rows.GetValueOrDefault(account)?.ToList() ?? [])
                {
                    if (dropped.Contains(row.Id))
                        rows[account].Remove(row);
                }
            }
        }
    }

    private void AddSides(int type, VenueTrade trade)
    {
        foreach (var side in trade.Makers.Prepend(trade.Taker))
        {
            if (side.AccountId is { } account)
                Add(type, account, trade.MarketId, side.OrderId);
        }
    }

    private void Add(int type, AccountId account, MarketId market, VenueOrderId order)
    {
        if (!rows.TryGetValue(account, out var own))
            rows.Add(account, own = new());
        var question = index.ByCondition(market.Value)?.Market.Question ?? "";
        own.AddLast(new NotificationRow
        {
            Id = ++count,
            Type = type,
            Timestamp = now,
            Payload = JsonSerializer.SerializeToElement(
                new Dictionary<string, string>
                {
                    ["order_id"] = order.Value, ["market"] = market.Value, ["question"] = question,
                }),
        });
        if (own.Count > MostPerAccount)
            own.RemoveFirst();
    }
}
