using System.Text.Json;
using Equilibrage.Core.Ports;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Rest.Clob;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Sandbox.Hosting;
using Equilibrage.Sandbox.Server.Auth;
using Equilibrage.Sandbox.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Sandbox.Server.Accounts;

/// <summary>
/// The dead-man switch: once a key has sent a heartbeat, a gap of more than ten seconds of wall time cancels all its
/// orders. A restart of the exchange does not make it forget.
/// </summary>
internal sealed class Heartbeats(
    PracticeExchange exchange, Authentication authentication, TimeProvider wall, int chainId, ILogger logger)
    : IAsyncDisposable
{
    private static readonly TimeSpan LongestGap = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource ending = new();
    private Task watching = Task.CompletedTask;

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
        var next = Guid.NewGuid().ToString();
        if (!await BeatAsync(caller, last => said.Length == 0 || last?.Id == said ? next : null))
            throw new BadRequestException("Invalid heartbeat id");
        await Reply.RecordAsync(http, new HeartbeatMessage(next), PolymarketJson.Wire.HeartbeatMessage);
    }

    private async Task PlainAsync(HttpContext http)
    {
        var caller = await authentication.RequireAsync(http, await Body.ReadAsync(http));
        var fresh = Guid.NewGuid().ToString();
        await BeatAsync(caller, last => last?.Id ?? fresh);
        await Reply.RecordAsync(http, new StatusReply("ok"), PolymarketJson.Wire.StatusReply);
    }

    // On record before it is answered; false when the beat was refused.
    private async Task<bool> BeatAsync(Caller caller, Func<HeartbeatRow?, string?> next)
    {
        var (isTaken, error) = await exchange.AskChainAsync(
            (_, chain) =>
            {
                if (next(chain.Heartbeat(caller.Key)) is not { } id)
                    return false;
                chain.Beat(new(caller.Key, caller.Address.ToLowerString(), id, wall.GetUtcNow()));
                return true;
            },
            isChange: true, ending.Token);
        return error is null ? isTaken : throw new VenueUnavailableException(error.Message);
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Period, wall);
        while (await timer.WaitForNextTickAsync(ending.Token))
        {
            var (count, error) = await exchange.AskChainAsync(
                (venue, chain) => StopSilent(venue, chain), isChange: true, ending.Token);
            if (error is not null)
                logger.LogWarning("The orders of silent keys could not be canceled yet: {Reason}", error.Message);
            else if (count > 0)
                logger.LogInformation("A key fell silent: {Count} orders were canceled.", count);
        }
    }

    private int StopSilent(Core.Simulation.SimulatedVenue venue, ChainState chain)
    {
        var canceled = 0;
        foreach (var beat in chain.Heartbeats.Where(beat => wall.GetUtcNow() - beat.At > LongestGap).ToList())
        {
            var wallets = WalletSet.Of(EthereumAddress.Parse(beat.Address), chainId);
            canceled += wallets.Accounts.Sum(account => venue.CancelAll(account, owner: beat.Key).Canceled.Count);
            chain.Beat(beat with { IsOver = true });
        }

        return canceled;
    }
}
