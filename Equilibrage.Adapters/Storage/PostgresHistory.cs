using System.Runtime.CompilerServices;
using Equilibrage.Adapters.Storage.Reading;
using Equilibrage.Adapters.Storage.Rows;
using Equilibrage.Adapters.Storage.Writing;
using Equilibrage.Core.Accounting;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Equilibrage.Adapters.Storage;

/// <summary>What pages and files read from PostgreSQL.</summary>
internal sealed class PostgresHistory(NpgsqlDataSource database) : IHistory
{
    // Every n-th row counted back from the newest, so that the newest is always there and the count never exceeded.
    private const string ThinnedMarks = """
        SELECT * FROM (
            SELECT m.*, row_number() OVER (ORDER BY market_time DESC) - 1 AS place, count(*) OVER () AS total
            FROM position_marks AS m WHERE account_id = {0} AND position_id = {1}
        ) AS numbered WHERE place % ((total + {2} - 1) / {2}) = 0
        """;

    private const string ThinnedEquity = """
        SELECT * FROM (
            SELECT e.*, row_number() OVER (ORDER BY market_time DESC) - 1 AS place, count(*) OVER () AS total
            FROM equity_points AS e WHERE account_id = {0} AND market_time >= {1}
        ) AS numbered WHERE place % ((total + {2} - 1) / {2}) = 0
        """;

