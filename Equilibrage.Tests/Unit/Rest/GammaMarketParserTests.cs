using System.Text;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Rest;

[Trait("Tier", "Unit")]
public sealed class GammaMarketParserTests
{
    [Fact]
    public void Parse_WholeLine_ReadsWhatIsUsed()
    {
        var market = Parse(GammaLines.Line(7));

        Assert.NotNull(market);
        Assert.Equal("Will it rain?", market.Question);
        Assert.Equal(("Yes", "No", 2), (market.NameYes, market.NameNo, market.OutcomeCount));
        Assert.Equal(("71", "72", 2), (market.TokenYes, market.TokenNo, market.TokenCount));
        Assert.Equal(Price.FromDecimal(0.49m), market.BestBid);
        Assert.Equal(Usdc.FromDecimal(552_626.28232m), market.Liquidity);
        Assert.Equal(Usdc.FromDecimal(72_575.938546m), market.Volume24h);
        Assert.Equal(("306", "rain-in-march", "Rain – March"), (market.EventId, market.EventSlug, market.EventTitle));
        Assert.Equal(new DateTimeOffset(2026, 3, 19, 15, 10, 0, TimeSpan.Zero), market.GameStartTime);
        Assert.Null(market.FeeType);
    }

    [Theory]
    [InlineData("[\"Yes\",\"No\"]", "Yes", "No", 2)]
    [InlineData("\"[\\\"A \\\\\\\"B\\\\\\\"\\\", \\\"\\u00c9t\\u00e9\\\"]\"", "A \"B\"", "Été", 2)]
    [InlineData("\"[]\"", null, null, 0)]
    [InlineData("\"not a list\"", null, null, 0)]
    [InlineData("null", null, null, 0)]
    [InlineData("\"[\\\"a\\\",\\\"b\\\",\\\"c\\\"]\"", "a", "b", 3)]
    public void Parse_Outcomes_AreReadInEveryForm(string text, string? first, string? second, int count)
    {
        var market = Parse(GammaLines.Line(7, ("\"[\\\"Yes\\\", \\\"No\\\"]\"", text)));

        Assert.Equal((first, second, count), (market!.NameYes, market.NameNo, market.OutcomeCount));
    }

    [Theory]
    [InlineData("0.49,\"bestAsk\":0.51", "\"0.49\",\"bestAsk\":\"0.51\"", 0.49, 0.51)]
    [InlineData("0.49,\"bestAsk\":0.51", "4.9e-1,\"bestAsk\":0.5100000000000001", 0.49, 0.51)]
    [InlineData("0.49,\"bestAsk\":0.51", "null,\"bestAsk\":2", null, null)]
    [InlineData("0.49,\"bestAsk\":0.51", "-0.1,\"bestAsk\":\"x\"", null, null)]
    [InlineData("0.49,\"bestAsk\":0.51", "{},\"bestAsk\":[0.51]", null, null)]
    public void Parse_Numbers_AreReadInEveryForm(string old, string text, double? bid, double? ask)
    {
        var market = Parse(GammaLines.Line(7, (old, text)));

        Assert.Equal(bid is null ? null : Price.FromDecimal((decimal)bid), market!.BestBid);
        Assert.Equal(ask is null ? null : Price.FromDecimal((decimal)ask), market.BestAsk);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}{}")]
    [InlineData("{\"question\":\"\\ud800\"}")]
    [InlineData("{\"events\":[")]
    public void Parse_NoWholeObject_IsNull(string text) => Assert.Null(Parse(text));

    [Fact]
    public void Parse_InvalidUtf8_IsNull() =>
        Assert.Null(new GammaMarketParser().Parse([.. "{\"slug\":\""u8, 0xC3, 0x28, .. "\"}"u8]));

    [Fact]
    public void TryParse_UsedAgain_ForgetsTheLineBefore()
    {
        var (parser, market) = (new GammaMarketParser(), new GammaMarket());
        Assert.True(parser.TryParse(Encoding.UTF8.GetBytes(GammaLines.Line(7)), market));

        Assert.True(parser.TryParse("{}"u8, market));

        Assert.All(typeof(GammaMarket).GetProperties(), property =>
            Assert.Contains(property.GetValue(market), (object?[])[null, 0]));
    }

