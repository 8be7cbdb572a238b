using Equilibrage.Core.Accounting;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Core.Audit;

/// <summary>
/// Our books against the exchange's record: cash, each token, open orders, trades by id. Ours move when a trade is
/// matched, the exchange's when it is on the chain; what is between the two is allowed for.
/// </summary>
internal static class ExchangeAudit
{
    /// <summary>Everything that differs.</summary>
    public static IEnumerable<AuditDifference> Compare(JournalFold fold, ExchangeRecord exchange) =>
        [.. Cash(fold, exchange), .. Tokens(fold, exchange), .. Orders(fold, exchange), .. Trades(fold, exchange)];

    /// <summary>How many things are compared.</summary>
    public static long Count(JournalFold fold, ExchangeRecord exchange) =>
        1 + exchange.Tokens.Count + exchange.OpenOrders.Count + (exchange.Trades?.Count ?? 0)
        + fold.State.Orders.Count;

    private static IEnumerable<AuditDifference> Cash(JournalFold fold, ExchangeRecord exchange)
    {
        var ours = fold.State.Ledger.Cash.ToMicros - Ahead(fold, exchange)
            .SelectMany(entry => entry.Postings)
            .Where(posting => posting.Asset == Asset.Usdc
                && posting.Account is LedgerAccount.Cash or LedgerAccount.Reserved)
            .Sum(posting => posting.Micros);
        if (ours != exchange.Cash.ToMicros)
            yield return Make("cash", "cash", Micros.Format(ours), exchange.Cash.ToString());
    }

    private static IEnumerable<AuditDifference> Tokens(JournalFold fold, ExchangeRecord exchange)
    {
        var ours = fold.State.Ledger.AllHoldings().ToDictionary(held => held.Key, held => held.Value.ToMicros);
        foreach (var (token, micros) in fold.State.Ledger.AllExternal())
            ours[token] = ours.GetValueOrDefault(token) + micros;
        foreach (var posting in Ahead(fold, exchange).SelectMany(entry => entry.Postings)
            .Where(posting => posting.Account == LedgerAccount.Holdings))
        {
            var token = new TokenId(posting.Asset.Value);
            ours[token] = ours.GetValueOrDefault(token) - posting.Micros;
        }

        foreach (var token in ours.Keys.Union(exchange.Tokens.Keys).OrderBy(id => id.Value, StringComparer.Ordinal))
        {
            var (own, theirs) = (ours.GetValueOrDefault(token), exchange.Tokens.GetValueOrDefault(token).ToMicros);
            if (own != theirs)
                yield return Make($"token {token}", "shares", Micros.Format(own), Micros.Format(theirs));
        }
    }

    private static IEnumerable<AuditDifference> Orders(JournalFold fold, ExchangeRecord exchange)
    {
        foreach (var id in exchange.OpenOrders)
        {
            var order = fold.State.FindOrder(id);
            if (order is null)
                yield return Make($"order {id}", "order", null, "working");
            else if (!order.IsWorking)
                yield return Make($"order {id}", "status", AuditText.Word(order.Status), "working");
        }

        foreach (var order in fold.State.Orders.Values.Where(order =>
            order.Status is OrderStatus.Accepted or OrderStatus.PartiallyFilled
            && !exchange.OpenOrders.Contains(order.Prepared.VenueOrderId)))
        {
            yield return Make(
                $"order {order.Prepared.VenueOrderId}", "status", AuditText.Word(order.Status), "not working");
        }
    }

    private static IEnumerable<AuditDifference> Trades(JournalFold fold, ExchangeRecord exchange)
    {
        if (exchange.Trades is not { } trades)
            yield break;
        var theirs = trades.ToDictionary(trade => Entries.IdOf(trade.Fill));
        foreach (var order in fold.State.Orders.Values)
        {
            foreach (var fill in order.Fills)
            {
                if (!theirs.Remove(Entries.IdOf(fill), out var trade))
                    yield return Make($"trade {fill.TradeId}", "trade", Text(fill), null);
                else if (Text(fill) != Text(trade.Fill))
                    yield return Make($"trade {fill.TradeId}", "trade", Text(fill), Text(trade.Fill));
                else if (Settlement(fold, fill) is var ours && Contradicts(ours, trade.Stage))
                    yield return Make($"trade {fill.TradeId}", "settlement", AuditText.Word(ours), $"{trade.Stage}");
            }
        }

        // What the user trades elsewhere with the same wallet is booked as external.
        foreach (var trade in theirs.Values.Where(trade =>
            !fold.Entries.ContainsKey($"external:{ActivityItem.Of(trade.Fill).Id}")))
            yield return Make($"trade {trade.Fill.TradeId}", "trade", null, Text(trade.Fill));
    }

    // A final word of the exchange that has not reached us yet is no contradiction; one that we have the other way is.
    private static bool Contradicts(EntryStatus ours, ExchangeTradeStage? theirs) => (ours, theirs) switch
    {
        (EntryStatus.Posted, ExchangeTradeStage.Failed or ExchangeTradeStage.OnItsWay) => true,
        (EntryStatus.Voided, ExchangeTradeStage.Final or ExchangeTradeStage.Moved) => true,
        _ => false,
    };

    /// <summary>Pending entries whose trades have not moved the exchange's balances.</summary>
    private static IEnumerable<Entry> Ahead(JournalFold fold, ExchangeRecord exchange)
    {
        var moved = exchange.Trades?
            .Where(trade => trade.Stage is ExchangeTradeStage.Moved or ExchangeTradeStage.Final or null)
            .Select(trade => Entries.IdOf(trade.Fill)).ToHashSet();
        return moved is null ? [] : fold.State.Ledger.Pending.Where(entry => !moved.Contains(entry.Id));
    }

    private static EntryStatus Settlement(JournalFold fold, Fill fill) =>
        fold.Entries.TryGetValue(Entries.IdOf(fill), out var booked) ? booked.Status : EntryStatus.Pending;

    private static string Text(Fill fill) =>
        $"{AuditText.Word(fill.Side)} {fill.Quantity} of {fill.TokenId} for {fill.Notional}, fee {fill.Fee}";

    private static AuditDifference Make(string where, string what, string? ours, string? theirs) => new(
        "exchange", where, what, ours, theirs,
        $"exchange {where}: our books say {ours ?? "nothing"}, the exchange {theirs ?? "nothing"}");
}
