using System.Globalization;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Web.Endpoints;

/// <summary>Why markets were entered or not.</summary>
internal static class DecisionEndpoints
{
    private static readonly Parameter Market = new(
        "market", ParameterKind.MarketId, "Decisions about this condition id only.");

    internal static void MapDecisions(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/decisions", ListAsync).WithTags("Decisions").WithName("listDecisions")
            .WithSummary("Changed verdicts, latest first: score, factors, and the rule that refused with its numbers.")
            .WithParameters(Market, Parameter.Offset, Parameter.Limit).Produces<Page<DecisionItem>>();

    private static async Task<IResult> ListAsync(HttpContext context, IDesk desk, IHistory history)
    {
        var query = QueryInput.Read(context);
        var market = query.Market(Market);
        var (offset, limit) = (query.Offset, query.Limit);
        if (query.Problem is { } problem)
            return problem;
        var slice = await history.DecisionsAsync(
            new(desk.Info.Account), market, offset, limit, context.RequestAborted);
        return Results.Ok(new Page<DecisionItem>([.. slice.Items.Select(DecisionItem.From)], slice.Total));
    }
}

/// <summary>A changed verdict.</summary>
/// <param name="Id">Its id.</param>
/// <param name="MarketTime">The venue's clock.</param>
/// <param name="RecordedAt">Wall time.</param>
/// <param name="MarketId">The market's condition id.</param>
/// <param name="MarketName">The question.</param>
/// <param name="Score">Score, 1 to 10.</param>
/// <param name="RawScore">The score before rounding, 0 to 10.</param>
/// <param name="Factors">What the score is made of.</param>
/// <param name="Entered">True when a position was opened.</param>
/// <param name="Refusal">What refused it; null when nothing did.</param>
/// <param name="PositionId">The position that was opened, if one was.</param>
internal sealed record DecisionItem(
    string Id, DateTimeOffset MarketTime, DateTimeOffset RecordedAt, MarketId MarketId, string MarketName, int Score,
    decimal RawScore, IReadOnlyList<FactorItem> Factors, bool Entered, RefusalItem? Refusal, PositionId? PositionId)
{
    internal static DecisionItem From(DecisionView view) => new(
        view.Id.ToString(CultureInfo.InvariantCulture), view.At.MarketTime, view.At.RecordedAt, view.MarketId,
        view.MarketName, view.Score, view.RawScore, FactorItem.From(view.Factors), view.PositionId is not null,
        RefusalItem.From(view.Denial), view.PositionId);
}
