using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Observations;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Sandbox.Paper;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Sandbox;

[Trait("Tier", "Integration")]
public sealed class PaperExchangeTests(PostgresFixture postgres) : IAsyncDisposable
{
    private static readonly AccountId Account = new("paper:polymarket:desk");
    private static readonly Market Market = PracticeWorld.Listing(1).Market with { Fees = new(50_000, false) };
    private readonly OutsideWorld outside = new();
    private TestDatabase? database;

    public async ValueTask DisposeAsync()
    {
        if (database is not null)
            await database.DisposeAsync();
    }

    [Fact]
    public async Task Exchange_StartedAgain_HasItsMoneySharesAndOrders()
    {
        var bought = Order(Side.Buy, 0.50m, 20, OrderType.Fak, 1);
        var resting = Order(Side.Buy, 0.30m, 10, OrderType.Gtc, 2);
        VenueAccount before;
        using (var first = await StartAsync())
        {
            await HearBookAsync(first);
            Assert.Equal(OrderStatus.Filled, (await first.SubmitAsync(bought, default)).Value!.Status);
            Assert.Equal(OrderStatus.Accepted, (await first.SubmitAsync(resting, default)).Value!.Status);
            before = (await first.GetAccountAsync(default)).Value!;
        }

        using var second = await StartAsync();
        var after = (await second.GetAccountAsync(default)).Value!;
        Assert.Equal(1_000m - 10m - 0.25m, after.Cash.ToDecimal());
        Assert.Equal((before.Cash, before.Tokens.Single()), (after.Cash, after.Tokens.Single()));
        Assert.Equal(resting.VenueOrderId, Assert.Single(after.OpenOrders).VenueOrderId);
        var trade = (await second.FindAsync(bought, default)).Value!.Fills.Single().TradeId;
        Assert.True((await second.GetSettlementsAsync([trade], default)).Value![trade]);
        var twice = (await second.SubmitAsync(bought, default)).Value!;
        Assert.Contains("Duplicated", twice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exchange_EndedMarket_IsRedeemedOnce()
    {
        using var exchange = await StartAsync();
        await HearBookAsync(exchange);
        await exchange.SubmitAsync(Order(Side.Buy, 0.50m, 20, OrderType.Fak, 1), default);
        var redemption = ChainOperation.Redemption(Market.Id);
        Assert.Equal(VenueErrorKind.Unavailable, (await exchange.ExecuteAsync(redemption, default)).Error!.Kind);

        outside.End = new(Market.Id, Price.One, ResolutionKind.Regular, PracticeWorld.Start);
        Assert.Equal(20m, (await exchange.ExecuteAsync(redemption, default)).Value!.Cash.ToDecimal());
        Assert.Equal(20m, (await exchange.ExecuteAsync(redemption, default)).Value!.Cash.ToDecimal());
        Assert.Equal(1_009.75m, (await exchange.GetAccountAsync(default)).Value!.Cash.ToDecimal());
    }

    [Fact]
    public async Task Exchange_WithoutItsDatabase_AnswersAsUnknownAndForgetsWhatWasNotWritten()
    {
        using var exchange = await StartAsync();
        await HearBookAsync(exchange);
        await database!.ExecuteAsync("ALTER TABLE paper.facts RENAME TO away");
        var lost = await exchange.SubmitAsync(Order(Side.Buy, 0.50m, 5, OrderType.Fak, 1), default);
        Assert.Equal(VenueErrorKind.Unknown, lost.Error!.Kind);

        await database.ExecuteAsync("ALTER TABLE paper.away RENAME TO facts");
        var account = (await exchange.GetAccountAsync(default)).Value!;
        Assert.Equal(1_000m, account.Cash.ToDecimal());
        Assert.Empty(account.Tokens);
    }

    private static PreparedOrder Order(Side side, decimal limit, decimal shares, OrderType type, long salt) =>
        PracticeWorld.Order(Market, Outcome.Yes, side, limit, shares, type, salt: salt);

    private async Task HearBookAsync(PaperExchange exchange)
    {
        await using var reports = exchange.ReadAsync(CancellationToken.None).GetAsyncEnumerator();
        outside.Reports.Writer.TryWrite(new FeedEvent.Snapshot(PracticeWorld.Start, new(
            Market.TokenYes,
            [new(Price.FromDecimal(0.48m), Quantity.FromDecimal(100))],
            [new(Price.FromDecimal(0.50m), Quantity.FromDecimal(50))])));
        Assert.True(await reports.MoveNextAsync());
        Assert.IsType<FeedEvent.Snapshot>(reports.Current);
    }

    private async Task<PaperExchange> StartAsync()
    {
        database ??= await postgres.CreateDatabaseAsync(nameof(PaperExchangeTests), isMigrated: false);
        return await PaperExchange.StartAsync(
            database.Source, Account, Usdc.FromDecimal(1_000), outside, outside, CancellationToken.None);
    }

    private sealed class OutsideWorld : IEventSource, IMarketDirectory
    {
        public Channel<FeedEvent> Reports { get; } = Channel.CreateUnbounded<FeedEvent>();

        public Resolution? End { get; set; }

        public void Want(IReadOnlyCollection<TokenId> tokens)
        {
        }

        public void Reseed(IReadOnlyCollection<TokenId> tokens) => throw new NotSupportedException();

        public async IAsyncEnumerable<FeedEvent> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            await foreach (var report in Reports.Reader.ReadAllAsync(cancellation))
                yield return report;
        }

        public Task<DateTimeOffset> MarketTimeAsync(CancellationToken cancellation) =>
            Task.FromResult(PracticeWorld.Start);

        public Task<IReadOnlyList<Market>> ListAsync(CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<Market>>([Market]);

        public Task<IReadOnlyList<MarketQuote>> QuoteAllAsync(CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<MarketQuote>>([]);

        public Task<IReadOnlyList<Resolution>> ResolvedAsync(
            IReadOnlyCollection<MarketId> markets, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<Resolution>>(End is { } end ? [end] : []);

        public Task<IReadOnlyDictionary<MarketId, IReadOnlyList<long>>> HourlyMidsAsync(
            IReadOnlyCollection<MarketId> markets, int hours, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyDictionary<MarketId, IReadOnlyList<long>>>(
                new Dictionary<MarketId, IReadOnlyList<long>>());
    }
}
