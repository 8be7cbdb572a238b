using System.Collections.Concurrent;
using System.Net;
using Equilibrage.Polymarket;
using Equilibrage.Sandbox.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Equilibrage.Sandbox.Server.Limits;

/// <summary>
/// The venue's limits per address, on wall time. What is too much waits first; what finds the queue full, or waits too
/// long, is answered with 429.
/// </summary>
internal sealed class RateGate(RequestDelegate next, TimeProvider wall)
{
    private const int MostAddresses = 1_000;
    private const string RetryAfterSeconds = "1";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private static readonly (string Base, PolymarketService Service)[] Services =
    [
        ("/clob", PolymarketService.Clob), ("/gamma", PolymarketService.Gamma), ("/data", PolymarketService.Data),
        ("/relayer", PolymarketService.Relayer),
    ];

    private readonly ConcurrentDictionary<(IPAddress Address, string Rule), SlidingWindow> windows = new();

    /// <summary>Serves one request.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        if (RulesOf(http.Request) is { Count: > 0 } rules && !await IsAdmittedAsync(http, rules))
        {
            http.Response.Headers.RetryAfter = RetryAfterSeconds;
            await Reply.ErrorAsync(http, StatusCodes.Status429TooManyRequests, "Too Many Requests");
            return;
        }

        await next(http);
    }

    private static IReadOnlyList<RateRule> RulesOf(HttpRequest request)
    {
        var path = request.Path.Value ?? "/";
        foreach (var (prefix, service) in Services)
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal))
                return RateLimits.For(service, request.Method, path[prefix.Length..]);
        }

        return [];
    }

    private async Task<bool> IsAdmittedAsync(HttpContext http, IReadOnlyList<RateRule> rules)
    {
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        if (windows.Count > MostAddresses * rules.Count)
            windows.Clear();
        foreach (var rule in rules)
        {
            var window = windows.GetOrAdd((address, rule.Name), _ => new(
                rule.Limit, (long)(rule.Window.TotalSeconds * wall.TimestampFrequency)));
            if (!window.TryCount(wall.GetTimestamp()) && !await WaitAsync(window, http.RequestAborted))
                return false;
        }

        return true;
    }

    private async Task<bool> WaitAsync(SlidingWindow window, CancellationToken cancellation)
    {
        if (!window.TryWait())
            return false;
        try
        {
            var began = wall.GetTimestamp();
            while (wall.GetElapsedTime(began) < LongestWait)
            {
                await Task.Delay(Interval, wall, cancellation);
                if (window.TryCount(wall.GetTimestamp()))
                    return true;
            }

            return false;
        }
        finally
        {
            window.Leave();
        }
    }
}
