using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Projections;

namespace Equilibrage.Web.Endpoints;

/// <summary>The latest scan, and a new one on demand.</summary>
internal static class OpportunityEndpoints
{
    private const string Tag = "Opportunities";

    private static readonly Parameter MinScore = new(
        "minScore", ParameterKind.Integer, "Lowest score that is listed.")
    {
        Min = 1, Max = 10, Example = "6",
    };

    internal static void MapOpportunities(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/opportunities", List).WithTags(Tag).WithName("listOpportunities")
            .WithSummary("Markets of the latest scan, best score first, each with its factors and what refused it.")
            .WithParameters(MinScore, Parameter.Offset, Parameter.Limit).Produces<OpportunityPage>();
        routes.MapPost("/api/opportunities/scan", ScanAsync).WithTags(Tag).WithName("scanNow")
            .WithSummary("Scans all markets now and answers with the counts.")
            .Produces<ScanSummary>();
    }

    private static IResult List(HttpContext context, IDesk desk)
    {
        var query = QueryInput.Read(context);
        var lowest = query.Integer(MinScore) ?? 0;
        var (offset, limit) = (query.Offset, query.Limit);
        if (query.Problem is { } problem)
            return problem;
        if (desk.Current.Scan is not { } scan)
            return Results.Ok(new OpportunityPage([], 0, null));
        var chosen = scan.Items.Where(item => item.Opportunity.Score >= lowest).ToList();
        var items = chosen.Skip(offset).Take(limit).Select(OpportunityItem.From).ToList();
        return Results.Ok(new OpportunityPage(items, chosen.Count, ScanSummary.From(scan)));
    }

    private static async Task<ScanSummary> ScanAsync(HttpContext context, IDesk desk) =>
        ScanSummary.From(await desk.ScanAsync(context.RequestAborted));
}

/// <summary>Part of the latest scan.</summary>
/// <param name="Items">The asked part, best score first.</param>
/// <param name="Total">How many pass the filter.</param>
/// <param name="Scan">What the scan counted; null before the first scan.</param>
internal sealed record OpportunityPage(IReadOnlyList<OpportunityItem> Items, long Total, ScanSummary? Scan);

/// <summary>What a scan counted.</summary>
/// <param name="MarketTime">The venue's clock.</param>
/// <param name="RecordedAt">Wall time.</param>
/// <param name="Scanned">How many markets were scored.</param>
/// <param name="Eligible">How many passed every filter.</param>
/// <param name="ByReason">How many each rule refused.</param>
internal sealed record ScanSummary(
    DateTimeOffset MarketTime, DateTimeOffset RecordedAt, int Scanned, int Eligible,
    IReadOnlyDictionary<DenyReason, int> ByReason)
{
    internal static ScanSummary From(ScanView scan) =>
        new(scan.At.MarketTime, scan.At.RecordedAt, scan.Items.Count, scan.Eligible, scan.ByReason);
}
