using System.Globalization;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;

namespace Equilibrage.Tests.Support;

/// <summary>Small universes for tests of the simulated venue.</summary>
internal static class PracticeWorld
{
    public static readonly DateTimeOffset Start = new(2026, 3, 11, 20, 0, 0, TimeSpan.Zero);

    public static readonly AccountId Alice = new("sandbox:practice:alice");

    public static readonly AccountId Bob = new("sandbox:practice:bob");

    private static readonly DerivedOrderPreparer Preparer = new();

    public static ListingSeed Listing(
        int index, decimal middle = 0.5m, double hours = 72, long liquidity = 12_000, decimal spread = 0.01m,
        long volume = 5_000)
    {
        var number = index.ToString(CultureInfo.InvariantCulture);
        return new()
        {
            Market = new()
            {
                Id = new(DerivedId.Hex("test-market", number)),
                Question = $"Will number {number} happen?",
                Slug = $"number-{number}",
                Category = "unclassified",
                TokenYes = new($"{number}1"),
                TokenNo = new($"{number}2"),
                NameYes = "Yes",
                NameNo = "No",
                TickSize = TickSize.Cent,
                MinimumOrderSize = Quantity.FromDecimal(5),
                Fees = new(50_000, true),
                ExpectedEnd = Start.AddHours(hours),
            },
            BestBid = Price.FromDecimal(middle - (spread / 2) - ((middle - (spread / 2)) % 0.01m)),
            BestAsk = Price.FromDecimal(middle - (spread / 2) - ((middle - (spread / 2)) % 0.01m) + spread),
            Liquidity = Usdc.FromDecimal(liquidity),
            Volume24h = Usdc.FromDecimal(volume),
        };
    }

    public static ListingSeed[] Listings(int count)
    {
        var listings = new ListingSeed[count];
        for (var i = 0; i < count; i++)
            listings[i] = Listing(i, 0.3m + (0.01m * (i * 7 % 41)), 25 + (i * 11 % 143), 3_000 + (i * 137L % 20_000));
        return listings;
    }

    public static VenueOptions Options(long seed = 7, int step = 300) =>
        new() { Seed = seed, Start = Start, StepSeconds = step };

    public static SimulatedVenue Venue(int markets = 3, long seed = 7, long capital = 1_000)
    {
        var venue = new SimulatedVenue(Listings(markets), Options(seed));
        venue.OpenAccount(Alice, Usdc.FromDecimal(capital));
        venue.OpenAccount(Bob, Usdc.FromDecimal(capital));
        return venue;
    }

    public static PreparedOrder Order(
        Market market, Outcome outcome, Side side, decimal limit, decimal shares, OrderType type = OrderType.Fak,
        bool isPostOnly = false, long salt = 1) => Preparer.Prepare(new()
    {
        ClientOrderId = new(DerivedId.Uuid("test", salt.ToString(CultureInfo.InvariantCulture))),
        AccountId = Alice,
        StrategyId = new("equilibrage"),
        PositionId = new("p"),
        MarketId = market.Id,
        TokenId = market.Token(outcome),
        Outcome = outcome,
        Side = side,
        Limit = Price.FromDecimal(limit),
        Quantity = Quantity.FromDecimal(shares),
        Type = type,
        IsPostOnly = isPostOnly,
        Salt = salt,
        TimestampMs = 0,
    });
}
