using Equilibrage.Core.Opportunities;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Opportunities;

[Trait("Tier", "Unit")]
public sealed class PriceHistoryTests
{
    private static DateTimeOffset Now => ScanSamples.Now;

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 30_000)]
    [InlineData(10, 100_000)]
    public void Sigma_AlternatingPrices_IsTheirStep(int cents, long micros) =>
        Assert.Equal(micros, ScanSamples.Swinging(cents).SigmaMicros(Now));

    [Fact]
    public void Sigma_SteadyTrend_IsZero()
    {
        var history = new PriceHistory();
        for (var i = 0; i < 25; i++)
            history.Observe(Now.AddHours(i - 24), 300_000 + (i * 10_000));

        Assert.Equal(0, history.SigmaMicros(Now));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(5, false)]
    [InlineData(6, false)]
    [InlineData(7, true)]
    public void Sigma_FewerThanSixHours_IsUnknown(int prices, bool isKnown) =>
        Assert.Equal(isKnown, ScanSamples.Swinging(2, prices).SigmaMicros(Now) is not null);

    [Fact]
    public void Sigma_LongSilence_FadesToUnknown()
    {
        var history = ScanSamples.Swinging(4);

        Assert.True(history.SigmaMicros(Now.AddHours(12)) < history.SigmaMicros(Now));
        Assert.Null(history.SigmaMicros(Now.AddHours(22)));
        Assert.Null(history.SigmaMicros(Now.AddDays(40)));
    }

    [Fact]
    public void Observe_SameHour_LastOneStands()
    {
        var history = new PriceHistory();
        history.Observe(Now, 400_000);
        history.Observe(Now.AddMinutes(59), 410_000);
        history.Observe(Now.AddHours(-3), 900_000);

        Assert.Equal(410_000, history.LastMidMicros);
        Assert.Equal(1, history.ObservedHours);
    }

    [Fact]
    public void Observe_SkippedHours_CarryThePriceButDoNotCount()
    {
        var history = new PriceHistory();
        history.Observe(Now.AddHours(-20), 400_000);
        history.Observe(Now, 500_000);

        Assert.Equal(2, history.ObservedHours);
        Assert.Null(history.SigmaMicros(Now));
    }

    [Fact]
    public void Seed_EmptyHistory_TakesTheLastHours()
    {
        var history = new PriceHistory();
        history.Seed(Now, [.. Enumerable.Range(0, 40).Select(i => 500_000L + (i % 2 * 30_000))]);

        Assert.Equal(25, history.ObservedHours);
        Assert.Equal(30_000, history.SigmaMicros(Now.AddHours(-1)));
    }

    [Fact]
    public void Seed_AfterAnObservation_IsIgnored()
    {
        var history = new PriceHistory();
        history.Observe(Now, 400_000);
        history.Seed(Now, [500_000, 600_000]);

        Assert.Equal(400_000, history.LastMidMicros);
        Assert.Equal(1, history.ObservedHours);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    public void Observe_NoPrice_IsRefused(long micros) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PriceHistory().Observe(Now, micros));
}
