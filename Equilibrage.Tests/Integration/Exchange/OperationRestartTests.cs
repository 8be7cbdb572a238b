using Equilibrage.Adapters.Polymarket;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Sandbox.Record;
using Equilibrage.Sandbox.Server;
using Equilibrage.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Equilibrage.Tests.Integration.Exchange;

/// <summary>
/// Operations over the wire, with every kind of wallet: whichever side dies between any two steps, each is carried out
/// once, and balances, receipts and activity say the same as the exchange's record.
/// </summary>
[Trait("Tier", "Integration")]
public sealed class OperationRestartTests(PostgresFixture postgres)
{
    private const int Speed = 200;
    private const int Deaths = 15;

    [Theory]
    [InlineData(SignatureType.Eoa)]
    [InlineData(SignatureType.PolyProxy)]
    [InlineData(SignatureType.PolyGnosisSafe)]
    [InlineData(SignatureType.Poly1271)]
    public async Task Execute_EitherSideDiesBetweenAnyTwoSteps_IsCarriedOutOnce(SignatureType type)
    {
        var time = new FastTime(Speed);
        var options = new PracticeServerOptions { HasRateLimits = false };
        await using var world = new World(
            await ServedExchange.StartAsync(postgres, options: options, wall: time), time, type);
        var market = await world.MarketAsync();
        var receipts = new List<ChainReceipt>();

        for (var death = 1; death <= Deaths; death++)
        {
            var isSplit = death % 3 != 0;
            var operation = new ChainOperation(
                new($"op-{death}"), isSplit ? ChainOperationKind.Split : ChainOperationKind.Merge, market, null,
                Quantity.FromMicros(isSplit ? 2_000_000 + death : 1_000_000 + death));
            receipts.Add(await world.ExecuteAsync(operation, death));
        }

        var record = await world.RecordAsync();
        Assert.Equal(Deaths, record.Actions.Count);
        Assert.Equal(
            record.Actions.Select(action => action.TransactionHash).Order(StringComparer.Ordinal),
            receipts.Select(receipt => receipt.TransactionHash!).Order(StringComparer.Ordinal));
        Assert.Equal(record.Cash, Sum(receipts, Usdc.FromDecimal(1_000)));
        Assert.Equal(
            record.Tokens.ToDictionary(pair => pair.Key, pair => pair.Value.ToMicros),
            receipts.SelectMany(receipt => receipt.Shares).GroupBy(pair => pair.Key)
                .ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value)));
        var activity = await world.ActivityAsync();
        Assert.Equal(Deaths, activity.Items.Select(item => item.Id).Distinct().Count());
        Assert.Equal(record.Cash, activity.Items.Aggregate(Usdc.FromDecimal(1_000), (sum, item) => sum + item.Cash));
    }

    private static Usdc Sum(IEnumerable<ChainReceipt> receipts, Usdc first) =>
        receipts.Aggregate(first, (sum, receipt) => sum + receipt.Cash);

    private sealed class DeadException : Exception;

    /// <summary>Both sides, and the wire between them, on which one of them dies.</summary>
    private sealed class World : IAsyncDisposable
    {
        private readonly EthereumSigner signer = EthereumSigner.Generate();
        private readonly MemoryOperations store = new();
        private readonly FastTime time;
        private readonly TradingWallet wallet;
        private ServedExchange served;

        public World(ServedExchange served, FastTime time, SignatureType type)
        {
            (this.served, this.time) = (served, time);
            var contracts = Contracts.Polygon;
            wallet = new(signer.Address, type switch
            {
                SignatureType.PolyProxy => WalletDerivation.Proxy(signer.Address, contracts),
                SignatureType.PolyGnosisSafe => WalletDerivation.Safe(signer.Address, contracts),
                SignatureType.Poly1271 => WalletDerivation.DepositWallet(signer.Address, contracts),
                _ => signer.Address,
            }, type);
        }

        public async Task<MarketId> MarketAsync() => (await served.FirstMarketAsync()).Id;

        public async Task<ChainReceipt> ExecuteAsync(ChainOperation operation, int death)
        {
            var wire = new DyingWire(this, death);
            for (var life = 0; life < 40; life++)
            {
                await using var connection = Connect(wire);
                try
                {
                    var answer = await connection.Venue!.ExecuteAsync(operation, default);
                    if (answer.Value is { } receipt)
                        return receipt;
                    Assert.Equal(VenueErrorKind.Unavailable, answer.Error!.Kind);
                }
                catch (DeadException)
                {
                    // The desk's next life begins.
                    Assert.True(wire.IsOver);
                }
            }

            throw new InvalidOperationException($"{operation.Id} never ends.");
        }

        public Task<ComparableRecord> RecordAsync() => served.RecordAsync(new(wallet.Funder.ToLowerString()));

        public async Task<AccountActivity> ActivityAsync()
        {
            await using var connection = Connect(new DyingWire(this, 0));
            AccountActivity? read = null;
            await Eventually.TrueAsync(async () =>
                (read = (await connection.Venue!.GetActivityAsync(PracticeWorld.Start, default)).Value) is not null);
            return read!;
        }

        public async ValueTask DisposeAsync()
        {
            await served.DisposeAsync();
            signer.Dispose();
        }

        private PolymarketConnection Connect(HttpMessageHandler wire) => PolymarketConnection.Trading(
            new ExchangeAccess(
                PolymarketOptions.Practice(served.Server.Address), time, NullLoggerFactory.Instance, wire),
            new() { Signer = signer, Wallet = wallet }, null, store, NullLoggerFactory.Instance);

        private async Task RestartAsync() => served = await served.RestartAsync(
            options: new() { HasRateLimits = false }, wall: time);

        // Odd deaths come before the request arrives, even ones after its effect; the sides take turns.
        private sealed class DyingWire(World world, int death) : DelegatingHandler(new SocketsHttpHandler())
        {
            private int count;

            public bool IsOver { get; private set; }

            protected override async Task<HttpResponseMessage> SendAsync(
                HttpRequestMessage request, CancellationToken cancellationToken)
            {
                var isNow = !IsOver && ++count == death;
                if (isNow && death % 2 == 1)
                    await DieAsync();
                request.RequestUri = new Uri(world.served.Server.Address, request.RequestUri!.PathAndQuery);
                var answer = await base.SendAsync(request, cancellationToken);
                if (isNow)
                    await DieAsync();
                return answer;
            }

            // Every life of the desk disposes of its connections; the wire stays.
            protected override void Dispose(bool disposing)
            {
            }

            private async Task DieAsync()
            {
                IsOver = true;
                if (death % 4 < 2)
                    throw new DeadException();
                await world.RestartAsync();
                throw new HttpRequestException("The exchange is gone.");
            }
        }
    }
}
