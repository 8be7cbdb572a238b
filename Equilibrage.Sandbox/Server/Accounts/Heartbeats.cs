using System.Collections.Concurrent;
using System.Text.Json;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Rest.Clob;
using Equilibrage.Sandbox.Server.Auth;
using Equilibrage.Sandbox.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Sandbox.Server.Accounts;

/// <summary>
/// The dead-man switch: once a key has sent a heartbeat, a gap of more than ten seconds of wall time cancels all its
/// orders.
/// </summary>
internal sealed class Heartbeats(
    PracticeExchange exchange, Authentication authentication, TimeProvider wall, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Beat> beats = new();
    private readonly CancellationTokenSource ending = new();
    private Task watching = Task.CompletedTask;

    private sealed record Beat(Caller Caller, string Id, long At);

    /// <summary>Begins to watch.</summary>
    public void Start() => watching = Task.Run(WatchAsync);

    /// <summary>Maps the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/clob/v1/heartbeats", ChainAsync);
        routes.MapPost("/clob/heartbeats", PlainAsync);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ending.Dispose();
    }

    private async Task ChainAsync(HttpContext http)
    {
        var bytes = await Body.ReadAsync(http);
        var caller = await authentication.RequireAsync(http, bytes);
        using var body = Body.Parse(bytes);
        var said = body.RootElement.ValueKind == JsonValueKind.Object
            && body.RootElement.TryGetProperty("heartbeat_id", out var id) ? id.GetString() ?? "" : "";
        if (said.Length > 0 && !(beats.TryGetValue(caller.Key, out var last) && last.Id == said))
            throw new BadRequestException("Invalid heartbeat id");
        var next = Guid.NewGuid().ToString();
        beats[caller.Key] = new(caller, next, wall.GetTimestamp());
        await Reply.RecordAsync(http, new HeartbeatMessage(next), PolymarketJson.Wire.HeartbeatMessage);
    }

    private async Task PlainAsync(HttpContext http)
    {
        var caller = await authentication.RequireAsync(http, await Body.ReadAsync(http));
        var id = beats.TryGetValue(caller.Key, out var last) ? last.Id : Guid.NewGuid().ToString();
        beats[caller.Key] = new(caller, id, wall.GetTimestamp());
        await Reply.RecordAsync(http, new StatusReply("ok"), PolymarketJson.Wire.StatusReply);
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Period, wall);
        while (await timer.WaitForNextTickAsync(ending.Token))
        {
            foreach (var (key, beat) in beats)
            {
                if (wall.GetElapsedTime(beat.At) > LongestGap && beats.TryRemove(new(key, beat)))
                    await StopAsync(beat.Caller);
            }
        }
    }

    private async Task StopAsync(Caller caller)
    {
        var (count, error) = await exchange.AskAsync(
            venue => caller.Accounts.Sum(account => venue.CancelAll(account, owner: caller.Key).Canceled.Count),
            isChange: true, ending.Token);
        if (error is not null)
        {
            logger.LogWarning("The orders of a silent key could not be canceled yet: {Reason}", error.Message);
            beats.TryAdd(caller.Key, new(caller, "", wall.GetTimestamp() - wall.TimestampFrequency * 3600));
            return;
        }

        logger.LogInformation("A key fell silent: {Count} orders were canceled.", count);
    }
}
