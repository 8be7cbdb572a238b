using System.Globalization;
using System.Net;
using Equilibrage.Adapters.Storage;
using Equilibrage.Sandbox;
using Equilibrage.Sandbox.Server;
using Equilibrage.Sandbox.Universe;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// The practice exchange with its server: the other party, whether it runs alone or inside the desk's process.
/// </summary>
internal sealed class PracticeHost : IAsyncDisposable
{
    private readonly ILoggerFactory loggers;

    private PracticeHost(
        PracticeExchange exchange, PracticeServer server, PracticeUniverse universe, ILoggerFactory loggers) =>
        (Exchange, Server, Universe, this.loggers) = (exchange, server, universe, loggers);

    /// <summary>The exchange.</summary>
    public PracticeExchange Exchange { get; }

    /// <summary>Its server.</summary>
    public PracticeServer Server { get; }

    /// <summary>What is traded.</summary>
    public PracticeUniverse Universe { get; }

    /// <summary>Opens the universe that the options describe, and serves it.</summary>
    public static async Task<PracticeHost> StartAsync(
        RunOptions options, StorageHost storage, IPAddress bind, int port, CancellationToken cancellation)
    {
        var start = options.Start;
        if (options.StartsNow)
        {
            start = await PracticeExchange.RecordedStartAsync(storage.Connections, cancellation)
                ?? TimeProvider.System.GetUtcNow();
        }

        var universe = PracticeUniverse.Open(options.Markets, options.Seed, start);
        foreach (var skipped in universe.Skipped)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{skipped.Count} lines skipped: {skipped.Reason} (first: {string.Join(", ", skipped.FirstLines)})"));
        }

        var log = LoggerFactory.Create(logging => logging.AddSimpleConsole()
            .AddFilter("Microsoft", LogLevel.Warning));
        var exchange = await PracticeExchange.StartAsync(
            new()
            {
                Listings = universe.Listings,
                Identity = universe.Identity,
                Seed = options.Seed,
                Start = universe.Start,
                Speed = options.Speed,
                Capital = options.Capital,
            },
            storage.Connections, TimeProvider.System, log.CreateLogger<PracticeExchange>(), cancellation);
        try
        {
            var server = await PracticeServer.StartAsync(
                new() { Bind = bind, Port = port, Seed = options.Seed, FaultScript = options.Faults },
                exchange, TimeProvider.System, log, cancellation);
            return new(exchange, server, universe, log);
        }
        catch
        {
            await exchange.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Exchange.DisposeAsync();
        loggers.Dispose();
    }
}