    [Theory]
    [InlineData("false,\"feeType", "true,\"feeSchedule\":{\"rate\":0.03,\"exponent\":1},\"feeType", 30_000, false)]
    [InlineData("false,\"feeType", "false,\"feeSchedule\":{\"rate\":\"0.03\"},\"feeType", 0, false)]
    [InlineData("false,\"feeType", "true,\"feeSchedule\":{\"rate\":0.03,\"exponent\":2},\"feeType", 50_000, true)]
    [InlineData("false,\"feeType", "true,\"feeSchedule\":null,\"feeType", 50_000, true)]
    [InlineData("\"feeType\":null", "\"feeType\":\"crypto_fees\"", 70_000, true)]
    public void Map_Fees_PreferTheSchedule(string old, string text, long rate, bool isAssumed) =>
        Assert.Equal(new FeeSchedule(rate, isAssumed), Map(GammaLines.Line(7, (old, text))).Market!.Fees);

    [Theory]
    [InlineData("\"gameStartTime\":\"2026-03-19 15:10:00+00\",", "", "will-it-rain", "weather")]
    [InlineData("\"gameStartTime\":\"2026-03-19 15:10:00+00\",", "", "will-trump-say-tariff", "mentions")]
    [InlineData("\"gameStartTime\":\"2026-03-19 15:10:00+00\",", "", "xyzzy", "unclassified")]
    [InlineData("\"gameStartTime\":\"2026-03-19 15:10:00+00\",", "\"category\":\"US Politics\",", "xyzzy", "politics")]
    [InlineData("\"feeType\":null", "\"feeType\":\"crypto_15_min\"", "xyzzy", "crypto")]
    [InlineData("\"feeType\":null", "\"feeType\":null", "xyzzy", "sports")]
    public void Map_Category_IsInferred(string old, string text, string slug, string category)
    {
        var line = GammaLines.Line(7, (old, text), ("will-it-rain", slug), ("rain-in-march", "x"));

        Assert.Equal(category, Map(line).Market!.Category);
    }

    [Theory]
    [InlineData("0x0", "0y0", SkipReason.NoConditionId)]
    [InlineData("Will it rain?", " ", SkipReason.NoQuestion)]
    [InlineData("\\\"No\\\"", "\\\"\\\"", SkipReason.WrongOutcomeCount)]
    [InlineData("\\\"72\\\"", "\\\"71\\\"", SkipReason.NoTokens)]
    [InlineData("\\\"72\\\"", "\\\"7x\\\"", SkipReason.NoTokens)]
    [InlineData("\"closed\":false", "\"closed\":true", SkipReason.Closed)]
    [InlineData("\"active\":true", "\"active\":\"false\"", SkipReason.Inactive)]
    [InlineData("\"archived\":false", "\"archived\":true", SkipReason.Inactive)]
    [InlineData("\"enableOrderBook\":true", "\"enableOrderBook\":null", SkipReason.NoOrderBook)]
    [InlineData("\"acceptingOrders\":true", "\"acceptingOrders\":false", SkipReason.NotAcceptingOrders)]
    [InlineData("0.01,", "0.03,", SkipReason.UnknownTick)]
    [InlineData("\"orderMinSize\":5", "\"orderMinSize\":0", SkipReason.NoMinimumSize)]
    [InlineData("2026-03-20T00:00:00Z", "later", SkipReason.NoEndDate)]
    public void Map_UnusableLine_NamesTheReason(string old, string text, SkipReason reason) =>
        Assert.Equal(reason, Map(GammaLines.Line(7, (old, text))).Reason);

    [Fact]
    public void Map_NoPriceAnywhere_NamesTheReason() => Assert.Equal(SkipReason.NoPrice, Map(GammaLines.Line(
        7, ("\\\"0.5\\\", \\\"0.5\\\"", "\\\"1\\\", \\\"0\\\""), ("0.49,", "0,"), ("0.51,", "1,"))).Reason);

    [Fact]
    public void Map_EventStart_PrefersTheGame()
    {
        var window = GammaLines.Line(
            7, ("\"gameStartTime\":\"2026-03-19 15:10:00+00\"", "\"eventStartTime\":\"2026-03-18T00:00:00Z\""));

        Assert.Equal(19, Map(GammaLines.Line(7)).Market!.EventStart?.Day);
        Assert.Equal(18, Map(window).Market!.EventStart?.Day);
    }

    private static GammaMarket? Parse(string line) => new GammaMarketParser().Parse(Encoding.UTF8.GetBytes(line));

    private static (Market? Market, SkipReason? Reason) Map(string line)
    {
        GammaMapping.TryMap(Parse(line)!, out var market, out var reason);
        return (market, reason);
    }
}
