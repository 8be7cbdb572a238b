using System.Net;
using System.Text.Json;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Exchange;

[Trait("Tier", "Integration")]
public sealed class PublicReadingTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Gamma_KeysetPages_GiveEveryMarketOnce()
    {
        await using var served = await ServedExchange.StartAsync(postgres, PracticeWorld.Listings(250));

        var ids = new List<string>();
        var pages = 0;
        for (string? cursor = ""; cursor is not null; pages++)
        {
            var page = await served.GetAsync($"gamma/markets/keyset?limit=500&after_cursor={cursor}");
            var markets = page.GetProperty("markets").EnumerateArray().ToList();
            Assert.InRange(markets.Count, 1, 100);
            ids.AddRange(markets.Select(market => market.GetProperty("conditionId").GetString()!));
            cursor = page.TryGetProperty("next_cursor", out var next) ? next.GetString() : null;
        }

        Assert.Equal((250, 250, 3), (ids.Count, ids.Distinct().Count(), pages));
    }

    [Fact]
    public async Task Gamma_Market_IsReadByOurOwnParserAsTheListingSays()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        var market = await served.FirstMarketAsync();
        var text = await served.Http.GetByteArrayAsync($"gamma/markets/slug/{market.Slug}");

        var wire = new GammaMarket();
        Assert.True(new GammaMarketParser().TryParse(text, wire));
        Assert.True(GammaMapping.TryMap(wire, out var mapped, out _));
        Assert.Equal(
            (market.Id, market.TokenYes, market.TokenNo, market.TickSize, market.ExpectedEnd),
            (mapped.Id, mapped.TokenYes, mapped.TokenNo, mapped.TickSize, mapped.ExpectedEnd));
        Assert.Equal((50_000, false), (mapped.Fees!.RateMicros, mapped.Fees.IsAssumed));
    }

    [Fact]
    public async Task Gamma_OffsetList_SaysThatItIsDeprecated()
    {
        await using var served = await ServedExchange.StartAsync(postgres);

        using var answer = await served.Http.GetAsync("gamma/markets?limit=2&offset=1");

        Assert.True(answer.Headers.Contains("Deprecation"));
        Assert.True(answer.Headers.Contains("Sunset"));
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(2, body.RootElement.GetArrayLength());
    }

    [Fact]
    public async Task Book_OfAToken_MirrorsTheOtherTokens()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        var market = await served.FirstMarketAsync();

        var books = await served.PostAsync(
            "clob/books", $$"""[{"token_id":"{{market.TokenYes}}"},{"token_id":"{{market.TokenNo}}"}]""");

        var yes = books[0].GetProperty("bids").EnumerateArray()
            .Select(level => (1 - Decimal(level, "price"), Decimal(level, "size"))).ToList();
        var no = books[1].GetProperty("asks").EnumerateArray()
            .Select(level => (Decimal(level, "price"), Decimal(level, "size"))).ToList();
        Assert.NotEmpty(yes);
        Assert.Equal(yes, no);
        Assert.Matches("^[0-9a-f]{40}$", books[0].GetProperty("hash").GetString());
    }

    [Fact]
    public async Task Prices_OfABook_AreItsBestLevels()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        var token = (await served.FirstMarketAsync()).TokenYes;

        var book = await served.GetAsync($"clob/book?token_id={token}");
        var bid = await served.GetAsync($"clob/price?token_id={token}&side=BUY");
        var ask = await served.GetAsync($"clob/price?token_id={token}&side=SELL");
        var spread = await served.GetAsync($"clob/spread?token_id={token}");

        Assert.Equal(Decimal(book.GetProperty("bids").EnumerateArray().Last(), "price"), Decimal(bid, "price"));
        Assert.Equal(Decimal(book.GetProperty("asks").EnumerateArray().Last(), "price"), Decimal(ask, "price"));
        Assert.Equal(Decimal(ask, "price") - Decimal(bid, "price"), Decimal(spread, "spread"));
    }

    [Theory]
    [InlineData("clob/book?token_id=123456", HttpStatusCode.NotFound)]
    [InlineData("clob/book?token_id=abc", HttpStatusCode.BadRequest)]
    [InlineData("clob/price?token_id=01&side=LEFT", HttpStatusCode.BadRequest)]
    [InlineData("clob/clob-markets/0x00", HttpStatusCode.NotFound)]
    [InlineData("gamma/markets/slug/nothing", HttpStatusCode.NotFound)]
    [InlineData("gamma/markets/keyset?after_cursor=***", HttpStatusCode.BadRequest)]
    [InlineData("gamma/markets?order=luck", HttpStatusCode.UnprocessableEntity)]
    [InlineData("clob/prices-history?market=01", HttpStatusCode.BadRequest)]
    [InlineData("nowhere", HttpStatusCode.NotFound)]
    public async Task Request_ThatCannotBeServed_GetsAnErrorInWords(string path, HttpStatusCode status)
    {
        await using var served = await ServedExchange.StartAsync(postgres);

        using var answer = await served.Http.GetAsync(path);

        Assert.Equal(status, answer.StatusCode);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.NotEmpty(body.RootElement.GetProperty("error").GetString()!);
    }

    [Fact]
    public async Task History_OfBothTokens_AddsUpToOne()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        var market = await served.FirstMarketAsync();

        var yes = await served.GetAsync($"clob/prices-history?market={market.TokenYes}&interval=1d&fidelity=60");
        var no = await served.GetAsync($"clob/prices-history?market={market.TokenNo}&interval=1d&fidelity=60");

        var sums = yes.GetProperty("history").EnumerateArray().Zip(
            no.GetProperty("history").EnumerateArray(),
            (left, right) => left.GetProperty("p").GetDecimal() + right.GetProperty("p").GetDecimal()).ToList();
        Assert.InRange(sums.Count, 23, 25);
        Assert.All(sums, sum => Assert.Equal(1, sum));
    }

    [Fact]
    public async Task Page_OfAnotherSite_IsTurnedAway()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        using var request = new HttpRequestMessage(HttpMethod.Get, "clob/ok");
        request.Headers.Add("Origin", "https://elsewhere.example");

        using var answer = await served.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private static decimal Decimal(JsonElement json, string name) =>
        Micros.TryParse(json.GetProperty(name).GetString(), out var micros) ? Micros.ToDecimal(micros) : -1;
}
