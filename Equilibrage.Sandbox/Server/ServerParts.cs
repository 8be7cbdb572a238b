using Equilibrage.Sandbox.Server.Channels;
using Equilibrage.Sandbox.Server.Clob;
using Equilibrage.Sandbox.Server.Gamma;
using Equilibrage.Sandbox.Server.Markets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Equilibrage.Sandbox.Server;

/// <summary>What the server is made of, put together once.</summary>
internal sealed class ServerParts : IAsyncDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly ExchangeView view;
    private readonly ExchangeEvents events;
    private readonly MarketChannel market;
    private readonly Sockets sockets;
    private readonly TimeProvider wall;

    private ServerParts(
        PracticeExchange exchange, MarketIndex index, TimeProvider wall, ILogger logger)
    {
        var prints = new LastPrints();
        this.wall = wall;
        view = new(exchange, index, prints);
        events = new(exchange, index, prints, logger);
        market = new(view, events.Want);
        sockets = new(logger, stopping.Token);
        events.Happened = market.Publish;
        events.Rested = market.Flush;
        events.Start();
    }

    /// <summary>Reads the exchange as it stands and begins to listen to it.</summary>
    public static async Task<ServerParts> CreateAsync(
        PracticeExchange exchange, TimeProvider wall, ILoggerFactory loggers, CancellationToken cancellation)
    {
        var (listed, ended) = await exchange.LookAsync(
            venue => (venue.Listings(), venue.EndedListings()), cancellation);
        return new(exchange, new(listed, ended), wall, loggers.CreateLogger<PracticeServer>());
    }

    /// <summary>Maps all routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        new ClobStatus(wall).Map(routes);
        new GammaMarkets(view.Index, () => view.MarketTime).Map(routes);
        new GammaEvents(view.Index, () => view.MarketTime).Map(routes);
        new ClobBooks(view).Map(routes);
        new ClobHistory(view).Map(routes);
        new ClobMarkets(view).Map(routes);
        routes.MapGet("/ws/market", http => sockets.ServeAsync(http, market.ServeAsync));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await events.DisposeAsync();
        stopping.Dispose();
    }
}
