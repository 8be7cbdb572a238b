using Equilibrage.Adapters.Polymarket;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Equilibrage.Tests.Integration.Exchange;

/// <summary>The venue over the wire: signed orders to the served practice exchange, held against its record.</summary>
[Trait("Tier", "Integration")]
public sealed class VenueTests(PostgresFixture postgres)
{
    // The wire knows no leading zeros, which the token ids of a market with number zero would have.
    private static readonly ListingSeed[] Markets = [PracticeWorld.Listing(1), PracticeWorld.Listing(2)];

    [Fact]
    public async Task Order_Resting_IsFoundAndCanceledOnce()
    {
        await using var served = await ServedExchange.StartAsync(postgres, Markets);
        await using var trader = new WireTrader(served);
        var order = await trader.OrderAsync(Side.Buy, OrderType.Gtc, away: true);

        var submitted = await trader.Venue.SubmitAsync(order, default);
        Assert.Equal((OrderStatus.Accepted, null), (submitted.Value?.Status, submitted.Error));
        Assert.Equal(OrderStatus.Accepted, (await trader.Venue.FindAsync(order, default)).Value!.Status);
        var account = await trader.AccountAsync();
        Assert.Equal(order.VenueOrderId, Assert.Single(account.OpenOrders).VenueOrderId);
        var again = await trader.Venue.SubmitAsync(order, default);
        Assert.Equal(OrderStatus.Accepted, again.Value!.Status);

        var ended = await trader.Venue.CancelAsync(order.VenueOrderId, default);

        Assert.Equal(OrderStatus.Canceled, ended.Value!.Status);
        Assert.Equal(OrderStatus.Canceled, (await trader.Venue.FindAsync(order, default)).Value!.Status);
        Assert.Empty((await trader.AccountAsync()).OpenOrders);
    }

    [Fact]
    public async Task Purchase_AtOnce_IsBookedAsTheExchangeBooksIt()
    {
        await using var served = await ServedExchange.StartAsync(postgres, Markets, speed: 20);
        await using var trader = new WireTrader(served);
        var before = await trader.AccountAsync();
        var order = await trader.OrderAsync(Side.Buy, OrderType.Fak, away: false);

        var bought = (await trader.Venue.SubmitAsync(order, default)).Value!;

        var fill = Assert.Single(bought.Fills);
        Assert.True(fill.Notional <= order.Command.Spend!.Value);
        Assert.True(fill.Price <= order.Command.Limit);
        var after = await trader.AccountAsync();
        Assert.Equal(before.Cash - fill.Notional - fill.Fee, after.Cash);
        Assert.Equal(fill.Quantity, after.Tokens[order.Command.TokenId]);
        var found = (await trader.Venue.FindAsync(order, default)).Value!;
        Assert.Equal((bought.Status, fill), (found.Status, Assert.Single(found.Fills)));
        await Eventually.TrueAsync(async () =>
            (await trader.Venue.GetSettlementsAsync([fill.TradeId], default)).Value?.Count == 1,
            TimeSpan.FromMinutes(2));
        var settled = await trader.AccountAsync();
        Assert.Equal((after.Cash, after.Tokens[order.Command.TokenId]), (settled.Cash, fill.Quantity));
    }

    [Fact]
    public async Task Refusals_InTheExchangesWords_EndTheOrder()
    {
        await using var served = await ServedExchange.StartAsync(postgres, Markets);
        await using var trader = new WireTrader(served);
        var tooMuch = await trader.OrderAsync(Side.Buy, OrderType.Gtc, away: true, shares: 1_000_000);
        var tooSmall = await trader.OrderAsync(Side.Buy, OrderType.Gtc, away: true, shares: 1);
        var nothingOwned = await trader.OrderAsync(Side.Sell, OrderType.Fak, away: false);

        foreach (var (order, words) in new[] { (tooMuch, "balance"), (tooSmall, "minimum"), (nothingOwned, "balance") })
        {
            var answer = (await trader.Venue.SubmitAsync(order, default)).Value!;
            Assert.Equal(OrderStatus.Rejected, answer.Status);
            Assert.Contains(words, answer.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Batch_Heartbeat_AndCancelAll_Work()
    {
        await using var served = await ServedExchange.StartAsync(postgres, Markets);
        await using var trader = new WireTrader(served);
        PreparedOrder[] orders =
        [
            await trader.OrderAsync(Side.Buy, OrderType.Gtc, away: true),
            await trader.OrderAsync(Side.Buy, OrderType.Gtc, away: true, shares: 6),
        ];

        var answers = await trader.Venue.SubmitAsync(orders, default);
        Assert.All(answers, answer => Assert.Equal(OrderStatus.Accepted, answer.Value!.Status));
        var beat = new Heartbeat(trader.Connection.Session!, TimeProvider.System, NullLogger<Heartbeat>.Instance);
        await beat.BeatAsync(default);
        await beat.BeatAsync(default);
        var canceled = await trader.Venue.CancelAllAsync(default);

        Assert.Equal(2, beat.Beats);
        Assert.Equal(2, canceled.Value!.Canceled!.Count);
        Assert.Empty((await trader.AccountAsync()).OpenOrders);
    }

    [Fact]
    public async Task Answers_OfTheWholeSession_AreAsTheRecordsExpect()
    {
        await using var served = await ServedExchange.StartAsync(postgres, Markets);
        await using var trader = new WireTrader(served);
        await trader.Venue.SubmitAsync(await trader.OrderAsync(Side.Buy, OrderType.Fak, away: false), default);
        await trader.Venue.GetAccountAsync(default);

        Assert.DoesNotContain(
            trader.Connection.Drift, field => field.Key.Kind is DriftKind.Missing or DriftKind.Changed);
    }
}
