using Equilibrage.Core.Ports;

namespace Equilibrage.Web.Endpoints;

/// <summary>Answers 503 while the engine recovers, waits for the database or has stopped.</summary>
internal sealed class EngineGate(IDesk desk) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        Problems.WhyNotReady(desk.Current) is { } why
            ? Problems.Unavailable(context.HttpContext, why)
            : await next(context);
}
