using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Exchange;

/// <summary>Orders over a wire that spoils one request in five: none is lost, and none is there twice.</summary>
[Trait("Tier", "Integration")]
public sealed class FaultyWireTests(PostgresFixture postgres)
{
    private const int Orders = 40;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Orders_OverAFaultyWire_AreNeitherLostNorDoubled(int seed)
    {
        await using var served = await ServedExchange.StartAsync(
            postgres, [PracticeWorld.Listing(1), PracticeWorld.Listing(2)], speed: 20);
        var wire = new FaultyWire(seed, percent: 20);
        await using var trader = new WireTrader(served, wire);
        var random = new Random(seed);
        var fates = new List<(PreparedOrder Order, VenueOrder? Fate)>();
        for (var count = 0; count < Orders; count++)
        {
            var isTaker = random.Next(2) == 0;
            var order = await trader.OrderAsync(
                Side.Buy, isTaker ? OrderType.Fak : OrderType.Gtc, away: !isTaker);
            fates.Add((order, await FateAsync(trader, order)));
        }

        wire.IsOn = false;
        Assert.True(wire.Faults.Values.Sum() > Orders / 10);
        Assert.True(fates.Count(one => one.Fate is not null) > Orders / 4);
        Assert.All(wire.Reached, pair => Assert.Equal(1, pair.Value));
        var cash = Usdc.FromDecimal(1_000);
        foreach (var (order, fate) in fates)
        {
            var told = (await trader.Venue.FindAsync(order, default)).Value;
            Assert.Equal(SharesOf(told), SharesOf(fate));
            Assert.Equal(told is null || told.Status == OrderStatus.Rejected, fate is null);
            foreach (var fill in fate?.Fills ?? [])
                cash = cash - fill.Notional - fill.Fee;
        }

        Assert.Equal(cash, (await trader.AccountAsync()).Cash);
    }

    private static long SharesOf(VenueOrder? order) => order?.Fills.Sum(fill => fill.Quantity.ToMicros) ?? 0;

    /// <summary>Submits once; while the fate is unknown, looks it up, and cancels what shows no trace.</summary>
    private static async Task<VenueOrder?> FateAsync(WireTrader trader, PreparedOrder order)
    {
        var answer = await trader.Venue.SubmitAsync(order, default);
        if (answer.Value is { } told)
            return told.Status == OrderStatus.Rejected ? null : new(order.VenueOrderId, told.Status, told.Fills, null);
        if (answer.Error!.Kind != VenueErrorKind.Unknown)
            return null;
        while (true)
        {
            var found = await trader.Venue.FindAsync(order, default);
            if (found.Value is not null)
                return found.Value;
            if (found.Error is not null)
                continue;
            var ended = await trader.Venue.CancelAsync(order.VenueOrderId, default);
            if (ended.Value is { } last)
                return last.Fills.Count > 0 ? last : null;
        }
    }
}
