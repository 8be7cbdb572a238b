using Equilibrage.Core.Opportunities;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Sandbox.Universe;

namespace Equilibrage.Bench;

/// <summary>Filters and scores each market as it comes off the parser.</summary>
internal sealed class StreamingScan
{
    private readonly ScanSettings settings = FullFileRun.Settings();
    private readonly DateTimeOffset clock = new(2026, 3, 11, 20, 47, 22, TimeSpan.Zero);
    private readonly List<Opportunity> found = new(40_000);

    public void Take(GammaMarket wire)
    {
        if (!GammaMapping.TryMap(wire, out var market, out _) || market.ExpectedEnd <= clock)
            return;
        var quote = ListingQuote.Of(GammaListing.Of(market, wire), clock);
        found.Add(OpportunityScorer.Score(market, quote, null, null, settings, clock));
    }

    public ScanResult Finish() => MarketScanner.Rank(found, clock);
}
