using System.Data.Common;
using Equilibrage.Core.Ports;
using Microsoft.AspNetCore.Diagnostics;

namespace Equilibrage.Web.Endpoints;

/// <summary>Turns what was thrown under <c>/api</c> into problem+json: 503 for a lost database, else 500.</summary>
internal sealed class ApiFaults(ILogger<ApiFaults> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception error, CancellationToken cancellation)
    {
        if (!Api.Owns(context))
            return false;
        // Nobody reads the answer to a request that its sender gave up.
        if (context.RequestAborted.IsCancellationRequested)
            return true;
        await Answer(context, error).ExecuteAsync(context);
        return true;
    }

    /// <summary>True when the database could not be reached and a later try may succeed.</summary>
    internal static bool IsDatabaseAway(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            if (error is DbException { IsTransient: true } or JournalUnavailableException)
                return true;
        }

        return false;
    }

    private IResult Answer(HttpContext context, Exception error)
    {
        var (method, path) = (context.Request.Method, context.Request.Path);
        if (error is BadHttpRequestException bad)
            return Results.Problem(bad.Message, statusCode: bad.StatusCode, title: "The request is not valid");
        if (error is DeskUnavailableException)
            return Problems.Unavailable(context, error.Message);
        if (error is TimeoutException)
        {
            log.LogWarning(error, "The desk did not answer {Method} {Path} in time.", method, path);
            return Problems.Unavailable(
                context, "The desk did not answer in time. Look, or repeat it with the same Idempotency-Key.");
        }

        if (IsDatabaseAway(error))
        {
            log.LogWarning(error, "The database was away during {Method} {Path}.", method, path);
            return Problems.Unavailable(context, "The database is away. Try again shortly.");
        }

        log.LogError(error, "{Method} {Path} failed.", method, path);
        return Results.Problem(
            "The desk made a mistake; its log says more under this trace id.", statusCode: 500, title: "Internal error",
            extensions: new Dictionary<string, object?> { ["traceId"] = context.TraceIdentifier });
    }
}
