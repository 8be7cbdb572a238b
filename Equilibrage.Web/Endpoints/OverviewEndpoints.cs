using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Endpoints;

/// <summary>Money now, and how it came about.</summary>
internal static class OverviewEndpoints
{
    private const int Points = 500;

    private static readonly Parameter Since = new(
        "since", ParameterKind.Time, "Market time at which the equity curve begins; all of it when absent.")
    {
        Example = "2026-03-11T00:00:00Z",
    };

    internal static void MapOverview(this IEndpointRouteBuilder routes)
    {
        routes.MapGetWithAlias("/api/overview", Overview).WithTags("Overview").WithName("getOverview")
            .WithSummary("Equity, cash, profit and every held token, all of one sequence.")
            .WithDescription(
                "equity = cash + holdings to the micro-dollar. Cash includes reserved; holdings are shares times best "
                + "bid, rounded down per token, a resolved token at its payout. A stale leg has its last trusted bid.")
            .Produces<OverviewView>();
        routes.MapGetWithAlias("/api/performance", PerformanceAsync).WithTags("Overview").WithName("getPerformance")
            .WithSummary("Profit, wins and losses of what was closed, and the equity curve.")
            .WithParameters(Since).Produces<Performance>();
    }

    // The gate lets nobody in before there is an overview.
    private static OverviewView Overview(IDesk desk) => desk.Current.Overview!;

    private static async Task<IResult> PerformanceAsync(HttpContext context, IDesk desk, IHistory history)
    {
        var query = QueryInput.Read(context);
        var since = query.Time(Since);
        if (query.Problem is { } problem)
            return problem;
        var account = new AccountId(desk.Info.Account);
        var totals = await history.TotalsAsync(account, new(), context.RequestAborted);
        var curve = await history.EquityAsync(account, since, Points, context.RequestAborted);
        return Results.Ok(Performance.From(desk.Current.Overview!, totals, curve));
    }
}

/// <summary>How the desk has done.</summary>
/// <param name="TotalPnl">Realised and unrealised profit, dollars, after fees.</param>
/// <param name="RealizedPnl">Profit of what was closed, dollars, after all fees paid.</param>
/// <param name="UnrealizedPnl">What is held at the bid, minus its cost, dollars.</param>
/// <param name="Fees">Fees paid, dollars.</param>
/// <param name="Capital">Deposits minus withdrawals, dollars.</param>
/// <param name="ReturnPercent">Total profit in per cent of the capital; null without capital.</param>
/// <param name="ClosedPositions">Number of closed positions.</param>
/// <param name="Wins">How many of them realised more than zero.</param>
/// <param name="Losses">How many realised zero or less.</param>
/// <param name="WinRate">Wins over closed positions, 0 to 1; null before the first.</param>
/// <param name="Equity">The equity curve, oldest first, thinned to at most 500 points.</param>
internal sealed record Performance(
    Usdc TotalPnl, Usdc RealizedPnl, Usdc UnrealizedPnl, Usdc Fees, Usdc Capital, decimal? ReturnPercent,
    long ClosedPositions, long Wins, long Losses, decimal? WinRate, IReadOnlyList<EquityItem> Equity)
{
    internal static Performance From(OverviewView overview, HistoryTotals totals, IReadOnlyList<EquityPoint> curve)
    {
        var total = overview.RealizedPnl + overview.UnrealizedPnl;
        var capital = overview.Capital.ToDecimal();
        return new(
            total, overview.RealizedPnl, overview.UnrealizedPnl, overview.Fees, overview.Capital,
            capital == 0 ? null : total.ToDecimal() / capital * 100,
            totals.Count, totals.Wins, totals.Count - totals.Wins,
            totals.Count == 0 ? null : (decimal)totals.Wins / totals.Count,
            [.. curve.Select(EquityItem.From)]);
    }
}

/// <summary>A point of the equity curve: equity = cash + holdings.</summary>
internal sealed record EquityItem(
    DateTimeOffset MarketTime, DateTimeOffset RecordedAt, Usdc Equity, Usdc Cash, Usdc Holdings, Usdc RealizedPnl)
{
    internal static EquityItem From(EquityPoint point) => new(
        point.At.MarketTime, point.At.RecordedAt, point.Equity, point.Cash, point.Holdings, point.RealizedPnl);
}
