using Equilibrage.Core.Ports;
using Equilibrage.Core.State;
using Equilibrage.Web.Live;

namespace Equilibrage.Web.Endpoints;

/// <summary>The journal as it is, and the answer to "why did this happen?".</summary>
internal static class JournalEndpoints
{
    private const string Tag = "Journal";

    private static readonly Parameter Order = new(
        "order", ParameterKind.Text, "Records of this order: our id or the exchange's.");

    private static readonly Parameter Position = new(
        "position", ParameterKind.Text, "Records of this position's id.");

    private static readonly Parameter Market = new(
        "market", ParameterKind.MarketId, "Records of this condition id.");

    private static readonly Parameter Kind = new(
        "kind", ParameterKind.Text, "Only these kinds, separated by commas, such as fill_booked,trade_settled.")
    {
        Max = 1_000,
    };

    private static readonly Parameter FromSequence = Number("fromSequence", "First sequence.");
    private static readonly Parameter ToSequence = Number("toSequence", "Last sequence.");

    private static readonly Parameter From = new("from", ParameterKind.Time, "At or after this market time.")
    {
        Example = "2026-03-11T00:00:00Z",
    };

    private static readonly Parameter To = new("to", ParameterKind.Time, "Before this market time.")
    {
        Example = "2026-03-12T00:00:00Z",
    };

    private static readonly Parameter Text = new(
        "text", ParameterKind.Text, "Words that stand in the record or in its market's question, in any case.");

    private static readonly Parameter Sort = new("sort", ParameterKind.Text, "newest (default) or oldest first.")
    {
        Choices = ["newest", "oldest"],
    };

    private static readonly Parameter Cursor = Number("cursor", "The next of the page before; absent for the first.");

    private static readonly Parameter Decision = Number("decision", "The id of a decision.");

    internal static void MapJournal(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/journal", PageAsync).WithTags(Tag).WithName("listJournal")
            .WithSummary("Everything that was ever decided or learned, with the numbers, a page at a time.")
            .WithDescription("Ask again with cursor = next until next is null.")
            .WithParameters(
                Order, Position, Market, Kind, FromSequence, ToSequence, From, To, Text, Sort, Cursor, Parameter.Limit)
            .Produces<JournalAnswer>();
        routes.MapGet("/api/journal/why", WhyAsync).WithTags(Tag).WithName("explain")
            .WithSummary("Why an order, a position or a refusal came about, from cause to end, in sentences.")
            .WithDescription("Give exactly one of order, position and decision.")
            .WithParameters(Order, Position, Decision).Produces<WhyAnswer>().ProducesProblem(404);
    }

    private static async Task<IResult> PageAsync(HttpContext context, IDesk desk, IJournalReader journal)
    {
        var query = QueryInput.Read(context);
        var kinds = (query.Text(Kind) ?? "").Split(',', StringSplitOptions.TrimEntries
            | StringSplitOptions.RemoveEmptyEntries);
        foreach (var unknown in kinds.Except(JournalKinds.All))
            query.Fail("kind", $"{unknown} is no kind. There are: {string.Join(", ", JournalKinds.All)}.");
        var filter = new JournalFilter
        {
            Order = query.Text(Order),
            Position = query.Text(Position) is { } position ? PositionEndpoints.IdOf(position) : null,
            Market = query.Market(Market),
            Kinds = kinds,
            FromSequence = query.Integer(FromSequence),
            ToSequence = query.Integer(ToSequence),
            From = query.Time(From),
            To = query.Time(To),
            Text = query.Text(Text),
        };
        var (cursor, limit, isNewestFirst) = (query.Integer(Cursor), query.Limit, query.Text(Sort) != "oldest");
        if (query.Problem is { } problem)
            return problem;
        var page = await journal.PageAsync(
            new(desk.Info.Account), filter, cursor, isNewestFirst, limit, context.RequestAborted);
        return Results.Ok(new JournalAnswer([.. page.Lines.Select(JournalItem.From)], page.Next));
    }

    private static async Task<IResult> WhyAsync(HttpContext context, JournalStories stories)
    {
        var query = QueryInput.Read(context);
        var (order, position, decision) = (query.Text(Order), query.Text(Position), query.Integer(Decision));
        if ((order is null ? 0 : 1) + (position is null ? 0 : 1) + (decision is null ? 0 : 1) != 1)
            query.Fail("order", "Give exactly one of order, position and decision.");
        if (query.Problem is { } problem)
            return problem;
        var cancellation = context.RequestAborted;
        var story = order is not null ? await stories.OfOrderAsync(order, cancellation)
            : position is not null ? await stories.OfPositionAsync(PositionEndpoints.IdOf(position), cancellation)
            : await stories.OfDecisionAsync(decision.GetValueOrDefault(), cancellation);
        return story is null
            ? Problems.NotFound("Nothing is known of it. Decisions that refused are kept for thirty days.")
            : Results.Ok(WhyAnswer.From(story));
    }

    private static Parameter Number(string name, string description) =>
        new(name, ParameterKind.Integer, description) { Min = 1, Max = int.MaxValue };
}
