using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;

namespace Equilibrage.Web.Endpoints;

/// <summary>Incidents: what is open, what was closed, and closing one.</summary>
internal static class IncidentEndpoints
{
    private const string Tag = "Incidents";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string[] Fields = ["acceptVenue"];

    internal static void MapIncidents(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/incidents", List).WithTags(Tag).WithName("listIncidents")
            .WithSummary("Open incidents, then closed ones and notices since the start; each newest first.")
            .WithDescription(
                "An open incident stops entries: into its market, or, when cash differs, into all. Where two numbers "
                + "differ it shows both. It closes by itself once the difference is gone.")
            .WithParameters(Parameter.Offset, Parameter.Limit).Produces<Page<IncidentView>>();
        routes.MapPost("/api/incidents/{id}/close", CloseAsync).WithTags(Tag).WithName("closeIncident")
            .WithSummary("Closes an open incident, on request by booking the venue's number.")
            .WithDescription(
                "With acceptVenue the difference is booked as external: no strategy gains or loses by it. Without it a "
                + "difference that is still there is raised again.")
            .Accepts<CloseRequest>("application/json").WithMetadata(IdempotencyKey.Described)
            .Produces<ClosedIncident>().ProducesValidationProblem()
            .ProducesProblem(404).ProducesProblem(409).ProducesProblem(413).ProducesProblem(415);
    }

    private static IResult List(HttpContext context, IDesk desk)
    {
        var query = QueryInput.Read(context);
        var page = Page<IncidentView>.Of(desk.Current.Incidents, query);
        return query.Problem ?? Results.Ok(page);
    }

    private static async Task<IResult> CloseAsync(string id, HttpContext context, IDesk desk)
    {
        var body = await BodyInput.ReadAsync(context, Fields);
        if (body.Problem is { } unreadable)
            return unreadable;
        var accept = body.Number("acceptVenue", true) is { } value && value != 0;
        var key = IdempotencyKey.Read(context, body.Fail);
        if (body.Problem is { } problem)
            return problem;
        var command = new OperatorCommand.CloseIncident(key, new(id), accept);
        var outcome = await desk.SendAsync(command, context.RequestAborted)
            .WaitAsync(Patience, context.RequestAborted);
        if (outcome.Denial is not { } denial)
            return Results.Ok(new ClosedIncident(id, accept));
        return denial.Reason == DenyReason.UnknownIncident
            ? Problems.NotFound($"There is no open incident {id}. /api/incidents lists them.", denial.Reason)
            : Problems.Refused(denial);
    }

    /// <summary>How an incident is closed.</summary>
    /// <param name="AcceptVenue">True books the venue's number.</param>
    private sealed record CloseRequest(bool AcceptVenue);

    /// <summary>An incident that was closed.</summary>
    /// <param name="IncidentId">Its id.</param>
    /// <param name="VenueAccepted">True when the venue's number was booked.</param>
    private sealed record ClosedIncident(string IncidentId, bool VenueAccepted);
}
