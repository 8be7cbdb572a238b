using System.Text.Json;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Rest.Gamma;

namespace Equilibrage.Tests.Unit.Rest;

[Trait("Tier", "Unit")]
public sealed class GammaWireTests
{
    private static readonly GammaMarketRecord Market = new()
    {
        Id = "1557558",
        ConditionId = "0x" + new string('7', 64),
        Question = "Bitcoin \"Up\" or Down?",
        Slug = "btc-updown",
        Outcomes = ["Up", "It's \"down\""],
        OutcomePrices = ["0.505", "0.495"],
        ClobTokenIds = ["104212", "711833"],
        TickSize = TickSize.Cent,
        MinimumSize = Quantity.FromDecimal(5),
        FeesEnabled = true,
        FeeType = "crypto_fees_v2",
        FeeSchedule = new() { Exponent = 1, Rate = 0.07m, IsTakerOnly = true, RebateRate = 0.2m },
        BestBid = Price.FromDecimal(0.5m),
        BestAsk = Price.FromDecimal(0.51m),
        EndDate = new(2026, 3, 12, 9, 25, 0, TimeSpan.Zero),
        IsActive = true,
        IsClosed = false,
        IsAcceptingOrders = true,
        IsOrderBookEnabled = true,
        Events = [new() { Id = "7", Title = "BTC", Slug = "btc" }],
    };

    [Fact]
    public void Market_Written_HasListsInText()
    {
        var json = JsonSerializer.Serialize(Market, PolymarketJson.Wire.GammaMarketRecord);

        Assert.Contains("\"clobTokenIds\":\"[\\\"104212\\\", \\\"711833\\\"]\"", json, StringComparison.Ordinal);
        Assert.Contains("\"endDate\":\"2026-03-12T09:25:00Z\"", json, StringComparison.Ordinal);
        Assert.Contains("\"orderPriceMinTickSize\":0.01", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Market_Written_IsReadByTheParserAndByTheContext()
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(Market, PolymarketJson.Wire.GammaMarketRecord);

        var parsed = new GammaMarketParser().Parse(json)!;
        var record = JsonSerializer.Deserialize(json, PolymarketJson.Wire.GammaMarketRecord)!;

        Assert.True(GammaMapping.TryMap(parsed, out var market, out _));
        Assert.Equal("It's \"down\"", market.NameNo);
        Assert.Equal(70_000, market.Fees!.RateMicros);
        Assert.Equal(Market.Outcomes, record.Outcomes);
        Assert.Equal(Market.EndDate, record.EndDate);
    }

    [Fact]
    public void Market_NullsAndNativeLists_AreRead()
    {
        var record = JsonSerializer.Deserialize(
            """
            {"id":12,"outcomes":["Yes","No"],"outcomePrices":null,"clobTokenIds":"no list","bestBid":"",
             "volume":"26458.188064999995","closed":null,"gameStartTime":"2026-04-05 15:10:00+00"}
            """, PolymarketJson.Wire.GammaMarketRecord)!;

        Assert.Equal("12", record.Id);
        Assert.Equal(["Yes", "No"], record.Outcomes);
        Assert.Null(record.ClobTokenIds);
        Assert.Null(record.BestBid);
        Assert.Equal(Usdc.FromMicros(26_458_188_065), record.Volume);
        Assert.Equal(new DateTimeOffset(2026, 4, 5, 15, 10, 0, TimeSpan.Zero), record.GameStartTime);
    }
}
