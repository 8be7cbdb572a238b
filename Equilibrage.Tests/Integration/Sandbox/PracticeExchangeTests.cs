using Equilibrage.Core.Books;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Core.State;
using Equilibrage.Sandbox;
using Equilibrage.Sandbox.Hosting;
using Equilibrage.Sandbox.Record;
using Equilibrage.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using static Equilibrage.Tests.Support.PracticeWorld;

namespace Equilibrage.Tests.Integration.Sandbox;

[Trait("Tier", "Integration")]
public sealed class PracticeExchangeTests(PostgresFixture postgres) : IAsyncDisposable
{
    private TestDatabase? database;

    public async ValueTask DisposeAsync()
    {
        if (database is not null)
            await database.DisposeAsync();
    }

    [Fact]
    public async Task Exchange_KilledAndStartedAgain_HasTheSameAccountOrdersAndClock()
    {
        var first = await StartAsync();
        var market = (await first.ListAsync(default))[0];
        var bought = await first.SubmitAsync(Order(market, Outcome.Yes, Side.Buy, 0.99m, 20, salt: 1), default);
        var resting = Order(market, Outcome.No, Side.Buy, 0.02m, 100, OrderType.Gtc, salt: 2);
        Assert.Equal(OrderStatus.Filled, bought.Value!.Status);
        Assert.Equal(OrderStatus.Accepted, (await first.SubmitAsync(resting, default)).Value!.Status);
        var before = await first.GetAccountAsync(default);

        // The first one is left as kill -9 would leave it: it is stopped without a word to the record.
        await first.DisposeAsync();
        var clock = first.MarketTime;
        await using var second = await StartAsync();
        var after = await second.GetAccountAsync(default);
        Assert.Equal(before.Value!.Cash, after.Value!.Cash);
        Assert.Equal(before.Value.Tokens, after.Value.Tokens);
        Assert.True(second.MarketTime >= clock && second.MarketTime < clock.AddHours(2));
        Assert.NotNull((await second.FindAsync(resting, default)).Value);
        var twice = await second.SubmitAsync(resting, default);
        Assert.Equal(OrderStatus.Rejected, twice.Value!.Status);

        var record = await ComparableRecord.ReadAsync(database!.Source, Alice, default);
        Assert.Equal(2, record.Orders.Count);
        Assert.Equal(bought.Value.Fills, record.Fills.Select(trade => trade.Fill).Take(bought.Value.Fills.Count));
    }

