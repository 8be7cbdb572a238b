using Equilibrage.Core.Markets;
using Equilibrage.Core.Observations;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Opportunities;

[Trait("Tier", "Unit")]
public sealed class EligibilityTests
{
    [Fact]
    public void Check_OrdinaryMarket_IsEligible() => Assert.Null(Check(ScanSamples.Quote));

    [Fact]
    public void Check_EightyTwentyOne_IsRefusedByTheBand()
    {
        var denial = Check(ScanSamples.Priced(0.79m, 0.80m, 0.20m, 0.21m));

        Assert.Equal(new Denial(DenyReason.PriceBand, "the YES ask 0.8 is outside 0.35-0.65"), denial);
        Assert.Equal(
            "An ask is outside the allowed band: the YES ask 0.8 is outside 0.35-0.65.", denial!.Explain());
    }

    [Theory]
    [InlineData(0.34, 0.35, 0.64, 0.65, null)]
    [InlineData(0.33, 0.34, 0.64, 0.65, DenyReason.PriceBand)]
    [InlineData(0.50, 0.52, 0.49, 0.51, null)]
    [InlineData(0.50, 0.52, 0.49, 0.52, DenyReason.PairCost)]
    [InlineData(0.425, 0.50, 0.49, 0.50, DenyReason.BidTooFarBelowAsk)]
    [InlineData(0.426, 0.50, 0.49, 0.50, null)]
    [InlineData(0.49, 0.50, 0.425, 0.50, DenyReason.BidTooFarBelowAsk)]
    [InlineData(0.01, 0.99, 0.01, 0.99, DenyReason.GhostBook)]
    public void Check_Prices_AreJudgedAtTheirLimits(
        double bidYes, double askYes, double bidNo, double askNo, DenyReason? expected)
    {
        var quote = ScanSamples.Priced((decimal)bidYes, (decimal)askYes, (decimal)bidNo, (decimal)askNo);

        Assert.Equal(expected, Check(quote)?.Reason);
    }

    [Theory]
    [InlineData(24.0, null)]
    [InlineData(23.99, DenyReason.TooCloseToEnd)]
    [InlineData(-1.0, DenyReason.TooCloseToEnd)]
    public void Check_EventStart_DecidesBeforeTheEnd(double hours, DenyReason? expected)
    {
        var market = ScanSamples.Market with
        {
            EventStart = ScanSamples.Now.AddHours(hours), ExpectedEnd = ScanSamples.Now.AddDays(9),
        };

        Assert.Equal(expected, Check(ScanSamples.Quote, market)?.Reason);
    }

    [Fact]
    public void Check_DecisiveTimePast_IsRefusedEvenWithoutAMinimum()
    {
        var rules = EligibilityRules.Default with { MinHoursToEnd = 0 };
        var market = ScanSamples.Market with { ExpectedEnd = ScanSamples.Now };

        Assert.Equal(DenyReason.TooCloseToEnd, Check(ScanSamples.Quote, market, rules)?.Reason);
    }

    [Theory]
    [InlineData(199.99, 1_000, DenyReason.ThinDepth)]
    [InlineData(200, 1_000, null)]
    [InlineData(1_000, 199, DenyReason.ThinDepth)]
    public void Check_BidDepth_MustBeTwiceThePlan(double yes, double no, DenyReason? expected)
    {
        var quote = ScanSamples.Priced(0.49m, 0.50m, 0.49m, 0.50m) with
        {
            BidDepthYes = Quantity.FromDecimal((decimal)yes), BidDepthNo = Quantity.FromDecimal((decimal)no),
        };

        Assert.Equal(expected, Check(quote)?.Reason);
    }

    [Fact]
    public void Check_OneLeggedPlan_IgnoresSizeAndDepthOfTheOther()
    {
        var quote = ScanSamples.Quote with { BidDepthNo = Quantity.Zero };
        var plan = new EntryPlan(Usdc.FromDecimal(100), 1m);

        Assert.Null(Eligibility.Check(ScanSamples.Market, quote, EligibilityRules.Default, plan, ScanSamples.Now));
    }

    [Theory]
    [InlineData(5.2, null)]
    [InlineData(4.9, DenyReason.BelowMinimumSize)]
    public void Check_SmallPlan_NeedsTheMarketsMinimum(double capital, DenyReason? expected)
    {
        var plan = new EntryPlan(Usdc.FromDecimal((decimal)capital), 0.5m);

        Assert.Equal(expected, Eligibility.Check(
            ScanSamples.Market, ScanSamples.Quote, EligibilityRules.Default, plan, ScanSamples.Now)?.Reason);
    }

    [Fact]
    public void Check_MissingSides_NameTheFirst()
    {
        Assert.Equal("the YES side has no ask", Check(null)?.Detail);
        Assert.Equal("the YES side has no bid", Check(ScanSamples.Quote with { BidYes = null })?.Detail);
        Assert.Equal("the NO side has no ask", Check(ScanSamples.Quote with { AskNo = null })?.Detail);
        Assert.Equal("the NO side has no bid", Check(ScanSamples.Quote with { BidNo = null })?.Detail);
    }

    [Fact]
    public void Check_MarketFacts_ComeBeforePrices()
    {
        var closed = ScanSamples.Market with { IsTradable = false };
        var free = ScanSamples.Market with { Fees = null };

        Assert.Equal(DenyReason.NotTradable, Check(null, closed)?.Reason);
        Assert.Equal(DenyReason.FeeUnknown, Check(ScanSamples.Quote, free)?.Reason);
    }

    [Theory]
    [InlineData(-1, 0.5)]
    [InlineData(1, 1.01)]
    [InlineData(1, -0.01)]
    public void EntryPlan_OutOfRange_IsRefused(int capital, double ratio) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new EntryPlan(Usdc.FromDecimal(capital), (decimal)ratio));

    [Fact]
    public void DenyReason_Every_HasItsOwnCodeAndWords()
    {
        Assert.Equal(DenyReasons.All.Count, DenyReasons.All.Select(reason => reason.Code()).Distinct().Count());
        Assert.All(DenyReasons.All, reason =>
        {
            Assert.Matches("^[a-z]+(_[a-z]+)*$", reason.Code());
            Assert.Equal(reason.ToString(), reason.Code().Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
            Assert.EndsWith(".", new Denial(reason).Explain(), StringComparison.Ordinal);
        });
    }

    private static Denial? Check(MarketQuote? quote, Market? market = null, EligibilityRules? rules = null) =>
        Eligibility.Check(
            market ?? ScanSamples.Market, quote, rules ?? EligibilityRules.Default, ScanSamples.Settings.Plan,
            ScanSamples.Now);
}
