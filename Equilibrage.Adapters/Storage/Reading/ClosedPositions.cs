using Equilibrage.Adapters.Storage.Rows;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Microsoft.EntityFrameworkCore;

namespace Equilibrage.Adapters.Storage.Reading;

/// <summary>A filter of the history as a query.</summary>
internal static class ClosedPositions
{
    private const string Escape = "\\";

    /// <summary>The closed positions that pass, in no order.</summary>
    public static IQueryable<PositionRow> Closed(
        this EquilibrageContext context, AccountId account, HistoryFilter filter)
    {
        var rows = context.Positions.Where(row => row.AccountId == account.Value && row.Status == "closed");
        if (filter.From is { } from)
            rows = rows.Where(row => row.CloseTime >= from.ToUniversalTime());
        if (filter.To is { } to)
            rows = rows.Where(row => row.CloseTime < to.ToUniversalTime());
        if (!string.IsNullOrWhiteSpace(filter.Market))
        {
            var words = filter.Market.Trim();
            var part = $"%{Literal(words)}%";
            rows = rows.Where(row => EF.Functions.ILike(row.MarketName, part, Escape)
                || EF.Functions.ILike(row.MarketId, Literal(words), Escape));
        }

        return filter.Outcome switch
        {
            PositionOutcome.Win => rows.Where(row => row.PnlMicros > 0),
            PositionOutcome.Loss => rows.Where(row => row.PnlMicros <= 0),
            _ => rows,
        };
    }

    /// <summary>Latest first; the id decides between positions that closed at the same moment.</summary>
    public static IOrderedQueryable<PositionRow> LatestFirst(this IQueryable<PositionRow> rows) =>
        rows.OrderByDescending(row => row.CloseTime).ThenBy(row => row.PositionId);

    /// <summary>What people type is text to be found, never a pattern.</summary>
    public static string Literal(string text) => text
        .Replace(Escape, Escape + Escape, StringComparison.Ordinal)
        .Replace("%", Escape + "%", StringComparison.Ordinal)
        .Replace("_", Escape + "_", StringComparison.Ordinal);
}
