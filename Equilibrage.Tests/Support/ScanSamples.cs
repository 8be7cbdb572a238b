using Equilibrage.Core.Markets;
using Equilibrage.Core.Observations;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Tests.Support;

/// <summary>A market, a quote and settings that pass every hard filter, to change one thing at a time.</summary>
internal static class ScanSamples
{
    public static DateTimeOffset Now { get; } = new(2026, 3, 11, 20, 0, 0, TimeSpan.Zero);

    public static Market Market { get; } = new()
    {
        Id = new("0x01"),
        Question = "Will it rain?",
        Slug = "will-it-rain",
        Category = "weather",
        TokenYes = new("1"),
        TokenNo = new("2"),
        NameYes = "Yes",
        NameNo = "No",
        TickSize = TickSize.Cent,
        MinimumOrderSize = Quantity.FromDecimal(5),
        Fees = new(50_000, true),
        ExpectedEnd = Now.AddHours(48),
    };

    public static MarketQuote Quote { get; } = new()
    {
        MarketId = Market.Id,
        At = Now,
        BidYes = Price.FromDecimal(0.50m),
        AskYes = Price.FromDecimal(0.51m),
        BidNo = Price.FromDecimal(0.49m),
        AskNo = Price.FromDecimal(0.50m),
        BidDepthYes = Quantity.FromDecimal(1_000),
        BidDepthNo = Quantity.FromDecimal(1_000),
        ThinDepth = Usdc.FromDecimal(5_000),
    };

    public static ScanSettings Settings { get; } =
        new(EligibilityRules.Default, ScoreWeights.Default, new EntryPlan(Usdc.FromDecimal(100), 0.5m));

    /// <summary>The two asks and bids at once.</summary>
    public static MarketQuote Priced(decimal bidYes, decimal askYes, decimal bidNo, decimal askNo) => Quote with
    {
        BidYes = Price.FromDecimal(bidYes),
        AskYes = Price.FromDecimal(askYes),
        BidNo = Price.FromDecimal(bidNo),
        AskNo = Price.FromDecimal(askNo),
    };

    /// <summary>
    /// A full day of hourly middles that rise and fall by so many cents, ending at <see cref="Now"/>.
    /// </summary>
    public static PriceHistory Swinging(int cents, int hours = PriceHistory.Capacity)
    {
        var history = new PriceHistory();
        for (var i = 0; i < hours; i++)
            history.Observe(Now.AddHours(i - hours + 1), 500_000 + (i % 2 == 0 ? 0 : cents * 10_000));
        return history;
    }
}
