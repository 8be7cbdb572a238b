using System.Globalization;
using System.Net;
using Equilibrage.Adapters.Storage;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Recovery;

/// <summary>
/// The real application, killed at random moments. Its books must always come back equal to the exchange's record.
/// </summary>
[Trait("Tier", "Integration")]
public sealed class KillTests : IDisposable
{
    private const string SeedKey = "EQUILIBRAGE_KILL_SEED";
    private const int MostRecordsBetweenKills = 20;
    private static readonly TimeSpan MostMarketTimeBetweenKills = TimeSpan.FromHours(3);
    private static readonly TimeSpan BooksLimit = TimeSpan.FromSeconds(45);

    private readonly AppData _data = new();
    private readonly DeskPolls _polls = new();

    private enum Victim
    {
        App,
        Database,
        Both,
    }

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task AppDatabaseOrBoth_KilledTwentyTimes_BooksEqualTheExchangesRecord()
    {
        var given = Environment.GetEnvironmentVariable(SeedKey);
        var seed = given is null ? Random.Shared.Next() : int.Parse(given, CultureInfo.InvariantCulture);
        var random = new Random(seed);
        Victim[] victims =
        [
            .. Enumerable.Repeat(Victim.App, 7), .. Enumerable.Repeat(Victim.Database, 7),
            .. Enumerable.Repeat(Victim.Both, 6),
        ];
        random.Shuffle(victims);
        Say($"{SeedKey}={seed} kills {string.Join(' ', victims)}");

        var app = await AppUnderTest.StartOnAsync(_data);
        try
        {
            await _polls.ReadyAsync(app);
            foreach (var victim in victims)
            {
                await AwaitMomentAsync(app, random);
                app = await KillAsync(app, victim);
                await _polls.ReadyAsync(app);
                await BooksBecomeEqualAsync(app);
                Say($"{victim} killed at sequence {_polls.Last?.Sequence}, market time {_polls.Last?.MarketTime:u}");
            }

            await _polls.ConfigureAsync(app, "entriesPaused", true);
            await BooksBecomeEqualAsync(app);
            Assert.Equal(0, await app.StopAsync());
        }
        finally
        {
            await app.DisposeAsync();
        }

        await using var storage = await StorageHost.OpenAsync(
            new(_data.Path, null, AppContext.BaseDirectory), TestContext.Current.CancellationToken);
        var books = await TwoBooks.ReadAsync(storage.Connections);
        Assert.Empty(books.Violations());
        Assert.NotEmpty(books.Fills);
        Assert.Contains(books.Positions, position => position.Status == "closed");
        Say($"{_polls.Count} overviews, {books.Orders.Count} orders, {books.Fills.Count} fills");
    }

    [Fact]
    public async Task Database_KilledAlone_NothingIsDecidedUntilItIsBack()
    {
        await using var app = await AppUnderTest.StartOnAsync(_data);
        await _polls.ReadyAsync(app);
        await Eventually.TrueAsync(async () => await _polls.PollAsync(app) is { Legs.Count: > 0 });
        var server = _data.ServerPid;

        _data.KillServer();
        await Eventually.TrueAsync(async () => await _polls.PollAsync(app) is null);
        using var scan = await _polls.SendAsync(app, HttpMethod.Post, "api/opportunities/scan");
        using var ready = await _polls.SendAsync(app, HttpMethod.Get, "health/ready");
        using var live = await _polls.SendAsync(app, HttpMethod.Get, "health/live");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, scan.StatusCode);
        Assert.NotNull(scan.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);

        await _polls.ReadyAsync(app);
        Assert.NotEqual(server, _data.ServerPid);
        await BooksBecomeEqualAsync(app);
        await Eventually.TrueAsync(async () => await _polls.PollAsync(app) is not null);
    }

    /// <summary>A moment is a number of journal records later, or a while of market time when little happens.</summary>
    private async Task AwaitMomentAsync(AppUnderTest app, Random random)
    {
        await Eventually.TrueAsync(async () => await _polls.PollAsync(app) is not null);
        var (from, since) = (_polls.Last!.Sequence, _polls.Last.MarketTime);
        var records = random.Next(1, MostRecordsBetweenKills + 1);
        var patience = MostMarketTimeBetweenKills * random.NextDouble();
        await Eventually.TrueAsync(async () => await _polls.PollAsync(app) is { } now
            && (now.Sequence >= from + records || now.MarketTime >= since + patience));
    }

    private async Task<AppUnderTest> KillAsync(AppUnderTest app, Victim victim)
    {
        var server = _data.ServerPid;
        if (victim is Victim.App or Victim.Both)
            await app.KillAsync();
        if (victim is Victim.Database or Victim.Both)
            _data.KillServer();
        if (victim is Victim.Database)
        {
            await Eventually.TrueAsync(() => _data.ServerPid is { } pid && pid != server);
            return app;
        }

        await app.DisposeAsync();
        return await AppUnderTest.StartOnAsync(_data);
    }

    /// <summary>Orders may be on their way when we look; with nothing on its way the books are equal.</summary>
    private async Task BooksBecomeEqualAsync(AppUnderTest app)
    {
        await using var database = _data.Connect();
        var started = TimeProvider.System.GetTimestamp();
        await Eventually.TrueAsync(
            async () =>
            {
                var books = await TwoBooks.ReadAsync(database);
                Assert.Empty(books.Violations());
                var differences = books.Differences();
                if (TimeProvider.System.GetElapsedTime(started) > BooksLimit)
                    Assert.True(differences.Count == 0, $"{string.Join('\n', differences)}\n{app.Output}");
                return differences.Count == 0;
            },
            BooksLimit * 2);
    }

    private static void Say(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
