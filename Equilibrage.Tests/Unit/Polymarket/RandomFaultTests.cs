using Equilibrage.Adapters.Polymarket;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Equilibrage.Tests.Unit.Polymarket;

/// <summary>
/// A thousand random scripts of faults: whatever happens on the way, the desk ends with exactly the orders, executions
/// and dollars that the exchange has on record, and no order arrives twice.
/// </summary>
[Trait("Tier", "Unit")]
public sealed class RandomFaultTests
{
    private const int ScriptsPerCase = 100;
    private const int OrdersPerScript = 4;

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, 10)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Orders_UnderRandomFaults_AreNeitherLostNorDoubled(int first)
    {
        using var signer = EthereumSigner.FromHex("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
        var (taken, faults) = (0, 0);
        for (var seed = first * ScriptsPerCase; seed < (first + 1) * ScriptsPerCase; seed++)
        {
            var exchange = new FaultyExchange(seed, signer.Address.ToString());
            await RunAsync(exchange, signer, seed);
            (taken, faults) = (taken + exchange.Orders.Count, faults + exchange.Faults);
        }

        // Scripts without faults, or in which nothing gets through, would prove nothing.
        Assert.True(taken > ScriptsPerCase, $"{taken} orders taken");
        Assert.True(faults > ScriptsPerCase * OrdersPerScript, $"{faults} faults");
    }

    private static async Task RunAsync(FaultyExchange exchange, EthereumSigner signer, int seed)
    {
        var options = PolymarketOptions.Practice(new("http://127.0.0.1:5090")) with { ReadsChain = false };
        var access = new ExchangeAccess(options, new ImpatientTime(), NullLoggerFactory.Instance, exchange);
        await using var connection = PolymarketConnection.Trading(
            access, new() { Signer = signer, Wallet = TradingWallet.Own(signer.Address) }, null,
            new MemoryOperations(), NullLoggerFactory.Instance);
        var venue = (PolymarketVenue)connection.Venue!;
        var random = new Random(seed);
        var fates = new List<(PreparedOrder Order, VenueOrder? Fate)>();
        for (var count = 0; count < OrdersPerScript; count++)
        {
            var order = venue.Prepare(Command(seed, count, random.Next(2) == 0));
            fates.Add((order, await FateAsync(venue, order)));
        }

        exchange.CalmDown();
        Assert.All(exchange.Arrivals, pair => Assert.True(pair.Value == 1, $"script {seed}: {pair.Key} came twice"));
        foreach (var (order, fate) in fates)
        {
            var record = exchange.Orders.GetValueOrDefault(order.VenueOrderId.Value);
            // One that was canceled untouched may be told as one that never was: neither holds anything.
            Assert.True(record is not null || fate is null, $"script {seed}: the exchange has no {order.VenueOrderId}");
            Assert.Equal(record?.Matched ?? 0, fate?.Fills.Sum(fill => fill.Quantity.ToMicros) ?? 0);
            Assert.False(record is { IsLive: true }, $"script {seed}: {order.VenueOrderId} still works");
        }

        var account = (await venue.GetAccountAsync(default)).Value!;
        Assert.Equal((exchange.SettledCash, 0), (account.Cash, account.OpenOrders.Count));
    }

    /// <summary>
    /// Submits once, as the desk does: an unknown fate is looked up, what shows no trace is canceled, and what rests is
    /// canceled in the end. Null when the order does not exist.
    /// </summary>
    private static async Task<VenueOrder?> FateAsync(PolymarketVenue venue, PreparedOrder order)
    {
        var answer = await venue.SubmitAsync(order, default);
        if (answer.Error is { Kind: not VenueErrorKind.Unknown } || answer.Value?.Status == OrderStatus.Rejected)
            return null;
        if (answer.Value is { } told && told.Status.IsTerminal())
            return new(order.VenueOrderId, told.Status, told.Fills, null);
        while (true)
        {
            var found = await venue.FindAsync(order, default);
            if (found.Value is { } known && known.Status.IsTerminal())
                return known;
            if (found.Error is not null)
                continue;
            var ended = await venue.CancelAsync(order.VenueOrderId, default);
            if (ended.Value is { } last)
                return found.Value is not null || last.Fills.Count > 0 ? last : null;
        }
    }

    private static OrderCommand Command(int seed, int count, bool isTaker) => new()
    {
        ClientOrderId = new($"c-{count}"),
        AccountId = new("sandbox:practice:test"),
        StrategyId = new("equilibrage"),
        PositionId = new("p-1"),
        MarketId = new(ScriptedExchange.Market),
        TokenId = new(ScriptedExchange.Yes),
        Outcome = Core.Markets.Outcome.Yes,
        Side = Side.Buy,
        Limit = Price.FromDecimal(isTaker ? 0.52m : 0.4m),
        Quantity = Quantity.FromDecimal(10),
        Spend = isTaker ? Usdc.FromDecimal(5.2m) : null,
        Type = isTaker ? OrderType.Fak : OrderType.Gtc,
        Salt = (seed * 100L) + count + 1,
        TimestampMs = 1777377600000,
    };
}
