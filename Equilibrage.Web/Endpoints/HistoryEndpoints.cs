using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;

namespace Equilibrage.Web.Endpoints;

/// <summary>What was: closed positions, as a list and as a file, and what happened to one position.</summary>
internal static class HistoryEndpoints
{
    private const string Tag = "History";
    private const int Points = 500;

    private static readonly Parameter From = new("from", ParameterKind.Time, "Closed at or after this market time.")
    {
        Example = "2026-03-11T00:00:00Z",
    };

    private static readonly Parameter To = new("to", ParameterKind.Time, "Closed before this market time.")
    {
        Example = "2026-03-12T00:00:00Z",
    };

    private static readonly Parameter Market = new(
        "market", ParameterKind.Text, "Part of the question, in any case, or the whole condition id.");

    private static readonly Parameter Outcome = new(
        "outcome", ParameterKind.Text, "win: realised more than zero; loss: zero or less.")
    {
        Choices = ["win", "loss"],
    };

    internal static void MapHistory(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/positions/history", ClosedAsync).WithTags(Tag).WithName("listClosedPositions")
            .WithSummary("Closed positions, latest first.")
            .WithParameters(From, To, Market, Outcome, Parameter.Offset, Parameter.Limit)
            .Produces<Page<PositionView>>();
        routes.MapGet("/api/history.csv", CsvAsync).WithTags(Tag).WithName("downloadHistory")
            .WithSummary("The same closed positions, all that pass the filters, as RFC 4180 with times in UTC.")
            .WithParameters(From, To, Market, Outcome)
            .Produces<string>(200, HistoryCsv.ContentType);
        routes.MapGet("/api/positions/{id}/fills", FillsAsync).WithTags(Tag).WithName("listFills")
            .WithSummary("Executions of a position, oldest first.")
            .WithParameters(Parameter.Offset, Parameter.Limit).Produces<Page<FillView>>().ProducesProblem(404);
        routes.MapGet("/api/positions/{id}/timeline", TimelineAsync).WithTags(Tag).WithName("listTimeline")
            .WithSummary("Journal of a position, oldest first: every step with the numbers that explain it.")
            .WithParameters(Parameter.Offset, Parameter.Limit).Produces<Page<TimelineEntry>>().ProducesProblem(404);
        routes.MapGet("/api/positions/{id}/prices", PricesAsync).WithTags(Tag).WithName("listPrices")
            .WithSummary("Both legs' bids since entry, oldest first, thinned to at most 500 points.")
            .WithParameters(Parameter.Offset, Parameter.Limit).Produces<Page<PriceItem>>().ProducesProblem(404);
    }

    private static async Task<IResult> ClosedAsync(HttpContext context, IDesk desk, IHistory history)
    {
        var query = QueryInput.Read(context);
        var filter = Filter(query);
        var (offset, limit) = (query.Offset, query.Limit);
        if (query.Problem is { } problem)
            return problem;
        var slice = await history.ClosedAsync(new(desk.Info.Account), filter, offset, limit, context.RequestAborted);
        return Results.Ok(new Page<PositionView>(slice.Items, slice.Total));
    }

    private static IResult CsvAsync(HttpContext context, IDesk desk, IHistory history)
    {
        var query = QueryInput.Read(context);
        var filter = Filter(query);
        return query.Problem
            ?? new HistoryCsv(history.StreamClosedAsync(new(desk.Info.Account), filter, context.RequestAborted));
    }

    private static Task<IResult> FillsAsync(string id, HttpContext context, IDesk desk, IHistory history) =>
        PartOfAsync(id, context, desk, history, history.FillsAsync);

    private static Task<IResult> TimelineAsync(string id, HttpContext context, IDesk desk, IHistory history) =>
        PartOfAsync<TimelineEntry>(id, context, desk, history, async (account, position, cancellation) =>
            (await history.TimelineAsync(account, position, cancellation)).Select(TimelineEntry.From).ToList());

    private static Task<IResult> PricesAsync(string id, HttpContext context, IDesk desk, IHistory history) =>
        PartOfAsync<PriceItem>(id, context, desk, history, async (account, position, cancellation) =>
            (await history.MarksAsync(account, position, Points, cancellation)).Select(PriceItem.From).ToList());

    private static async Task<IResult> PartOfAsync<T>(
        string id, HttpContext context, IDesk desk, IHistory history,
        Func<AccountId, PositionId, CancellationToken, Task<IReadOnlyList<T>>> read)
    {
        var query = QueryInput.Read(context);
        _ = (query.Offset, query.Limit);
        if (query.Problem is { } problem)
            return problem;
        var position = PositionEndpoints.IdOf(id);
        if (await PositionEndpoints.FindAsync(desk, history, position, context.RequestAborted) is null)
            return PositionEndpoints.Unknown(position);
        var all = await read(new(desk.Info.Account), position, context.RequestAborted);
        return Results.Ok(Page<T>.Of(all, query));
    }

    private static HistoryFilter Filter(QueryInput query)
    {
        var (from, to) = (query.Time(From), query.Time(To));
        if (from >= to)
            query.Fail("to", "to must be later than from.");
        PositionOutcome? outcome = query.Text(Outcome) switch
        {
            "win" => PositionOutcome.Win,
            "loss" => PositionOutcome.Loss,
            _ => null,
        };
        return new(from, to, query.Text(Market), outcome);
    }
}
