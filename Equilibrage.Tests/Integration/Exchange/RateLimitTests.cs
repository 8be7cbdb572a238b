using System.Net;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Exchange;

[Trait("Tier", "Integration")]
public sealed class RateLimitTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Flood_OfOneRoute_IsQueuedAndThenRefused_WhileOthersGoOn()
    {
        await using var served = await ServedExchange.StartAsync(postgres);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 160).Select(_ => served.Http.GetAsync("clob/ok")));

        var refused = answers.Where(answer => answer.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.InRange(answers.Count(answer => answer.StatusCode == HttpStatusCode.OK), 100, 112);
        Assert.All(refused, answer => Assert.NotNull(answer.Headers.RetryAfter));
        using var other = await served.Http.GetAsync("clob/time");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        foreach (var answer in answers)
            answer.Dispose();
    }

    [Fact]
    public async Task SilentKey_AfterAHeartbeat_LosesItsOrders()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        using var wallet = await PracticeWallet.CreateAsync(served.Http);
        var market = await served.FirstMarketAsync();
        await wallet.PostAsync(market, Outcome.Yes, Side.Buy, 0.02m, 10);
        await wallet.SendAsync(HttpMethod.Post, "/v1/heartbeats", body: """{"heartbeat_id":""}""");
        Assert.Equal(1, await OpenAsync(wallet));

        await Eventually.TrueAsync(async () => await OpenAsync(wallet) == 0);
    }

    private static async Task<int> OpenAsync(PracticeWallet wallet) =>
        (await wallet.SendAsync(HttpMethod.Get, "/data/orders")).Body.GetProperty("count").GetInt32();
}
