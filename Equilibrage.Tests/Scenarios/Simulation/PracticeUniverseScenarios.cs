using Equilibrage.Core.Markets;
using Equilibrage.Core.Observations;
using Equilibrage.Core.Simulation;
using Equilibrage.Sandbox.Universe;

namespace Equilibrage.Tests.Scenarios.Simulation;

[Trait("Tier", "Scenarios")]
public sealed class PracticeUniverseScenarios
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Universe_Over60MarketDays_KeepsTwentyEligibleAndShowsEveryKindOfEnd(long seed)
    {
        var start = GeneratedMarkets.DefaultStart;
        var venue = new SimulatedVenue(GeneratedMarkets.Create(seed), new() { Seed = seed, Start = start });
        var kinds = new HashSet<ResolutionKind>();
        var fewest = int.MaxValue;
        for (var hour = 1; hour <= 60 * 24; hour++)
        {
            var now = start.AddHours(hour);
            foreach (var report in venue.Advance(now))
            {
                if (report is VenueEvent.Resolved resolved)
                    kinds.Add(resolved.Resolution.Kind);
            }

            if (hour % 4 == 0)
                fewest = Math.Min(fewest, venue.Quotes().Count(quote => IsEligible(venue, quote, now)));
        }

        Assert.True(fewest >= 20, $"Only {fewest} were eligible at some moment.");
        Assert.Equal(Enum.GetValues<ResolutionKind>().Length, kinds.Count);
    }

    private static bool IsEligible(SimulatedVenue venue, MarketQuote quote, DateTimeOffset now) =>
        quote is { AskYes: { } yes, AskNo: { } no }
        && yes.ToMicros is >= 350_000 and <= 650_000 && no.ToMicros is >= 350_000 and <= 650_000
        && yes.ToMicros + no.ToMicros <= 1_030_000
        && venue.Listing(quote.MarketId)!.Market.DecisiveTime >= now.AddHours(24);
}
