using System.Globalization;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Opportunities;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;

namespace Equilibrage.Tests.Support.Trading;

/// <summary>Markets and judgements of them for tests of the engine.</summary>
internal static class MarketBuilder
{
    public static readonly DateTimeOffset Start = new(2026, 3, 11, 20, 0, 0, TimeSpan.Zero);

    public static Market Market(int number = 1, long rateMicros = 0, double hours = 72, decimal minimum = 5) => new()
    {
        Id = new(DerivedId.Hex("market", number.ToString(CultureInfo.InvariantCulture))),
        Question = $"Will number {number} happen?",
        Slug = $"number-{number}",
        Category = "politics",
        TokenYes = new($"{number}1"),
        TokenNo = new($"{number}2"),
        NameYes = "Yes",
        NameNo = "No",
        TickSize = TickSize.FromMicros(1_000),
        MinimumOrderSize = Quantity.FromDecimal(minimum),
        Fees = new(rateMicros, false),
        ExpectedEnd = Start.AddHours(hours),
    };

    public static Opportunity Judged(Market market, int score, Refusal? refusal = null) => new()
    {
        MarketId = market.Id,
        At = Start,
        DecisiveTime = market.DecisiveTime,
        Score = score,
        RawMicros = score * Micros.PerUnit,
        Liquidity = new() { Kind = FactorKind.Liquidity, ValueMicros = score * Micros.PerUnit },
        Volatility = new() { Kind = FactorKind.Volatility },
        Whale = new() { Kind = FactorKind.Whale },
        News = new() { Kind = FactorKind.News },
        Refusal = refusal,
    };

    public static ScanResult Scan(DateTimeOffset at, params (Market Market, int Score)[] found) =>
        MarketScanner.Rank([.. found.Select(item => Judged(item.Market, item.Score))], at);

    public static Refusal Refused { get; } = new(DenyReason.PriceBand, Outcome.Yes, 710_000, 350_000, 650_000);
}
