using Equilibrage.Core.Accounting;
using Equilibrage.Core.Ports;

namespace Equilibrage.Web.Endpoints;

/// <summary>How entries went: how often one leg stood alone, and what that cost.</summary>
internal static class EntryStatisticsEndpoints
{
    private static readonly Parameter Market = new("market", ParameterKind.MarketId, "This condition id only.");

    internal static void MapEntryStatistics(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/entries", ListAsync).WithTags("Positions").WithName("listEntryStatistics")
            .WithSummary("How entries went, per market: attempts, one-leg events, chases, unwinds and their cost.")
            .WithParameters(Market, Parameter.Offset, Parameter.Limit).Produces<Page<OneLegStatistics>>();

    private static async Task<IResult> ListAsync(HttpContext context, IDesk desk, IHistory history)
    {
        var query = QueryInput.Read(context);
        var market = query.Market(Market);
        var (offset, limit) = (query.Offset, query.Limit);
        if (query.Problem is { } problem)
            return problem;
        var slice = await history.OneLegsAsync(
            new(desk.Info.Account), market, offset, limit, context.RequestAborted);
        return Results.Ok(new Page<OneLegStatistics>([.. slice.Items], slice.Total));
    }
}
