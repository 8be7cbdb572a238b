using System.Text.Json;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Observations;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace Equilibrage.Tests.Unit.Opportunities;

[Trait("Tier", "Unit")]
public sealed class OpportunityScorerTests
{
    [Fact]
    public void Score_AllFactors_IsTheirWeightedSum()
    {
        // Liquidity 8 − 1 = 7, volatility 10, whale 3, news 5: 2.45 + 3 + 0.6 + 0.75 = 6.8.
        var quote = ScanSamples.Quote with
        {
            WhaleNet24h = Usdc.FromDecimal(-300), Volume24h = Usdc.FromDecimal(1_000),
        };
        var news = new NewsSignal(1, ScanSamples.Now.AddHours(-24));

        var opportunity = Score(quote, ScanSamples.Swinging(5), news);

        Assert.Equal(6.8m, opportunity.Raw);
        Assert.Equal(7, opportunity.Score);
        Assert.Equal([2.45m, 3m, 0.6m, 0.75m], opportunity.Factors.Select(factor => factor.Contribution));
        Assert.True(opportunity.IsEligible);
    }

    [Fact]
    public void Score_MissingData_GivesItsWeightToTheOthers()
    {
        // Liquidity 7 at .35/.65, volatility 10 at .30/.65: 5.45 / .65.
        var opportunity = Score(ScanSamples.Quote, ScanSamples.Swinging(5), null);

        Assert.Equal(8.384615m, opportunity.Raw);
        Assert.Equal(0.538462m, opportunity.Liquidity.Weight);
        Assert.Equal(0.461538m, opportunity.Volatility.Weight);
        Assert.False(opportunity.Whale.HasData);
        Assert.Equal(0m, opportunity.News.Weight);
    }

    [Fact]
    public void Score_NoDataAtAll_IsOne()
    {
        var opportunity = Score(null, null, null);

        Assert.Equal((1, 0m), (opportunity.Score, opportunity.Raw));
        Assert.Equal(DenyReason.NoQuote, opportunity.Denial?.Reason);
        Assert.Null(opportunity.ExpectedCostPercent);
    }

    [Fact]
    public void Score_Half_RoundsAwayFromZero()
    {
        var quote = ScanSamples.Priced(0.50m, 0.50m, 0.50m, 0.50m) with { ThinDepth = Usdc.FromDecimal(2_600) };

        // Liquidity 5.6 alone, then 5.5 exactly.
        Assert.Equal(6, Score(quote, null, null).Score);
        Assert.Equal(6, Score(quote with { ThinDepth = Usdc.FromDecimal(2_500) }, null, null).Score);
        Assert.Equal(5, Score(quote with { ThinDepth = Usdc.FromDecimal(2_499) }, null, null).Score);
    }

    [Fact]
    public void Score_ExpectedCost_IsSpreadAndFeesOfBothLegs()
    {
        // Each leg: 1 ¢ on 50 ¢ is 2 %, the fee .05 × .5 is 2.5 %.
        var opportunity = Score(ScanSamples.Priced(0.49m, 0.50m, 0.49m, 0.50m), null, null);

        Assert.Equal(4.5m, opportunity.ExpectedCostPercent);
    }

    [Fact]
    public void Opportunity_Json_SurvivesTheRoundTrip()
    {
        var opportunity = Score(ScanSamples.Priced(0.79m, 0.80m, 0.20m, 0.21m), ScanSamples.Swinging(5), null);

        var copy = JsonSerializer.Deserialize<Opportunity>(JsonSerializer.Serialize(opportunity));

        Assert.Equal(opportunity, copy);
        Assert.Equal(opportunity.Denial, copy!.Denial);
    }

    [Fact]
    public void Weigh_AnyValuesAndWeights_StaysBetweenLowestAndHighestAndAddsUp() => Check.QuickThrowOnFailure(
        Prop.ForAll(Factors().ToArbitrary(), Weights().ToArbitrary(), (factors, weights) =>
        {
            var copy = factors.ToArray();
            var (raw, score) = OpportunityScorer.Weigh(copy, weights);
            var known = copy.Where(factor => factor.WeightMicros > 0).ToList();
            if (known.Count == 0)
                return raw == 0 && score == 1;
            return score is >= 1 and <= 10
                && raw >= known.Min(factor => factor.ValueMicros) - 1
                && raw <= known.Max(factor => factor.ValueMicros) + 1
                && copy.Sum(factor => factor.ContributionMicros) == raw
                && copy.Sum(factor => factor.WeightMicros) == Micros.PerUnit;
        }));

    [Fact]
    public void Scan_SameScore_PrefersEligibleThenTheSoonerEnd()
    {
        var late = ScanSamples.Market with { Id = new("0x0a"), ExpectedEnd = ScanSamples.Now.AddDays(5) };
        var soon = ScanSamples.Market with { Id = new("0x0b"), ExpectedEnd = ScanSamples.Now.AddDays(2) };
        var closed = soon with { Id = new("0x0c"), IsTradable = false };
        var empty = soon with { Id = new("0x0d") };
        Market[] markets = [closed, late, empty, soon];
        var quotes = markets.Where(market => market != empty)
            .ToDictionary(market => market.Id, market => ScanSamples.Quote with { MarketId = market.Id });

        var result = MarketScanner.Scan(
            markets, quotes, new Dictionary<MarketId, PriceHistory>(), ScanSamples.Settings, ScanSamples.Now);

        Assert.Equal([soon.Id, late.Id, closed.Id, empty.Id], result.Opportunities.Select(found => found.MarketId));
        Assert.Equal((4, 2), (result.Scanned, result.Eligible));
        Assert.Equal(1, result.CountsByReason[DenyReason.NotTradable]);
        Assert.Equal(1, result.CountsByReason[DenyReason.NoQuote]);
    }

    [Fact]
    public void Scan_WeightsOfZero_AreRefused()
    {
        var weights = new ScoreWeights { Liquidity = 0, Volatility = 0, Whale = 0, News = 0 };

        Assert.Throws<ArgumentException>(() => MarketScanner.Scan(
            [], new Dictionary<MarketId, MarketQuote>(), new Dictionary<MarketId, PriceHistory>(),
            ScanSamples.Settings with { Weights = weights }, ScanSamples.Now));
    }

    private static Opportunity Score(MarketQuote? quote, PriceHistory? history, NewsSignal? news) =>
        OpportunityScorer.Score(ScanSamples.Market, quote, history, news, ScanSamples.Settings, ScanSamples.Now);

    private static Gen<Factor[]> Factors() =>
        from values in Gen.Choose(-1, 10_000_000).ArrayOf(4)
        select values.Select((value, i) => new Factor
        {
            Kind = (FactorKind)i, ValueMicros = value < 0 || value % 5 == 0 ? null : value,
        }).ToArray();

    private static Gen<ScoreWeights> Weights() =>
        from parts in Gen.Choose(0, 100).ArrayOf(4)
        select new ScoreWeights
        {
            Liquidity = parts[0] / 100m, Volatility = parts[1] / 100m, Whale = parts[2] / 100m, News = parts[3] / 100m,
        };
}
