using Equilibrage.Core.Ports;
using Equilibrage.Core.Projections;

namespace Equilibrage.Web.Endpoints;

/// <summary>
/// Answers 503 while the engine recovers, waits for the database or has stopped. A copy on standby shows what it knows
/// and takes no commands.
/// </summary>
internal sealed class EngineGate(IDesk desk) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        !IsReadOfStandby(context.HttpContext) && Problems.WhyNotReady(desk.Current) is { } why
            ? Problems.Unavailable(context.HttpContext, why)
            : await next(context);

    private bool IsReadOfStandby(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && desk.Current is { Activity: EngineActivity.Standby, Overview: not null };
}
