using Equilibrage.Core.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Sandbox.Server.Http;

/// <summary>Turns what a handler throws into the venue's answers, and keeps other sites' pages out.</summary>
internal sealed class Guard(RequestDelegate next, ILogger logger)
{
    /// <summary>Serves one request.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        // No client of the venue is a page of another site; a browser that was lured here says where it comes from.
        if (http.Request.Headers.Origin.Count > 0 && !IsOwn(http.Request))
        {
            await Reply.ErrorAsync(http, StatusCodes.Status403Forbidden, "Requests of web pages are not taken here.");
            return;
        }

        try
        {
            await next(http);
            if (http.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false })
                await Reply.ErrorAsync(http, StatusCodes.Status404NotFound, "not found");
        }
        catch (BadRequestException error)
        {
            await RefuseAsync(http, error.Status, error.Message);
        }
        catch (VenueUnavailableException error)
        {
            await RefuseAsync(http, StatusCodes.Status503ServiceUnavailable, error.Message);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException)
        {
            logger.LogDebug(error, "A client went away during {Path}.", http.Request.Path);
        }
        catch (Exception error)
        {
            logger.LogError(error, "{Method} {Path} failed.", http.Request.Method, http.Request.Path);
            await RefuseAsync(http, StatusCodes.Status500InternalServerError, "internal server error");
        }
    }

    private static Task RefuseAsync(HttpContext http, int status, string message)
    {
        if (http.Response.HasStarted)
            return Task.CompletedTask;
        if (!http.Request.Path.StartsWithSegments("/data", StringComparison.Ordinal))
            return Reply.ErrorAsync(http, status, message);
        return Reply.JsonAsync(http, json =>
        {
            json.WriteStartObject();
            json.WriteString("error", message);
            json.WriteString("code", status == StatusCodes.Status404NotFound ? "not_found" : "invalid_request");
            json.WriteBoolean("retryable", status >= StatusCodes.Status500InternalServerError);
            json.WriteString("trace_id", http.TraceIdentifier);
            json.WriteEndObject();
        }, status);
    }

    private static bool IsOwn(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Origin[0], UriKind.Absolute, out var origin)
        && origin.Authority == request.Host.Value;
}