    /// <inheritdoc/>
    public async Task<Slice<PositionView>> ClosedAsync(
        AccountId account, HistoryFilter filter, int offset, int limit, CancellationToken cancellation)
    {
        await using var context = EquilibrageContext.Over(database);
        var rows = context.Closed(account, filter);
        var total = await StorageFailure.GuardAsync(() => rows.LongCountAsync(cancellation));
        var page = WithMarket(context, rows.LatestFirst().Skip(offset).Take(limit));
        var items = await StorageFailure.GuardAsync(() => page.ToListAsync(cancellation));
        return new Slice<PositionView>([.. items.Select(Views.Position)], total);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<PositionView> StreamClosedAsync(
        AccountId account, HistoryFilter filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var context = EquilibrageContext.Over(database);
        var rows = WithMarket(context, context.Closed(account, filter).LatestFirst()).AsAsyncEnumerable();
        await using var reader = rows.GetAsyncEnumerator(cancellation);
        while (await StorageFailure.GuardAsync(() => reader.MoveNextAsync().AsTask()))
            yield return Views.Position(reader.Current);
    }

    /// <inheritdoc/>
    public async Task<HistoryTotals> TotalsAsync(
        AccountId account, HistoryFilter filter, CancellationToken cancellation)
    {
        await using var context = EquilibrageContext.Over(database);
        var query = context.Closed(account, filter).GroupBy(row => row.AccountId).Select(rows => new
        {
            Count = rows.LongCount(),
            Wins = rows.LongCount(row => row.PnlMicros > 0),
            Pnl = rows.Sum(row => row.PnlMicros),
            Fees = rows.Sum(row => row.FeesMicros),
            Capital = rows.Sum(row => row.CapitalYesMicros + row.CapitalNoMicros),
        });
        var totals = await StorageFailure.GuardAsync(() => query.FirstOrDefaultAsync(cancellation));
        return totals is null
            ? new HistoryTotals(0, 0, Usdc.Zero, Usdc.Zero, Usdc.Zero)
            : new HistoryTotals(
                totals.Count,
                totals.Wins,
                Usdc.FromMicros(totals.Pnl),
                Usdc.FromMicros(totals.Fees),
                Usdc.FromMicros(totals.Capital));
    }

    /// <inheritdoc/>
    public async Task<PositionView?> PositionAsync(AccountId account, PositionId id, CancellationToken cancellation)
    {
        await using var context = EquilibrageContext.Over(database);
        var query = WithMarket(context, context.Positions
            .Where(row => row.AccountId == account.Value && row.PositionId == id.Value));
        var found = await StorageFailure.GuardAsync(() => query.FirstOrDefaultAsync(cancellation));
        return found is null ? null : Views.Position(found);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<FillView>> FillsAsync(
        AccountId account, PositionId id, CancellationToken cancellation)
    {
        await using var context = EquilibrageContext.Over(database);
        var query =
            from fill in context.Fills
            where fill.AccountId == account.Value && fill.PositionId == id.Value
            join order in context.Orders
                on new { fill.AccountId, fill.ClientOrderId } equals new { order.AccountId, order.ClientOrderId }
            orderby fill.Sequence
            select new { Fill = fill, order.ExitReason };
        var fills = await StorageFailure.GuardAsync(() => query.ToListAsync(cancellation));
        return [.. fills.Select(row => Views.Fill(row.Fill, row.ExitReason))];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PriceMark>> MarksAsync(
        AccountId account, PositionId id, int points, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(points);
        await using var context = EquilibrageContext.Over(database);
        var query =
            from mark in context.PositionMarks.FromSqlRaw(ThinnedMarks, account.Value, id.Value, points)
            join position in context.Positions
                on new { mark.AccountId, mark.PositionId } equals new { position.AccountId, position.PositionId }
            join market in context.Markets
                on new { position.AccountId, position.MarketId } equals new { market.AccountId, market.MarketId }
            orderby mark.MarketTime
            select new { Mark = mark, Market = market };
        var marks = await StorageFailure.GuardAsync(() => query.ToListAsync(cancellation));
        return [.. marks.Select(row => Views.Mark(row.Mark, row.Market))];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TimelineItem>> TimelineAsync(
        AccountId account, PositionId id, CancellationToken cancellation)
    {
        await using var context = EquilibrageContext.Over(database);
        var query = context.Journal
            .Where(row => row.AccountId == account.Value && row.PositionId == id.Value).OrderBy(row => row.Sequence);
        var rows = await StorageFailure.GuardAsync(() => query.ToListAsync(cancellation));
        return [.. rows.Select(row => (row.Kind, Record: JournalRows.Read(row)))
            .Select(line => new TimelineItem(line.Record.Sequence, line.Record.At, line.Kind, line.Record.Output))];
    }

    /// <inheritdoc/>
    public async Task<Slice<DecisionView>> DecisionsAsync(
        AccountId account, MarketId? market, int offset, int limit, CancellationToken cancellation)
    {
        await using var context = EquilibrageContext.Over(database);
        var rows = context.Decisions.Where(row => row.AccountId == account.Value);
        if (market is { } id)
            rows = rows.Where(row => row.MarketId == id.Value);
        var total = await StorageFailure.GuardAsync(() => rows.LongCountAsync(cancellation));
        var page = rows.OrderByDescending(row => row.MarketTime).ThenByDescending(row => row.DecisionId)
            .Skip(offset).Take(limit);
        var items = await StorageFailure.GuardAsync(() => page.ToListAsync(cancellation));
        return new Slice<DecisionView>([.. items.Select(Views.Decision)], total);
    }

    /// <inheritdoc/>
    public async Task<Slice<OneLegStatistics>> OneLegsAsync(
        AccountId account, MarketId? market, int offset, int limit, CancellationToken cancellation)
    {
        await using var context = EquilibrageContext.Over(database);
        var rows = context.OneLegs.Where(row => row.AccountId == account.Value);
        if (market is { } id)
            rows = rows.Where(row => row.MarketId == id.Value);
        var total = await StorageFailure.GuardAsync(() => rows.LongCountAsync(cancellation));
        var page = rows.OrderByDescending(row => row.OneLegs).ThenByDescending(row => row.Attempts)
            .ThenBy(row => row.MarketId).Skip(offset).Take(limit);
        var items = await StorageFailure.GuardAsync(() => page.ToListAsync(cancellation));
        return new Slice<OneLegStatistics>(
            [.. items.Select(row => new OneLegStatistics(
                new(row.MarketId), row.Attempts, row.Entered, row.OneLegs, row.Chases, row.Unwinds,
                Usdc.FromMicros(row.CostMicros)))],
            total);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<EquityPoint>> EquityAsync(
        AccountId account, DateTimeOffset? since, int points, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(points);
        await using var context = EquilibrageContext.Over(database);
        var from = (since ?? DateTimeOffset.UnixEpoch).ToUniversalTime();
        var query = context.EquityPoints.FromSqlRaw(ThinnedEquity, account.Value, from, points)
            .OrderBy(row => row.MarketTime);
        var rows = await StorageFailure.GuardAsync(() => query.ToListAsync(cancellation));
        return [.. rows.Select(Views.Equity)];
    }

    private static IQueryable<StoredPosition> WithMarket(
        EquilibrageContext context, IQueryable<PositionRow> positions) =>
        from position in positions
        join market in context.Markets
            on new { position.AccountId, position.MarketId } equals new { market.AccountId, market.MarketId }
        select new StoredPosition(position, market.Document);
}
