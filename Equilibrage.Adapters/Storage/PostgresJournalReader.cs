using Equilibrage.Adapters.Storage.Reading;
using Equilibrage.Adapters.Storage.Rows;
using Equilibrage.Adapters.Storage.Writing;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Equilibrage.Adapters.Storage;

/// <summary>The journal in PostgreSQL, read for people.</summary>
internal sealed class PostgresJournalReader(NpgsqlDataSource database) : IJournalReader
{
    // A trade's settlement names the trade and not the order; a market's end names the market alone.
    private const string OfOrder = """
        SELECT * FROM journal AS j WHERE account_id = {0} AND (client_order_id = {1}
            OR (kind = 'trade_settled' AND payload ->> 'tradeId' IN (
                SELECT venue_trade_id FROM fills WHERE account_id = {0} AND client_order_id = {1})))
        """;

    private const string WithWords = """
        SELECT * FROM journal AS j WHERE account_id = {0} AND (payload::text ILIKE {1} OR kind ILIKE {1}
            OR market_id IN (SELECT market_id FROM markets WHERE account_id = {0} AND market_name ILIKE {1}))
        """;

    private const string OfOrderWithWords = $"""
        {OfOrder} AND sequence IN (SELECT sequence FROM journal WHERE account_id = {"{0}"}
            AND (payload::text ILIKE {"{2}"} OR kind ILIKE {"{2}"}))
        """;

    private static readonly string[] MarketKinds =
        ["market_resolved", "redemption_requested", "redemption_booked", "incident_raised"];

    /// <inheritdoc/>
    public async Task<JournalPage> PageAsync(
        AccountId account, JournalFilter filter, long? cursor, bool isNewestFirst, int limit,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        await using var context = EquilibrageContext.Over(database);
        var order = filter.Order is { Length: > 0 } id
            ? (await FindAsync(context, account, id, cancellation))?.ClientOrderId ?? id
            : null;
        var rows = Narrow(Begin(context, account, order, filter.Text), filter);
        if (cursor is { } from)
            rows = isNewestFirst ? rows.Where(row => row.Sequence < from) : rows.Where(row => row.Sequence > from);
        rows = isNewestFirst ? rows.OrderByDescending(row => row.Sequence) : rows.OrderBy(row => row.Sequence);
        var page = rows.Take(limit + 1);
        var found = await StorageFailure.GuardAsync(() => page.ToListAsync(cancellation));
        long? next = found.Count > limit ? found[limit - 1].Sequence : null;
        return new JournalPage(
            await LinesAsync(context, account, [.. found.Take(limit)], cancellation), next);
    }

