using Microsoft.AspNetCore.Mvc;

namespace Equilibrage.Web.Security;

/// <summary>How a guard turns a request away: problem+json that says why and what would help.</summary>
internal static class Refusal
{
    internal static Task RefuseAsync(this HttpContext context, int status, string title, string detail)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            new ProblemDetails { Status = status, Title = title, Detail = detail },
            options: null,
            contentType: "application/problem+json",
            context.RequestAborted);
    }
}
