using Equilibrage.Core.Simulation;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Sandbox.Server.Accounts;
using Equilibrage.Sandbox.Server.Auth;
using Equilibrage.Sandbox.Server.Chain;
using Equilibrage.Sandbox.Server.Channels;
using Equilibrage.Sandbox.Server.Clob;
using Equilibrage.Sandbox.Server.Control;
using Equilibrage.Sandbox.Server.Data;
using Equilibrage.Sandbox.Server.Faults;
using Equilibrage.Sandbox.Server.Gamma;
using Equilibrage.Sandbox.Server.Http;
using Equilibrage.Sandbox.Server.Limits;
using Equilibrage.Sandbox.Server.Markets;
using Equilibrage.Sandbox.Server.Orders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Sandbox.Server;

/// <summary>What the server is made of, put together once.</summary>
internal sealed class ServerParts : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly PracticeExchange exchange;
    private readonly PracticeServerOptions options;
    private readonly TimeProvider wall;
    private readonly ExchangeView view;
    private readonly ExchangeEvents events;
    private readonly Authentication authentication;
    private readonly MarketChannel market;
    private readonly UserChannel user;
    private readonly Notifications notifications;
    private readonly Heartbeats heartbeats;
    private readonly FaultPlan faults;
    private readonly PriceChannels prices;
    private readonly SportsChannel sports;
    private readonly Sockets sockets;

    private ServerParts(
        PracticeServerOptions options, PracticeExchange exchange, MarketIndex index, TimeProvider wall, ILogger logger)
    {
        (this.options, this.exchange, this.wall) = (options, exchange, wall);
        var prints = new LastPrints();
        faults = new(wall);
        view = new(exchange, index, prints, faults);
        events = new(exchange, index, prints, logger);
        authentication = new(exchange, wall, options);
        market = new(view, events.Want, faults);
        user = new(authentication, index, faults, logger);
        notifications = new(index);
        heartbeats = new(exchange, authentication, wall, options.ChainId, logger);
        prices = new(
            new(options.Seed), () => view.MarketTime, authentication, faults, logger);
        sports = new(wall, logger);
        sockets = new(wall, logger, stopping.Token);
        events.Happened = Hear;
        events.Rested = market.Flush;
        events.Start();
        heartbeats.Start();
    }

    /// <summary>Reads the exchange as it stands and begins to listen to it.</summary>
    public static async Task<ServerParts> CreateAsync(
        PracticeServerOptions options, PracticeExchange exchange, TimeProvider wall, ILoggerFactory loggers,
        CancellationToken cancellation)
    {
        var (listed, ended) = await exchange.LookAsync(
            venue => (venue.Listings(), venue.EndedListings()), cancellation);
        var parts = new ServerParts(
            options, exchange, new(listed, ended), wall, loggers.CreateLogger<PracticeServer>());
        if (options.FaultScript is { } script)
        {
            try
            {
                await new FaultRoutes(exchange, parts.faults).ApplyAsync(
                    await File.ReadAllBytesAsync(script, cancellation), cancellation);
            }
            catch (BadRequestException error)
            {
                await parts.DisposeAsync();
                throw new FaultScriptException($"{script}: {error.Message}", error);
            }
        }

        return parts;
    }

    /// <summary>What is to go wrong.</summary>
    public FaultPlan Faults => faults;

    /// <summary>Maps all routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        var contracts = Contracts.For(options.ChainId);
        var buckets = new SignerBuckets(wall);
        new ClobStatus(wall, faults).Map(routes);
        new GammaMarkets(view.Index, () => view.MarketTime).Map(routes);
        new GammaEvents(view.Index, () => view.MarketTime).Map(routes);
        new ClobBooks(view).Map(routes);
        new ClobHistory(view).Map(routes);
        new ClobMarkets(view).Map(routes);
        new KeyRoutes(exchange, authentication, wall, faults).Map(routes);
        var intake = new OrderIntake(exchange, new(view, faults, options.ChainId), wall);
        new OrderRoutes(authentication, intake, buckets, faults).Map(routes);
        new CancelRoutes(exchange, authentication, buckets).Map(routes);
        new LedgerRoutes(exchange, view, authentication).Map(routes);
        new AccountRoutes(exchange, authentication, notifications, faults, contracts).Map(routes);
        heartbeats.Map(routes);
        MapChain(routes, contracts);
        new DataUserRoutes(exchange, view, contracts).Map(routes);
        new DataTradeRoutes(exchange, view).Map(routes);
        new FaultRoutes(exchange, faults).Map(routes);
        routes.MapGet("/practice/clock", ClockAsync);
        routes.MapGet("/ws/market", http => sockets.ServeAsync(http, market.ServeAsync));
        routes.MapGet("/ws/live", http => sockets.ServeAsync(http, prices.ServeOldAsync));
        routes.MapGet("/ws/live-v2", http => sockets.ServeAsync(http, prices.ServeNewAsync));
        routes.MapGet("/ws/sports", http => sockets.ServeAsync(http, sports.ServeAsync));
        routes.MapGet("/ws/user", http => sockets.ServeAsync(http, user.ServeAsync));
    }

    private void MapChain(IEndpointRouteBuilder routes, Contracts contracts)
    {
        var clock = new ChainClock(wall);
        var executor = new ChainExecutor(exchange, view.Index, clock, contracts);
        var queries = new ChainQueries(exchange, contracts);
        new JsonRpcRoutes(exchange, queries, executor, clock, contracts).Map(routes);
        new RelayerRoutes(exchange, executor, clock, contracts).Map(routes);
        new ControlRoutes(exchange, view, executor).Map(routes);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await heartbeats.DisposeAsync();
        await events.DisposeAsync();
        stopping.Dispose();
    }

    private void Hear(VenueEvent happened)
    {
        notifications.Hear(happened);
        user.Publish(happened);
        market.Publish(happened);
        prices.Publish(happened);
    }

    private Task ClockAsync(HttpContext http) => Reply.JsonAsync(http, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("market_time_ms", exchange.MarketTime.ToUnixTimeMilliseconds());
        json.WriteNumber("speed", exchange.Speed);
        json.WriteNumber("step_seconds", VenueOptions.StepFor((double)exchange.Speed));
        json.WriteEndObject();
    });
}
