using System.Data;
using Equilibrage.Adapters.Storage;
using Equilibrage.Adapters.Storage.Rows;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Sandbox.Record;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using AppFill = Equilibrage.Adapters.Storage.Rows.FillRow;
using AppOrder = Equilibrage.Adapters.Storage.Rows.OrderRow;
using AppTrade = Equilibrage.Adapters.Storage.Rows.TradeRow;

namespace Equilibrage.Tests.Support;

/// <summary>
/// The application's own tables and the practice exchange's record, read one after the other and held against each
/// other. They are equal whenever nothing is on its way between the two.
/// </summary>
internal sealed record TwoBooks(
    ComparableRecord Exchange,
    IReadOnlyDictionary<string, long> Redeemed,
    IReadOnlyList<AppOrder> Orders,
    IReadOnlyList<AppFill> Fills,
    IReadOnlyList<AppTrade> Trades,
    IReadOnlyList<PositionRow> Positions,
    IReadOnlyList<PositionLegRow> Legs,
    IReadOnlyList<(LedgerEntryRow Entry, LedgerPostingRow Posting)> Postings)
{
    /// <summary>Reads both.</summary>
    public static async Task<TwoBooks> ReadAsync(NpgsqlDataSource database)
    {
        // The exchange first: whatever it has, the application had journalled before it was sent.
        var exchange = await ComparableRecord.ReadAsync(
            database, await WalletAsync(database), CancellationToken.None);
        var redeemed = await RedeemedAsync(database);
        await using var context = EquilibrageContext.Over(database);
        await using var snapshot = await context.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        var postings = await (
            from entry in context.LedgerEntries
            join posting in context.LedgerPostings
                on new { entry.AccountId, entry.EntryId } equals new { posting.AccountId, posting.EntryId }
            select new { entry, posting }).ToListAsync();
        return new TwoBooks(
            exchange,
            redeemed,
            await context.Orders.ToListAsync(),
            await context.Fills.ToListAsync(),
            await context.Trades.ToListAsync(),
            await context.Positions.ToListAsync(),
            await context.PositionLegs.ToListAsync(),
            [.. postings.Select(pair => (pair.entry, pair.posting))]);
    }

    // The application calls its account by mode, venue and wallet; the exchange knows the wallet alone.
    private static async Task<AccountId> WalletAsync(NpgsqlDataSource database)
    {
        await using var context = EquilibrageContext.Over(database);
        return new(await context.Accounts.Select(account => account.Wallet).SingleAsync());
    }

    /// <summary>What may never be, not even while orders are on their way.</summary>
    public IEnumerable<string> Violations()
    {
        foreach (var entry in Postings.GroupBy(line => (line.Entry.EntryId, line.Posting.Asset)))
        {
            var sum = entry.Sum(line => line.Posting.AmountMicros);
            if (sum != 0)
                yield return $"ledger entry {entry.Key} sums to {sum}";
        }

        var ours = Orders.Select(order => order.VenueOrderId).ToHashSet();
        foreach (var order in Exchange.Orders.Where(order => !ours.Contains(order.Request.Id.Value)))
            yield return $"order {order.Request.Id} is at the exchange and was never journalled";
        foreach (var twice in Orders.GroupBy(order => order.VenueOrderId).Where(same => same.Count() > 1))
            yield return $"order {twice.Key} is journalled {twice.Count()} times";
    }

    /// <summary>Everything that differs; empty when the books are equal.</summary>
    public IReadOnlyList<string> Differences() =>
        [.. Violations(), .. Money(), .. OrdersApart(), .. FillsApart(), .. History()];

    private static async Task<IReadOnlyDictionary<string, long>> RedeemedAsync(NpgsqlDataSource database)
    {
        var payouts = new Dictionary<string, long>();
        await using var command = database.CreateCommand(
            "SELECT market_id, sum(dollars)::bigint FROM practice.chain_actions WHERE kind = 'Redeem' "
            + "GROUP BY market_id");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            payouts.Add(reader.GetString(0), reader.GetInt64(1));
        return payouts;
    }

    private static string? Unequal<T>(string what, T ours, T theirs) =>
        EqualityComparer<T>.Default.Equals(ours, theirs) ? null : $"{what}: ours {ours}, exchange {theirs}";

    private long Balance(params string[] accounts) => Postings
        .Where(line => line.Entry.Status != "voided" && line.Posting.Asset == "USDC")
        .Where(line => accounts.Contains(line.Posting.LedgerAccount))
        .Sum(line => line.Posting.AmountMicros);

    private IEnumerable<string> Money()
    {
        if (Unequal("cash", Balance("cash", "reserved"), Exchange.Cash.ToMicros) is { } cash)
            yield return cash;
        var booked = Postings.Where(line => line.Entry.Status != "voided" && line.Posting.LedgerAccount == "holdings")
            .GroupBy(line => line.Posting.Asset)
            .ToDictionary(lines => lines.Key, lines => lines.Sum(line => line.Posting.AmountMicros));
        var lots = Legs.GroupBy(leg => leg.TokenId)
            .ToDictionary(legs => legs.Key, legs => legs.Sum(leg => leg.HeldSharesMicros));
        var theirs = Exchange.Tokens.ToDictionary(token => token.Key.Value, token => token.Value.ToMicros);
        foreach (var token in booked.Keys.Union(lots.Keys).Union(theirs.Keys))
        {
            var expected = theirs.GetValueOrDefault(token);
            if (Unequal($"token {token} in the ledger", booked.GetValueOrDefault(token), expected) is { } inLedger)
                yield return inLedger;
            if (Unequal($"token {token} in the legs", lots.GetValueOrDefault(token), expected) is { } inLegs)
                yield return inLegs;
        }
    }

    private IEnumerable<string> OrdersApart()
    {
        var theirs = Exchange.Orders.ToDictionary(order => order.Request.Id.Value);
        var filled = Exchange.Fills.GroupBy(trade => trade.Fill.VenueOrderId.Value)
            .ToDictionary(trades => trades.Key, trades => trades.Sum(trade => trade.Fill.Quantity.ToMicros));
        foreach (var order in Orders)
        {
            // What the exchange never took, it must have refused.
            var status = theirs.GetValueOrDefault(order.VenueOrderId)?.Status ?? OrderStatus.Rejected;
            if (Unequal($"order {order.VenueOrderId}", Words.Parse<OrderStatus>(order.Status), status) is { } apart)
                yield return apart;
            var traded = filled.GetValueOrDefault(order.VenueOrderId);
            if (Unequal($"filled of {order.VenueOrderId}", order.FilledSharesMicros, traded) is { } shares)
                yield return shares;
        }
    }

    private IEnumerable<string> FillsApart()
    {
        var byClient = Orders.ToDictionary(order => order.ClientOrderId, order => order.VenueOrderId);
        var theirs = Exchange.Fills.Select(trade => string.Join(
            ' ', trade.Fill.TradeId, trade.Fill.VenueOrderId, trade.Fill.TokenId, Words.Of(trade.Fill.Side),
            trade.Fill.Price.ToMicros, trade.Fill.Quantity.ToMicros, trade.Fill.Notional.ToMicros,
            trade.Fill.Fee.ToMicros, Settlement(trade.Status))).ToHashSet();
        var ours = Fills.Select(fill => string.Join(
            ' ', fill.VenueTradeId, byClient[fill.ClientOrderId], fill.TokenId, fill.Side, fill.PriceMicros,
            fill.SharesMicros, fill.NotionalMicros, fill.FeeMicros, fill.Settlement)).ToHashSet();
        foreach (var fill in ours.Except(theirs))
            yield return $"fill that only we have: {fill}";
        foreach (var fill in theirs.Except(ours))
            yield return $"fill that only the exchange has: {fill}";

        var told = Trades.Where(trade => trade.Action is "buy" or "sell").Select(trade => string.Join(
            ' ', trade.VenueTradeId, trade.ClientOrderId, trade.Action, trade.PriceMicros, trade.SharesMicros,
            trade.UsdMicros, trade.FeeMicros, trade.Settlement)).ToHashSet();
        var booked = Fills.Select(fill => string.Join(
            ' ', fill.VenueTradeId, fill.ClientOrderId, fill.Side, fill.PriceMicros, fill.SharesMicros,
            fill.NotionalMicros, fill.FeeMicros, fill.Settlement)).ToHashSet();
        foreach (var trade in told.Except(booked).Concat(booked.Except(told)))
            yield return $"the table of trades differs from the fills: {trade}";
    }

    private IEnumerable<string> History()
    {
        var paid = Trades.Where(trade => trade.Action == "redeem").GroupBy(trade => trade.MarketId)
            .ToDictionary(trades => trades.Key, trades => trades.Sum(trade => trade.UsdMicros));
        foreach (var market in paid.Keys.Union(Redeemed.Keys))
        {
            if (Unequal($"payout of {market}", paid.GetValueOrDefault(market), Redeemed.GetValueOrDefault(market))
                is { } apart)
                yield return apart;
        }

        var realized = -Balance("realized_pnl") - Balance("fees");
        var told = Positions.Sum(position => position.RealizedPnlMicros);
        if (realized != told)
            yield return $"realised: positions {told}, ledger {realized}";
        foreach (var position in Positions.Where(position => position.Status == "closed"))
        {
            var held = Legs.Where(leg => leg.PositionId == position.PositionId).Sum(leg => leg.HeldSharesMicros);
            if (position.PnlMicros != position.RealizedPnlMicros && held == 0)
            {
                yield return $"closed {position.PositionId}: P&L {position.PnlMicros}, "
                    + $"realised {position.RealizedPnlMicros}";
            }
        }
    }

    private static string Settlement(TradeStatus status) => status switch
    {
        TradeStatus.Confirmed => "posted",
        TradeStatus.Failed => "voided",
        _ => "pending",
    };
}
