using System.Globalization;
using System.Security.Cryptography;
using Equilibrage.Core.Primitives;
using Equilibrage.Sandbox;
using Equilibrage.Sandbox.Server;
using Equilibrage.Sandbox.Universe;
using Microsoft.Extensions.Logging.Abstractions;

namespace Equilibrage.Tests.Support;

/// <summary>
/// Two copies of the real application, each a process with a data folder of its own, on one wallet, one PostgreSQL
/// server and one practice exchange, which outlives both. The database notes which of them wrote what.
/// </summary>
internal sealed class TwoDesks : IAsyncDisposable
{
    private const string NoteWriters = """
        CREATE TABLE journal_writers (
            sequence bigint NOT NULL, writer text NOT NULL, epoch bigint NOT NULL, at timestamptz NOT NULL
        );
        CREATE FUNCTION note_writer() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO journal_writers
            SELECT NEW.sequence, current_setting('application_name'), epoch, clock_timestamp() FROM leases
            WHERE account_id = NEW.account_id;
            RETURN NULL;
        END;
        $$;
        CREATE TRIGGER note_writer AFTER INSERT ON journal FOR EACH ROW EXECUTE FUNCTION note_writer();
        """;

    private readonly string _key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
    private readonly TestDatabase _database;
    private readonly PracticeExchange _exchange;
    private readonly PracticeServer _server;

    private TwoDesks(TestDatabase database, PracticeExchange exchange, PracticeServer server)
    {
        (_database, _exchange, _server) = (database, exchange, server);
        (FirstData, SecondData) = (Data("first"), Data("second"));
        Relay = new(server.Address);
    }

    /// <summary>Both copies' database.</summary>
    public TestDatabase Database => _database;

    /// <summary>The exchange of the first copy, watched.</summary>
    public WatchedRelay Relay { get; }

    private AppData FirstData { get; }

    private AppData SecondData { get; }

    public static async Task<TwoDesks> StartAsync(PostgresFixture postgres, decimal speed)
    {
        var database = await postgres.CreateDatabaseAsync(nameof(TwoDesks));
        await database.ExecuteAsync(NoteWriters);
        var start = GeneratedMarkets.DefaultStart;
        var exchange = await PracticeExchange.StartAsync(
            new()
            {
                Listings = GeneratedMarkets.Create(7, start),
                Identity = "generated",
                Seed = 7,
                Start = start,
                Speed = speed,
                Capital = Usdc.FromDecimal(1_000),
            },
            database.Source, TimeProvider.System, NullLogger<PracticeExchange>.Instance, CancellationToken.None);
        var server = await PracticeServer.StartAsync(
            new(), exchange, TimeProvider.System, NullLoggerFactory.Instance, CancellationToken.None);
        return new(database, exchange, server);
    }

    /// <summary>Starts the copy whose requests are watched.</summary>
    public Task<AppUnderTest> StartFirstAsync() => StartAsync(FirstData, Relay.Address);

    /// <summary>Starts the other one.</summary>
    public Task<AppUnderTest> StartSecondAsync() => StartAsync(SecondData, _server.Address);

    /// <summary>Waits until our books and the exchange's record are equal.</summary>
    public Task BooksBecomeEqualAsync(TimeSpan limit) => Eventually.TrueAsync(
        async () =>
        {
            var books = await TwoBooks.ReadAsync(_database.Source);
            Assert.Empty(books.Violations());
            Differences = books.Differences();
            return Differences.Count == 0;
        },
        limit);

    /// <summary>What differed when the books were last read.</summary>
    public IReadOnlyList<string> Differences { get; private set; } = [];

    public async ValueTask DisposeAsync()
    {
        await Relay.DisposeAsync();
        await _server.DisposeAsync();
        await _exchange.DisposeAsync();
        await _database.DisposeAsync();
        FirstData.Dispose();
        SecondData.Dispose();
    }

    private static Task<AppUnderTest> StartAsync(AppData data, Uri exchange) => AppUnderTest.StartOnAsync(
        data, "--exchange", exchange.ToString().TrimEnd('/'));

    private AppData Data(string name)
    {
        var data = new AppData
        {
            ConnectionString = string.Create(
                CultureInfo.InvariantCulture,
                $"{_database.ConnectionString};Application Name={name};Maximum Pool Size=20"),
        };
        Directory.CreateDirectory(data.Path);
        File.WriteAllText(Path.Combine(data.Path, "practice-wallet.key"), _key);
        return data;
    }
}
