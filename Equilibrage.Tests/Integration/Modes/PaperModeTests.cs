using Equilibrage.Adapters.Storage;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.State;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;
using Equilibrage.Web.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Equilibrage.Tests.Integration.Modes;

/// <summary>Paper mode against a practice exchange, as if that were Polymarket.</summary>
[Trait("Tier", "Integration")]
public sealed class PaperModeTests(PracticeServerFixture exchange, PostgresFixture postgres)
    : IClassFixture<PracticeServerFixture>
{
    private static readonly Type[] Signing = [typeof(EthereumSigner), typeof(RequestSigner), typeof(ApiCredentials)];

    [Fact]
    public async Task Paper_ItsWholeComposition_HoldsNothingThatCouldSign()
    {
        await using var desk = await Desk.StartAsync(postgres, exchange, DeskMode.Paper);
        await desk.SnapshotAsync((await desk.Parts.Directory.ListAsync(default))[0].TokenYes);

        Assert.Empty(desk.Signers());
        Assert.False(File.Exists(Path.Combine(desk.Options.Data, "practice-wallet.key")));
    }

    [Fact]
    public async Task Sandbox_ItsComposition_HoldsASigner()
    {
        // Without this, the test above could be looking in the wrong place.
        await using var desk = await Desk.StartAsync(postgres, exchange, DeskMode.Sandbox);

        Assert.Contains(desk.Signers(), signer => signer is EthereumSigner);
    }

    [Fact]
    public async Task Paper_LiveBook_IsShownAndExecutedAgainstWithoutTheExchangeKnowing()
    {
        await using var desk = await Desk.StartAsync(postgres, exchange, DeskMode.Paper);
        var quotes = await desk.Parts.Directory.QuoteAllAsync(default);
        var quote = quotes.First(each =>
            each is { AskYes: not null, BidYes: not null } && each.ThinDepth > Usdc.FromDecimal(100));
        var market = (await desk.Parts.Directory.ListAsync(default)).Single(each => each.Id == quote.MarketId);
        var book = await desk.SnapshotAsync(market.TokenYes);
        Assert.NotEmpty(book.Asks);

        var worst = Price.FromDecimal(0.99m);
        var order = desk.Parts.Venue.Prepare(PracticeWorld.Order(
            market, Outcome.Yes, Side.Buy, market.TickSize.Floor(worst).ToDecimal(), 10).Command);
        var answer = await desk.Parts.Venue.SubmitAsync(order, default);

        Assert.Equal(OrderStatus.Filled, answer.Value!.Status);
        var account = (await desk.Parts.Venue.GetAccountAsync(default)).Value!;
        Assert.Equal(10m, account.Tokens[market.TokenYes].ToDecimal());
        Assert.Null((await exchange.Exchange.AskAsync(
            venue => venue.Find(order.VenueOrderId), isChange: false, default)).Value);
    }

    private sealed class Desk : IAsyncDisposable
    {
        private readonly TempFolder folder;
        private readonly TestDatabase database;
        private readonly StorageHost storage;

        private Desk(TempFolder folder, TestDatabase database, StorageHost storage, DeskParts parts, RunOptions options)
        {
            (this.folder, this.database, this.storage) = (folder, database, storage);
            (Parts, Options) = (parts, options);
        }

        public DeskParts Parts { get; }

        public RunOptions Options { get; }

        public static async Task<Desk> StartAsync(
            PostgresFixture postgres, PracticeServerFixture exchange, DeskMode mode)
        {
            var home = new TempFolder();
            var fresh = await postgres.CreateDatabaseAsync(nameof(PaperModeTests));
            var options = new RunOptions { Mode = mode, Data = home.Path, Exchange = exchange.Address };
            var opened = await StorageHost.OpenAsync(
                new(home.Path, fresh.ConnectionString, SourceTree.Root), CancellationToken.None);
            var parts = mode == DeskMode.Paper
                ? await PaperMode.StartAsync(options, opened, NullLoggerFactory.Instance, CancellationToken.None)
                : await SandboxMode.StartAsync(options, opened, NullLoggerFactory.Instance, CancellationToken.None);
            return new(home, fresh, opened, parts, options);
        }

        public IReadOnlyList<object> Signers() =>
            [.. ObjectGraph.Reach(Parts).Where(part => Signing.Contains(part.GetType()))];

        public async Task<Core.Books.BookSnapshot> SnapshotAsync(TokenId token)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            Parts.Source.Want([token]);
            await foreach (var report in Parts.Source.ReadAsync(limit.Token))
            {
                if (report is FeedEvent.Snapshot { Book: var book } && book.TokenId == token)
                    return book;
            }

            throw new InvalidOperationException("The feed ended.");
        }

        public async ValueTask DisposeAsync()
        {
            await Parts.DisposeAsync();
            await storage.DisposeAsync();
            await database.DisposeAsync();
            folder.Dispose();
        }
    }
}
