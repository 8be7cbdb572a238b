using System.Collections.Immutable;
using Equilibrage.Adapters.Polymarket;
using Equilibrage.Adapters.Transport;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Ports;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Equilibrage.Tests.Integration.Exchange;

/// <summary>The directory over the wire, held against what the exchange itself says.</summary>
[Trait("Tier", "Integration")]
public sealed class DirectoryTests(PostgresFixture postgres)
{
    [Fact]
    public async Task List_OverTheWire_HasEveryMarketAsItIsListed()
    {
        await using var served = await ServedExchange.StartAsync(postgres, PracticeWorld.Listings(230));
        using var world = new Outside(served);

        var theirs = (await served.Exchange.ListAsync(default)).ToImmutableSortedDictionary(Key, Facts);
        var ours = (await world.Directory.ListAsync(default)).ToImmutableSortedDictionary(Key, Facts);

        Assert.Equal(theirs, ours);

        static string Key(Market market) => market.Id.Value;
        static (string, TokenId, TokenId, TickSize, Quantity, bool, long, DateTimeOffset) Facts(Market market) => (
            market.Question, market.TokenYes, market.TokenNo, market.TickSize, market.MinimumOrderSize,
            market.IsNegRisk, market.Fees!.RateMicros, market.ExpectedEnd);
    }

    [Fact]
    public async Task Quote_OfAMarketWithABook_IsWhatTheExchangeComputes()
    {
        // At speed 1 the books of one step stand for a second, so that both sides can be read of the same one.
        await using var served = await ServedExchange.StartAsync(postgres);
        using var world = new Outside(served);

        await Eventually.TrueAsync(async () =>
        {
            var theirs = (await served.Exchange.QuoteAllAsync(default)).ToDictionary(quote => quote.MarketId);
            var ours = await world.Directory.QuoteAllAsync(default);
            return ours.Count == theirs.Count && ours.All(quote => theirs[quote.MarketId] is var other
                && (quote.BidYes, quote.AskYes) == (other.BidYes, other.AskYes)
                && (quote.BidNo, quote.AskNo) == (other.BidNo, other.AskNo)
                && (quote.BidDepthYes, quote.BidDepthNo) == (other.BidDepthYes, other.BidDepthNo)
                && Math.Abs(quote.ThinDepth.ToMicros - other.ThinDepth.ToMicros) <= 20);
        });
    }

    [Fact]
    public async Task HourlyMids_OverTheWire_AreTheExchangesOwn()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        using var world = new Outside(served);
        world.Clock.Hear(served.Exchange.MarketTime);
        var markets = (await served.Exchange.ListAsync(default)).Select(market => market.Id).ToList();

        var theirs = await served.Exchange.HourlyMidsAsync(markets, 24, default);
        var ours = await world.Directory.HourlyMidsAsync(markets, 24, default);

        Assert.Equal(markets.Count, ours.Count);
        foreach (var market in markets)
        {
            Assert.True(ours[market].Count >= 23, $"{ours[market].Count} hours");
            Assert.Equal(theirs[market].TakeLast(20), ours[market].TakeLast(20));
        }
    }

    [Fact]
    public async Task Resolved_EndedMarket_IsToldWithItsPayout()
    {
        await using var served = await ServedExchange.StartAsync(
            postgres, [PracticeWorld.Listing(1, hours: 25), PracticeWorld.Listing(2, hours: 900)], speed: 100_000);
        using var world = new Outside(served);
        var ids = (await served.Exchange.ListAsync(default)).Select(market => market.Id).ToList();

        await Eventually.TrueAsync(async () => (await served.Exchange.ResolvedAsync(ids, default)).Count > 0);
        var theirs = Assert.Single(await served.Exchange.ResolvedAsync([ids[0]], default));
        var ours = Assert.Single(await world.Directory.ResolvedAsync([ids[0]], default));

        Assert.Equal((theirs.MarketId, theirs.PayoutYes), (ours.MarketId, ours.PayoutYes));
        Assert.InRange((ours.ResolvedAt - theirs.ResolvedAt).TotalSeconds, -1, 1);
    }

    [Fact]
    public async Task List_WithoutTheExchange_SaysThatItIsUnavailable()
    {
        var served = await ServedExchange.StartAsync(postgres);
        using var world = new Outside(served, TimeSpan.FromMilliseconds(100));
        await served.DisposeAsync();

        await Assert.ThrowsAsync<VenueUnavailableException>(() => world.Directory.ListAsync(default));
    }

    private sealed class Outside : IDisposable
    {
        private readonly HttpClient http = new();
        private readonly RateGate gate = new(TimeProvider.System, new());

        public Outside(ServedExchange served, TimeSpan? patience = null)
        {
            var transport = new VenueHttp(
                new HttpRestTransport(http, PolymarketEndpoints.For(served.Server.Address), TimeProvider.System),
                gate, TimeProvider.System, new() { Patience = patience ?? TimeSpan.FromSeconds(20) },
                NullLogger<VenueHttp>.Instance);
            Clock = new(TimeProvider.System, isVenueTime: true);
            Directory = new(new(transport), new(transport), Clock, TimeProvider.System, _ => Task.CompletedTask);
        }

        public MarketClock Clock { get; }

        public PolymarketDirectory Directory { get; }

        public void Dispose()
        {
            gate.Dispose();
            http.Dispose();
        }
    }
}
