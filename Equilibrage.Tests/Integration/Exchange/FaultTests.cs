using System.Net;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Exchange;

[Trait("Tier", "Integration")]
public sealed class FaultTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Restart_RefusesOrdersWith425_AndReadsGoOn()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        using var wallet = await PracticeWallet.CreateAsync(served.Http);
        await served.PostAsync("practice/faults", """{"kind":"restart","count":1,"retry_after_seconds":2}""");
        var market = await served.FirstMarketAsync();

        var refused = await wallet.PostAsync(market, Outcome.Yes, Side.Buy, 0.02m, 10);
        var taken = await wallet.PostAsync(market, Outcome.Yes, Side.Buy, 0.02m, 10);

        Assert.Equal((425, "service not ready"), (refused.Status, refused.Body.GetProperty("error").GetString()));
        Assert.Equal(200, taken.Status);
        using var book = await served.Http.GetAsync($"clob/book?token_id={market.TokenYes}");
        Assert.Equal(HttpStatusCode.OK, book.StatusCode);
    }

    [Fact]
    public async Task LostAnswer_OfAnAcceptedOrder_LeavesItOnTheBook()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        using var wallet = await PracticeWallet.CreateAsync(served.Http);
        var market = await served.FirstMarketAsync();
        await served.PostAsync("practice/faults", """{"kind":"lose_answer","route":"POST /order","count":1}""");

        await Assert.ThrowsAsync<HttpRequestException>(
            () => wallet.PostAsync(market, Outcome.Yes, Side.Buy, 0.02m, 10));

        var (_, open) = await wallet.SendAsync(HttpMethod.Get, "/data/orders");
        Assert.Equal(1, open.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task PostOnlyWindow_RefusesWhatMayTake_InTheVenuesForm()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        using var wallet = await PracticeWallet.CreateAsync(served.Http);
        var market = await served.FirstMarketAsync();
        await served.PostAsync(
            "practice/faults", """{"kind":"post_only","duration_ms":60000,"retry_after_seconds":7}""");

        var plain = await wallet.PostAsync(market, Outcome.Yes, Side.Buy, 0.02m, 10);
        var postOnly = await wallet.PostAsync(market, Outcome.Yes, Side.Buy, 0.02m, 10, isPostOnly: true);

        Assert.Equal((503, 200), (plain.Status, postOnly.Status));
        Assert.Equal("post_only_mode", plain.Body.GetProperty("code").GetString());
        Assert.Equal(7, plain.Body.GetProperty("retry_after_seconds").GetInt32());
    }

    [Fact]
    public async Task RateLimit_SaysWhenToComeBack()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        await served.PostAsync(
            "practice/faults", """{"kind":"rate_limit","route":"GET /book","count":1,"retry_after_seconds":3}""");

        using var answer = await served.Http.GetAsync("clob/book?token_id=1");

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(3), answer.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task FrozenAsset_IsSilent_WhileTheOtherAndPongGoOn()
    {
        await using var served = await ServedExchange.StartAsync(postgres, speed: 600);
        var markets = await served.Exchange.ListAsync(default);
        await served.PostAsync("practice/faults", $$"""{"kind":"freeze","asset":"{{markets[0].TokenYes}}"}""");
        using var socket = await served.ConnectAsync("/ws/market");

        await socket.SendAsync(
            $$"""{"assets_ids":["{{markets[0].TokenYes}}","{{markets[1].TokenYes}}"],"type":"market"}""");
        var book = await socket.ReadEventAsync("book");
        var change = await socket.ReadEventAsync("price_change");
        await socket.SendAsync("PING");
        var text = await socket.ReadAsync();
        while (text != "PONG")
            text = await socket.ReadAsync();

        Assert.Equal(markets[1].TokenYes.Value, book.GetProperty("asset_id").GetString());
        Assert.Equal(markets[1].Id.Value, change.GetProperty("market").GetString());
    }

    [Fact]
    public async Task StaleBook_StandsStill_UntilTheFaultIsCleared()
    {
        await using var served = await ServedExchange.StartAsync(postgres, speed: 3000);
        var path = $"clob/book?token_id={(await served.FirstMarketAsync()).TokenYes}";
        await served.PostAsync("practice/faults", """{"kind":"stale_book"}""");
        var first = (await served.GetAsync(path)).GetRawText();
        var begin = served.Exchange.MarketTime;
        await Eventually.TrueAsync(() => served.Exchange.MarketTime > begin + TimeSpan.FromHours(2));

        var second = (await served.GetAsync(path)).GetRawText();
        using var cleared = await served.Http.DeleteAsync("practice/faults");
        var third = (await served.GetAsync(path)).GetRawText();

        Assert.Equal(first, second);
        Assert.NotEqual(first, third);
    }

    [Fact]
    public async Task Script_ThatIsNone_IsRefusedInWords()
    {
        await using var served = await ServedExchange.StartAsync(postgres);

        var answer = await served.PostAsync("practice/faults", """{"kind":"explode"}""");

        Assert.StartsWith("This is no fault", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }
}
