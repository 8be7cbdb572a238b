using Equilibrage.Core.Ports;
using Equilibrage.Core.Projections;
using Equilibrage.Core.State;
using Equilibrage.Web.Security;
using Microsoft.AspNetCore.Authentication;

namespace Equilibrage.Web.Endpoints;

/// <summary>The kill switch and the risk limits.</summary>
internal static class HaltEndpoints
{
    private const string Tag = "Risk";
    private const int MostWords = 200;
    private const string DefaultReason = "halted over REST";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string[] Fields = ["reason"];

    internal static void MapHalt(this IEndpointRouteBuilder routes)
    {
        // Whoever may read the data folder passes with its control token, so that run.sh needs no sign-in.
        var control = routes.MapGroup("").AllowAnonymous().AddEndpointFilter<ControlGate>()
            .ProducesProblem(StatusCodes.Status401Unauthorized);
        control.MapGet("/api/halt", Status).WithTags(Tag).WithName("getHalt")
            .WithSummary("The kill switch: whether it is pulled, why, and whether the venue has acknowledged it.")
            .Produces<HaltStatus>();
        control.MapPost("/api/halt", HaltAsync).WithTags(Tag).WithName("halt")
            .WithSummary("Pulls the kill switch: cancels every order and enters nothing; exits and settlement go on.")
            .WithDescription("GET /api/halt shows when the venue has confirmed that no order is open.")
            .Accepts<HaltRequest>("application/json").WithMetadata(IdempotencyKey.Described)
            .Produces<HaltAccepted>(202).ProducesValidationProblem().ProducesProblem(415);
        control.MapPost("/api/resume", ResumeAsync).WithTags(Tag).WithName("resume")
            .WithSummary("Clears the kill switch. 409 while the halt file or variable stands.")
            .WithMetadata(IdempotencyKey.Described)
            .Produces<HaltAccepted>(202).ProducesValidationProblem().ProducesProblem(409);
        routes.MapGet("/api/risk", (IDesk desk) => desk.Current.Risk).WithTags(Tag).WithName("getRisk")
            .WithSummary("Every risk limit with its use, open breakers, and the kill switch.")
            .Produces<RiskView>();
    }

    private static HaltStatus Status(IDesk desk) => HaltStatus.Of(desk.Current.Risk);

    private static async Task<IResult> HaltAsync(HttpContext context, IDesk desk)
    {
        var body = await BodyInput.ReadAsync(context, Fields);
        var reason = body.Names.Contains("reason") ? body.RequiredText("reason", "must be a text.") : DefaultReason;
        if (reason is { Length: > MostWords } || (reason is not null && string.IsNullOrWhiteSpace(reason)))
            body.Fail("reason", $"reason must have 1 to {MostWords} characters.");
        var key = IdempotencyKey.Read(context, body.Fail);
        return body.Problem ?? await SendAsync(
            desk, new OperatorCommand.Halt(key, reason!.Trim()), isHalted: true, context);
    }

    private static async Task<IResult> ResumeAsync(HttpContext context, IDesk desk)
    {
        var query = QueryInput.Read(context);
        var key = IdempotencyKey.Read(context, query.Fail);
        return query.Problem ?? await SendAsync(desk, new OperatorCommand.Resume(key), isHalted: false, context);
    }

    private static async Task<IResult> SendAsync(
        IDesk desk, OperatorCommand command, bool isHalted, HttpContext context)
    {
        var outcome = await desk.SendAsync(command, context.RequestAborted).WaitAsync(Patience, context.RequestAborted);
        return outcome.Denial is { } denial
            ? Problems.Refused(denial)
            : Results.Accepted("/api/halt", new HaltAccepted(isHalted));
    }

    /// <summary>Lets the operator in, and whoever carries the control token.</summary>
    private sealed class ControlGate(IServiceProvider services) : IEndpointFilter
    {
        public async ValueTask<object?> InvokeAsync(
            EndpointFilterInvocationContext context, EndpointFilterDelegate next)
        {
            var http = context.HttpContext;
            var asksSignIn = services.GetService<IAuthenticationSchemeProvider>() is not null;
            var isKnown = !asksSignIn || http.User.Identity?.IsAuthenticated == true
                || services.GetService<ControlToken>()?.Admits(http.Request) == true;
            return isKnown ? await next(context) : Results.Problem(
                $"Sign in, or send {ControlToken.Header} with the token of the data folder.",
                statusCode: StatusCodes.Status401Unauthorized, title: "Sign-in needed");
        }
    }
}

/// <summary>Asks for a halt.</summary>
/// <param name="Reason">Why, 1 to 200 characters; a standard sentence when absent.</param>
internal sealed record HaltRequest(string? Reason);

/// <summary>What was asked for is carried out.</summary>
/// <param name="IsHalted">What the kill switch is from now on.</param>
internal sealed record HaltAccepted(bool IsHalted);

/// <summary>The kill switch.</summary>
/// <param name="IsHalted">True while it is pulled.</param>
/// <param name="IsAcknowledged">True once the venue confirmed that no order is open.</param>
/// <param name="Halt">Why, since when and how far; null while it is not.</param>
internal sealed record HaltStatus(bool IsHalted, bool IsAcknowledged, HaltView? Halt)
{
    internal static HaltStatus Of(RiskView? risk) =>
        new(risk?.Halt is not null, risk?.Halt?.AcknowledgedAt is not null, risk?.Halt);
}