    /// <inheritdoc/>
    public async Task<(ClientOrderId Order, PositionId Position)?> FindOrderAsync(
        AccountId account, string id, CancellationToken cancellation)
    {
        await using var context = EquilibrageContext.Over(database);
        return await FindAsync(context, account, id, cancellation) is { } order
            ? (new ClientOrderId(order.ClientOrderId), new PositionId(order.PositionId))
            : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JournalLine>> StoryAsync(
        AccountId account, PositionId id, CancellationToken cancellation)
    {
        await using var context = EquilibrageContext.Over(database);
        var own = context.Journal.Where(row => row.AccountId == account.Value && row.PositionId == id.Value);
        var opened = await StorageFailure.GuardAsync(() => own.Where(row => row.Kind == "position_opened")
            .Select(row => new { row.Sequence, row.MarketId }).FirstOrDefaultAsync(cancellation));
        var all = opened is null
            ? own
            : own.Union(context.Journal.Where(row => row.AccountId == account.Value
                && row.MarketId == opened.MarketId && row.PositionId == null && row.Sequence > opened.Sequence
                && MarketKinds.Contains(row.Kind)));
        var ordered = all.OrderBy(row => row.Sequence);
        var rows = await StorageFailure.GuardAsync(() => ordered.ToListAsync(cancellation));
        return await LinesAsync(context, account, rows, cancellation);
    }

    /// <inheritdoc/>
    public Task<DecisionView?> DecisionOfAsync(AccountId account, PositionId id, CancellationToken cancellation) =>
        DecisionAsync(account, rows => rows.Where(row => row.PositionId == id.Value), cancellation);

    /// <inheritdoc/>
    public Task<DecisionView?> DecisionAsync(AccountId account, long id, CancellationToken cancellation) =>
        DecisionAsync(account, rows => rows.Where(row => row.DecisionId == id), cancellation);

    private async Task<DecisionView?> DecisionAsync(
        AccountId account, Func<IQueryable<DecisionRow>, IQueryable<DecisionRow>> which, CancellationToken cancellation)
    {
        await using var context = EquilibrageContext.Over(database);
        var query = which(context.Decisions.Where(row => row.AccountId == account.Value))
            .OrderBy(row => row.DecisionId);
        var row = await StorageFailure.GuardAsync(() => query.FirstOrDefaultAsync(cancellation));
        return row is null ? null : Views.Decision(row);
    }

    private static IQueryable<JournalRow> Begin(
        EquilibrageContext context, AccountId account, string? order, string? text)
    {
        var words = string.IsNullOrWhiteSpace(text) ? null : $"%{ClosedPositions.Literal(text.Trim())}%";
        return (order, words) switch
        {
            (null, null) => context.Journal.Where(row => row.AccountId == account.Value),
            ({ } one, null) => context.Journal.FromSqlRaw(OfOrder, account.Value, one),
            (null, { } some) => context.Journal.FromSqlRaw(WithWords, account.Value, some),
            ({ } one, { } some) => context.Journal.FromSqlRaw(OfOrderWithWords, account.Value, one, some),
        };
    }

    private static IQueryable<JournalRow> Narrow(IQueryable<JournalRow> rows, JournalFilter filter)
    {
        if (filter.Position is { } position)
            rows = rows.Where(row => row.PositionId == position.Value);
        if (filter.Market is { } market)
            rows = rows.Where(row => row.MarketId == market.Value);
        if (filter.Kinds.Count > 0)
            rows = rows.Where(row => filter.Kinds.Contains(row.Kind));
        if (filter.FromSequence is { } first)
            rows = rows.Where(row => row.Sequence >= first);
        if (filter.ToSequence is { } last)
            rows = rows.Where(row => row.Sequence <= last);
        if (filter.From is { } from)
            rows = rows.Where(row => row.MarketTime >= from.ToUniversalTime());
        return filter.To is { } to ? rows.Where(row => row.MarketTime < to.ToUniversalTime()) : rows;
    }

    private static async Task<OrderRow?> FindAsync(
        EquilibrageContext context, AccountId account, string id, CancellationToken cancellation)
    {
        var query = context.Orders.Where(row =>
            row.AccountId == account.Value && (row.ClientOrderId == id || row.VenueOrderId == id));
        return await StorageFailure.GuardAsync(() => query.FirstOrDefaultAsync(cancellation));
    }

    private static async Task<IReadOnlyList<JournalLine>> LinesAsync(
        EquilibrageContext context, AccountId account, List<JournalRow> rows, CancellationToken cancellation)
    {
        var ids = rows.Select(row => row.MarketId).OfType<string>().Distinct().ToList();
        var query = context.Markets.Where(row => row.AccountId == account.Value && ids.Contains(row.MarketId))
            .Select(row => new { row.MarketId, row.Document });
        var found = await StorageFailure.GuardAsync(() => query.ToListAsync(cancellation));
        var markets = found.ToDictionary(row => row.MarketId, row => StorageJson.Read<Market>(row.Document));
        return
        [
            .. rows.Select(row => new JournalLine(
                JournalRows.Read(row), row.Kind, row.Payload,
                row.MarketId is { } id ? markets.GetValueOrDefault(id) : null)),
        ];
    }
}
