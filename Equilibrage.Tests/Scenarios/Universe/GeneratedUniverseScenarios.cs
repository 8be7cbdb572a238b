using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Simulation;
using Equilibrage.Sandbox.Universe;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Scenarios.Universe;

[Trait("Tier", "Scenarios")]
public sealed class GeneratedUniverseScenarios
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(42)]
    [InlineData(2_026)]
    public void Scan_GeneratedUniverse_FindsTwentyToEnter(long seed)
    {
        var venue = new SimulatedVenue(
            GeneratedMarkets.Create(seed), new() { Seed = seed, Start = GeneratedMarkets.DefaultStart });
        var markets = venue.Markets();
        var now = venue.MarketTime;
        var mids = venue.HourlyMids([.. markets.Select(market => market.Id)], PriceHistory.Capacity);

        var result = MarketScanner.Scan(
            markets, venue.Quotes().ToDictionary(quote => quote.MarketId),
            mids.ToDictionary(pair => pair.Key, pair => History(now, pair.Value)), ScanSamples.Settings, now);

        Assert.Equal(GeneratedMarkets.Count, result.Scanned);
        Assert.InRange(result.Eligible, 20, 120);
        Assert.True(
            result.Opportunities.Count(found => found.IsEligible && found.Score >= 6) >= 5,
            string.Join(' ', result.Opportunities.Where(found => found.IsEligible).Select(found => found.Score)));
    }

    private static PriceHistory History(DateTimeOffset now, IReadOnlyList<long> mids)
    {
        var history = new PriceHistory();
        history.Seed(now, mids);
        return history;
    }
}
