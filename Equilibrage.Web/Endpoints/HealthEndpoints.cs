using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Web.Endpoints;

/// <summary>Is the process alive, and does it work? For supervisors, which carry no token.</summary>
internal static class HealthEndpoints
{
    private static readonly TimeSpan DatabasePatience = TimeSpan.FromSeconds(2);
    private static readonly PositionId Nobody = new(Guid.Empty.ToString("D"));

    internal static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => new HealthAnswer("live")).AllowAnonymous()
            .WithTags("Health").WithName("getLive").WithSummary("200 while the process answers at all.")
            .Produces<HealthAnswer>();
        routes.MapGet("/health/ready", ReadyAsync).AllowAnonymous()
            .WithTags("Health").WithName("getReady")
            .WithSummary("200 while the engine decides and the database answers, else 503 with the reason.")
            .Produces<HealthAnswer>().ProducesProblem(503);
    }

    private static async Task<IResult> ReadyAsync(
        HttpContext context, IDesk desk, IHistory history, ILogger<HealthAnswer> log)
    {
        if (Problems.WhyNotReady(desk.Current) is { } why)
            return Problems.Unavailable(context, why);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(DatabasePatience);
        try
        {
            // The engine notices a lost database only when it writes; looking for nothing is the cheapest question.
            await history.PositionAsync(new(desk.Info.Account), Nobody, limit.Token);
            return Results.Ok(new HealthAnswer("ready"));
        }
        catch (Exception error) when (ApiFaults.IsDatabaseAway(error) || limit.IsCancellationRequested)
        {
            log.LogWarning(error, "Not ready: the database does not answer.");
            return Problems.Unavailable(context, "The database does not answer.");
        }
    }
}

/// <summary>How the process does.</summary>
/// <param name="Status">live or ready.</param>
internal sealed record HealthAnswer(string Status);
