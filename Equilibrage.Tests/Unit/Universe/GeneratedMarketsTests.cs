using Equilibrage.Core.Simulation;
using Equilibrage.Sandbox.Universe;

namespace Equilibrage.Tests.Unit.Universe;

[Trait("Tier", "Unit")]
public sealed class GeneratedMarketsTests
{
    [Fact]
    public void Create_SameSeed_GivesTheSameMarkets()
    {
        Assert.Equal(GeneratedMarkets.Create(7), GeneratedMarkets.Create(7));
        Assert.NotEqual(GeneratedMarkets.Create(7)[0].Market.Id, GeneratedMarkets.Create(8)[0].Market.Id);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void Create_AnySeed_KeepsTheVenuesRulesAndMix(long seed)
    {
        var start = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

        var listings = GeneratedMarkets.Create(seed, start);

        Assert.Equal(GeneratedMarkets.Count, listings.Count);
        Assert.Equal(listings.Count, listings.Select(listing => listing.Market.Id).Distinct().Count());
        Assert.Equal(2 * listings.Count, listings.SelectMany(Tokens).Distinct().Count());
        Assert.InRange(listings.Count(listing => listing.Market.NameYes != "Yes"), 100, 130);
        Assert.Equal(183, listings.Count(listing => listing.Market.Category == "sports"));
        Assert.All(listings, listing => AssertSound(listing, start));
    }

    [Fact]
    public void Create_ManySeeds_NeverRunsOutOfNames() =>
        Assert.All(Enumerable.Range(0, 200), seed =>
            Assert.Equal(GeneratedMarkets.Count, GeneratedMarkets.Create(seed).Count));

    private static void AssertSound(ListingSeed listing, DateTimeOffset start)
    {
        var market = listing.Market;
        Assert.InRange(market.DecisiveTime, start.AddHours(25), start.AddDays(7));
        Assert.InRange(market.ExpectedEnd, market.DecisiveTime, start.AddDays(7));
        Assert.True(market.Fees is { IsAssumed: true });
        Assert.True(listing.BestBid is not null || listing.BestAsk is not null, market.Question);
        Assert.All(new[] { listing.BestBid, listing.BestAsk }, price =>
            Assert.True(price is not { } known || market.TickSize.IsOnGrid(known), $"{market.Question} {price}"));
        Assert.False(listing.BestBid >= listing.BestAsk);
        Assert.True(listing.Liquidity.ToMicros > 0);
        Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", market.Slug);
    }

    private static IEnumerable<string> Tokens(ListingSeed listing) =>
        [listing.Market.TokenYes.Value, listing.Market.TokenNo.Value];
}
