using System.Globalization;
using System.Net;
using Equilibrage.Adapters.Storage;
using Equilibrage.Sandbox;
using Equilibrage.Sandbox.Server;
using Equilibrage.Sandbox.Universe;

namespace Equilibrage.Web.Hosting;

/// <summary>
/// The practice exchange with its server: the other party, whether it runs alone or inside the desk's process. One
/// process at a time runs it on a database.
/// </summary>
internal sealed class PracticeHost : IAsyncDisposable
{
    private readonly IAsyncDisposable hold;

    private PracticeHost(
        PracticeExchange exchange, PracticeServer server, PracticeUniverse universe, IAsyncDisposable hold) =>
        (Exchange, Server, Universe, this.hold) = (exchange, server, universe, hold);

    /// <summary>The exchange.</summary>
    public PracticeExchange Exchange { get; }

    /// <summary>Its server.</summary>
    public PracticeServer Server { get; }

    /// <summary>What is traded.</summary>
    public PracticeUniverse Universe { get; }

    /// <summary>Opens the universe that the options describe, and serves it.</summary>
    public static async Task<PracticeHost> StartAsync(
        RunOptions options, StorageHost storage, IPAddress bind, int port, ILoggerFactory loggers,
        CancellationToken cancellation)
    {
        var taken = await storage.TryHoldAsync("practice exchange", cancellation) ?? throw new PracticeHostException(
            "Another process runs the practice exchange on this database, and it can have only one. To let two desks "
            + "trade on it, run it alone (run.sh sandbox) and start both with --exchange and its address.");
        try
        {
            return await StartAsync(options, storage, bind, port, taken, loggers, cancellation);
        }
        catch
        {
            await taken.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Exchange.DisposeAsync();
        await hold.DisposeAsync();
    }

    private static async Task<PracticeHost> StartAsync(
        RunOptions options, StorageHost storage, IPAddress bind, int port, IAsyncDisposable hold,
        ILoggerFactory loggers, CancellationToken cancellation)
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
            storage.Connections, TimeProvider.System, loggers.CreateLogger<PracticeExchange>(), cancellation);
        try
        {
            var server = await PracticeServer.StartAsync(
                new() { Bind = bind, Port = port, Seed = options.Seed, FaultScript = options.Faults },
                exchange, TimeProvider.System, loggers, cancellation);
            return new(exchange, server, universe, hold);
        }
        catch
        {
            await exchange.DisposeAsync();
            throw;
        }
    }
}
