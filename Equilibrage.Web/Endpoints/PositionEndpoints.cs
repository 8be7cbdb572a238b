using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Endpoints;

/// <summary>Positions: look, open one, close one or a leg of it.</summary>
internal static class PositionEndpoints
{
    private const string Tag = "Positions";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private const decimal MaxCapital = 1_000_000_000;
    private static readonly string[] Fields = ["marketId", "capitalAmount", "ratioYes"];

    private static readonly Parameter LegToClose = new(
        "leg", ParameterKind.Text, "Close this leg only; both when absent.")
    {
        Choices = ["yes", "no"],
    };

    internal static void MapPositions(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/positions", List).WithTags(Tag).WithName("listPositions")
            .WithSummary("Open positions, newest first.")
            .WithParameters(Parameter.Offset, Parameter.Limit).Produces<Page<PositionView>>();
        routes.MapGet("/api/positions/{id}", OneAsync).WithTags(Tag).WithName("getPosition")
            .WithSummary("One position, open or closed.")
            .Produces<PositionView>().ProducesProblem(404);
        routes.MapPost("/api/positions", EnterAsync).WithTags(Tag).WithName("enterPosition")
            .WithSummary("Enters a market now. Skips the score threshold and no other rule.")
            .WithDescription(
                "Send an Idempotency-Key of your own to make repeating safe: the same key is answered once and changes "
                + "nothing the second time. 409 names the refusing rule.")
            .Accepts<EnterRequest>("application/json").WithMetadata(IdempotencyKey.Described)
            .Produces<PositionView>(202).ProducesValidationProblem()
            .ProducesProblem(404).ProducesProblem(409).ProducesProblem(413).ProducesProblem(415);
        routes.MapDelete("/api/positions/{id}", CloseAsync).WithTags(Tag).WithName("closePosition")
            .WithSummary("Sells a position, or one leg of it, at the market.")
            .WithParameters(LegToClose).WithMetadata(IdempotencyKey.Described)
            .Produces<PositionView>(202).ProducesProblem(404).ProducesProblem(409);
    }

    /// <summary>The id as positions are named: UUIDs in lower case.</summary>
    internal static PositionId IdOf(string text) =>
        new(Guid.TryParseExact(text, "D", out var id) ? id.ToString("D") : text);

    /// <summary>404 for a position that does not exist.</summary>
    internal static IResult Unknown(PositionId id) => Problems.NotFound(
        $"There is no position {id}. /api/positions lists the open ones, /api/positions/history the closed ones.",
        DenyReason.UnknownPosition);

    /// <summary>A position, open or closed; null when there is none.</summary>
    internal static async Task<PositionView?> FindAsync(
        IDesk desk, IHistory history, PositionId id, CancellationToken cancellation) =>
        desk.Current.Positions.FirstOrDefault(position => position.Id == id)
        ?? await history.PositionAsync(new(desk.Info.Account), id, cancellation);

    private static IResult List(HttpContext context, IDesk desk)
    {
        var query = QueryInput.Read(context);
        var page = Page<PositionView>.Of(desk.Current.Positions, query);
        return query.Problem ?? Results.Ok(page);
    }

    private static async Task<IResult> OneAsync(string id, HttpContext context, IDesk desk, IHistory history)
    {
        var query = QueryInput.Read(context);
        if (query.Problem is { } problem)
            return problem;
        var position = await FindAsync(desk, history, IdOf(id), context.RequestAborted);
        return position is null ? Unknown(IdOf(id)) : Results.Ok(position);
    }

    private static async Task<IResult> EnterAsync(HttpContext context, IDesk desk, IHistory history)
    {
        var body = await BodyInput.ReadAsync(context, Fields);
        if (body.Problem is { } unreadable)
            return unreadable;
        var market = body.RequiredText("marketId", MarketIds.Expected);
        var id = default(MarketId);
        if (market is not null && !MarketIds.TryParse(market, out id))
            body.Fail("marketId", $"marketId {MarketIds.Expected}");
        var capital = body.Number("capitalAmount");
        if (capital is null or <= 0 or > MaxCapital)
            body.Fail("capitalAmount", $"capitalAmount must be a number of dollars above 0, at most {MaxCapital}.");
        var ratio = body.Number("ratioYes");
        if (ratio is { } share && SettingsCatalog.Find("ratioYes")!.Check(share) is { } wrong)
            body.Fail("ratioYes", wrong);
        var key = IdempotencyKey.Read(context, body.Fail);
        if (body.Problem is { } problem)
            return problem;

        var command = new OperatorCommand.Enter(key, id, Usdc.FromDecimal(capital.GetValueOrDefault()), ratio);
        var outcome = await SendAsync(desk, command, context);
        return outcome.Denial is { } denial
            ? Problems.Refused(denial)
            : await AcceptedAsync(outcome, desk, history, context.RequestAborted);
    }

    private static async Task<IResult> CloseAsync(string id, HttpContext context, IDesk desk, IHistory history)
    {
        var query = QueryInput.Read(context);
        var leg = query.Text(LegToClose);
        var key = IdempotencyKey.Read(context, query.Fail);
        if (query.Problem is { } problem)
            return problem;

        Outcome? outcome = leg is null ? null : leg == "yes" ? Outcome.Yes : Outcome.No;
        var position = IdOf(id);
        var answer = await SendAsync(desk, new OperatorCommand.Close(key, position, outcome), context);
        if (answer.Denial is not { } denial)
            return await AcceptedAsync(answer, desk, history, context.RequestAborted);
        if (denial.Reason != DenyReason.UnknownPosition)
            return Problems.Refused(denial);

        // The engine forgets what is closed; to the sender it is not unknown, there is only nothing left to sell.
        var closed = await history.PositionAsync(new(desk.Info.Account), position, context.RequestAborted);
        return closed?.CloseTime is { } time
            ? Problems.Refused("already_closed", $"Position {position} was closed at {Times.Format(time)}.")
            : Unknown(position);
    }

    // An answer can be lost with the engine's life that would have given it; the sender must not wait for ever.
    private static Task<CommandOutcome> SendAsync(IDesk desk, OperatorCommand command, HttpContext context) =>
        desk.SendAsync(command, context.RequestAborted).WaitAsync(Patience, context.RequestAborted);

    private static async Task<IResult> AcceptedAsync(
        CommandOutcome outcome, IDesk desk, IHistory history, CancellationToken cancellation)
    {
        // A repeated command may concern a position that was closed long ago and stands in the history only.
        var position = outcome.Position
            ?? (outcome.PositionId is { } id ? await FindAsync(desk, history, id, cancellation) : null)
            ?? throw new InvalidOperationException("The engine accepted a command without naming its position.");
        return Results.Accepted($"/api/positions/{position.Id}", position);
    }
}

/// <summary>A manual entry.</summary>
/// <param name="MarketId">The market's condition id.</param>
/// <param name="CapitalAmount">Dollars to spend, fees included; above 0.</param>
/// <param name="RatioYes">Share that buys the first outcome, 0 to 1; the setting when absent.</param>
internal sealed record EnterRequest(MarketId MarketId, Usdc CapitalAmount, decimal? RatioYes);