    [Fact]
    public async Task Exchange_AskedForAnotherUniverse_RefusesAndNamesBothAndTheRemedy()
    {
        await (await StartAsync()).DisposeAsync();
        var error = await Assert.ThrowsAsync<UniverseMismatchException>(
            () => StartAsync(options => options with { Seed = 8 }));
        Assert.Contains("seed 7", error.Message, StringComparison.Ordinal);
        Assert.Contains("seed 8", error.Message, StringComparison.Ordinal);
        Assert.Contains("--data", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<UniverseMismatchException>(
            () => StartAsync(options => options with { Identity = "other" }));
        await Assert.ThrowsAsync<UniverseMismatchException>(
            () => StartAsync(options => options with { Capital = Usdc.FromDecimal(5) }));
        await (await StartAsync(options => options with { Speed = 600 })).DisposeAsync();
    }

    [Fact]
    public async Task Feed_OfWantedTokens_GivesTheBooksThatTheQuotesShow()
    {
        await using var exchange = await StartAsync(options => options with { Speed = 1 });
        var market = (await exchange.ListAsync(default))[0];
        exchange.Want([market.TokenYes, market.TokenNo]);
        var books = new Dictionary<TokenId, Book>();
        await foreach (var report in exchange.ReadAsync(TestContext.Current.CancellationToken))
        {
            BookKeeping.Apply(books, [report]);
            if (books.Count == 2)
                break;
        }

        var quote = (await exchange.QuoteAllAsync(default)).Single(quote => quote.MarketId == market.Id);
        Assert.NotNull(quote.BidYes);
        Assert.InRange(books[market.TokenYes].BestBid!.Value.ToMicros - quote.BidYes!.Value.ToMicros, -20_000, 20_000);
        var mids = await exchange.HourlyMidsAsync([market.Id], 24, default);
        Assert.Equal(24, mids[market.Id].Count);
    }

    [Fact]
    public async Task Database_LostAndBack_GoesOnFromTheRecordAndSendsSnapshotsAnew()
    {
        await using var exchange = await StartAsync();
        var market = (await exchange.ListAsync(default))[0];
        exchange.Want([market.TokenYes]);
        var order = Order(market, Outcome.Yes, Side.Buy, 0.99m, 20);
        await exchange.SubmitAsync(order, default);
        var before = (await exchange.GetAccountAsync(default)).Value!;
        var seen = new List<FeedEvent>();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var reading = ReadAsync(exchange, seen, enough.Token);
        using var listener = exchange.Subscribe();

        await Eventually.TrueAsync(() => Has<FeedEvent.Snapshot>(seen));
        await Eventually.TrueAsync(async () =>
        {
            await CutConnectionsAsync();
            return Has<FeedEvent.Lost>(seen);
        });
        await Eventually.TrueAsync(() => HasSnapshotAfterLoss(seen));
        await Eventually.TrueAsync(async () => (await exchange.GetAccountAsync(default)).Error is null);
        var after = (await exchange.GetAccountAsync(default)).Value!;
        Assert.Equal(before.Cash, after.Cash);
        Assert.Equal(before.Tokens, after.Tokens);
        await enough.CancelAsync();
        await reading;
        var heard = listener.Events.ReadAllAsync(TestContext.Current.CancellationToken);
        await foreach (var happened in heard)
        {
            if (happened is VenueEvent.Interrupted)
                break;
        }
    }

    [Fact]
    public async Task Accounts_OfOthers_TradeBesideAndComeBackFromTheRecord()
    {
        var stranger = new AccountId("0x00000000000000000000000000000000000ca501");
        var first = await StartAsync(options => options with { Account = null });
        var market = (await first.ListAsync(default))[0];
        var request = VenueOrderRequest.From(Order(market, Outcome.Yes, Side.Buy, 0.99m, 20)) with
        {
            Spend = Usdc.FromDecimal(10), Owner = "key",
        };
        var placed = await first.AskAsync(venue => venue.Place(stranger, request), true, default);
        await first.AskAsync(venue => venue.Split(stranger, market.Id, Quantity.FromDecimal(50)), true, default);
        await first.AskKeysAsync(keys => Put(keys, "one"), true, default);
        await first.AskKeysAsync(keys => Put(keys, "two") && keys.Delete("two"), true, default);
        await first.DisposeAsync();

        await using var second = await StartAsync(options => options with { Account = null });
        var (trades, order, actions) = (await second.AskAsync(
            venue => (venue.TradesOf(stranger).ToList(), venue.Order(request.Id), venue.ActionsOf(stranger).ToList()),
            false, default)).Value;
        var keys = (await second.AskKeysAsync(keys => keys.Of("0x01"), false, default)).Value!;
        Assert.Equal(OrderStatus.Filled, placed.Value!.Order!.Status);
        Assert.Equal(placed.Value.Trade!.Makers, Assert.Single(trades).Makers);
        Assert.Equal(placed.Value.Trade.Taker, trades[0].Taker);
        Assert.Equal((OrderStatus.Filled, request), (order!.Status, order.Request));
        Assert.Equal(ChainActionKind.Split, Assert.Single(actions).Kind);
        Assert.Equal("one", Assert.Single(keys).Key);
        Assert.Null((await second.AskAsync(venue => venue.Audit(), false, default)).Value);
    }

    [Fact]
    public async Task Listener_ThatFallsBehind_IsCutOffAndToldWhileOthersHearAll()
    {
        await using var exchange = await StartAsync();
        using var slow = exchange.Subscribe(capacity: 3);
        using var steady = exchange.Subscribe();
        var market = (await exchange.ListAsync(default))[0];
        steady.Want([market.TokenYes, market.TokenNo]);

        var heard = new List<VenueEvent>();
        while (heard.OfType<VenueEvent.Clock>().Take(10).Count() < 10)
            heard.Add(await steady.Events.ReadAsync(TestContext.Current.CancellationToken));
        // What waited can still be read; then the slow one learns that it was cut off.
        var late = 0;
        await Assert.ThrowsAsync<SubscriptionOverrunException>(async () =>
        {
            await foreach (var happened in slow.Events.ReadAllAsync(TestContext.Current.CancellationToken))
                late++;
        });
        Assert.Equal(3, late);
        Assert.Equal(2, heard.OfType<VenueEvent.BookSeeded>().Count());
        var clocks = heard.OfType<VenueEvent.Clock>().Select(clock => clock.MarketTime).ToList();
        Assert.All(
            clocks.Zip(clocks.Skip(1)), pair => Assert.Equal(TimeSpan.FromSeconds(300), pair.Second - pair.First));
    }

    [Fact]
    public async Task Record_OfAnotherVersion_IsRefusedWithTheRemedy()
    {
        await (await StartAsync()).DisposeAsync();
        await using (var command = database!.Source.CreateCommand("COMMENT ON SCHEMA practice IS 'an older one'"))
            await command.ExecuteNonQueryAsync();

        var error = await Assert.ThrowsAsync<UniverseMismatchException>(() => StartAsync());

        Assert.Contains("another version", error.Message, StringComparison.Ordinal);
        Assert.Contains("--data", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoExchanges_OverOneRecord_StopTheOneThatCameFirst()
    {
        var first = await StartAsync();
        await using var second = await StartAsync();
        var either = await Task.WhenAny(first.Completion, second.Completion);
        await Assert.ThrowsAsync<UniverseMismatchException>(() => either);
        await first.DisposeAsync();
    }

    private static async Task ReadAsync(PracticeExchange exchange, List<FeedEvent> seen, CancellationToken cancellation)
    {
        try
        {
            await foreach (var report in exchange.ReadAsync(cancellation))
            {
                lock (seen)
                    seen.Add(report);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            Assert.NotEmpty(seen);
        }
    }

    private static bool Put(ApiKeys keys, string key)
    {
        keys.Put(new(key, "0x01", "secret", "passphrase", 0, DateTimeOffset.FromUnixTimeSeconds(1_790_000_000)));
        return true;
    }

    private static bool Has<T>(List<FeedEvent> seen)
    {
        lock (seen)
            return seen.OfType<T>().Any();
    }

    private static bool HasSnapshotAfterLoss(List<FeedEvent> seen)
    {
        lock (seen)
            return seen.SkipWhile(report => report is not FeedEvent.Lost).OfType<FeedEvent.Snapshot>().Any();
    }

    private async Task CutConnectionsAsync()
    {
        await using var own = NpgsqlDataSource.Create($"{database!.ConnectionString};Pooling=false");
        await using var command = own.CreateCommand(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            + "WHERE datname = current_database() AND pid <> pg_backend_pid()");
        await command.ExecuteScalarAsync();
    }

    private async Task<PracticeExchange> StartAsync(
        Func<PracticeExchangeOptions, PracticeExchangeOptions>? change = null)
    {
        database ??= await postgres.CreateDatabaseAsync(nameof(PracticeExchangeTests), isMigrated: false);
        var options = new PracticeExchangeOptions
        {
            Listings = Listings(20),
            Identity = "generated",
            Seed = 7,
            Start = Start,
            Speed = 3_000,
            Account = Alice,
            Capital = Usdc.FromDecimal(1_000),
        };
        return await PracticeExchange.StartAsync(
            change?.Invoke(options) ?? options, database.Source, TimeProvider.System,
            NullLogger<PracticeExchange>.Instance, TestContext.Current.CancellationToken);
    }
}
