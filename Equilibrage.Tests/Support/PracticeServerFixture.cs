using Equilibrage.Core.Primitives;
using Equilibrage.Sandbox;
using Equilibrage.Sandbox.Server;
using Equilibrage.Sandbox.Universe;
using Microsoft.Extensions.Logging.Abstractions;

namespace Equilibrage.Tests.Support;

/// <summary>
/// A practice exchange of 300 generated markets with its server on a port of its own, over a real database. Market time
/// runs 20 times as fast as the wall clock, so that settlement takes seconds.
/// </summary>
public class PracticeServerFixture(PostgresFixture postgres) : IAsyncLifetime
{
    private TestDatabase? database;
    private PracticeExchange? exchange;
    private PracticeServer? server;

    /// <summary>Where the server listens.</summary>
    public Uri Address => server!.Address;

    /// <summary>The exchange behind the server.</summary>
    internal PracticeExchange Exchange => exchange!;

    /// <inheritdoc/>
    public virtual async ValueTask InitializeAsync()
    {
        database = await postgres.CreateDatabaseAsync(nameof(PracticeServerFixture), isMigrated: false);
        var start = GeneratedMarkets.DefaultStart;
        exchange = await PracticeExchange.StartAsync(
            new()
            {
                Listings = GeneratedMarkets.Create(7, start),
                Identity = "generated",
                Seed = 7,
                Start = start,
                Speed = 20,
                Capital = Usdc.FromDecimal(1_000),
            },
            database.Source, TimeProvider.System, NullLogger<PracticeExchange>.Instance, CancellationToken.None);
        server = await PracticeServer.StartAsync(
            new(), exchange, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        if (exchange is not null)
            await exchange.DisposeAsync();
        if (database is not null)
            await database.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
