using System.Text;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Exchange;

[Trait("Tier", "Integration")]
public sealed class RestartTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Restart_KeepsKeysOrdersAndTrades_AndTheDuplicateIsStillOne()
    {
        var first = await ServedExchange.StartAsync(postgres);
        using var wallet = await PracticeWallet.CreateAsync(first.Http);
        var market = await first.FirstMarketAsync();
        var resting = wallet.Order(market, Outcome.Yes, Side.Buy, 0.02m, 10);
        await wallet.SendAsync(HttpMethod.Post, "/order", body: resting);
        await wallet.PostAsync(market, Outcome.No, Side.Buy, 0.97m, 12);
        var orders = (await wallet.SendAsync(HttpMethod.Get, "/data/orders")).Body.GetRawText();

        await using var second = await first.RestartAsync();
        var again = wallet.Over(second.Http);

        Assert.Equal(orders, (await again.SendAsync(HttpMethod.Get, "/data/orders")).Body.GetRawText());
        var trades = (await again.SendAsync(HttpMethod.Get, "/data/trades")).Body.GetProperty("data");
        Assert.Equal("TAKER", trades[0].GetProperty("trader_side").GetString());
        var (status, repeated) = await again.SendAsync(HttpMethod.Post, "/order", body: resting);
        Assert.Equal(400, status);
        Assert.Contains("Duplicated", repeated.GetProperty("error").GetString(), StringComparison.Ordinal);
        var (_, canceled) = await again.SendAsync(HttpMethod.Delete, "/cancel-all");
        Assert.Equal(1, canceled.GetProperty("canceled").GetArrayLength());
    }

    [Fact]
    public async Task UnknownOrder_ThatWasCanceled_IsRefusedWhenItComes()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        using var wallet = await PracticeWallet.CreateAsync(served.Http);
        var market = await served.FirstMarketAsync();
        var late = wallet.Order(market, Outcome.Yes, Side.Buy, 0.02m, 10);
        var id = IdOf(late, market);

        var (_, canceled) = await wallet.SendAsync(
            HttpMethod.Delete, "/order", body: $$"""{"orderID":"{{id}}"}""");
        var (status, refused) = await wallet.SendAsync(HttpMethod.Post, "/order", body: late);

        Assert.Contains(
            "can't be found", canceled.GetProperty("not_canceled").GetProperty(id).GetString(),
            StringComparison.Ordinal);
        Assert.Equal(400, status);
        Assert.Contains(
            "order canceled", refused.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GridThatBecomesFiner_IsTold_AndOldOrdersStay()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        using var wallet = await PracticeWallet.CreateAsync(served.Http);
        var market = await served.FirstMarketAsync();
        await wallet.PostAsync(market, Outcome.Yes, Side.Buy, 0.02m, 10);
        using var socket = await served.ConnectAsync("/ws/market");
        await socket.SendAsync($$"""{"assets_ids":["{{market.TokenYes}}"],"type":"market"}""");
        await socket.ReadEventAsync("book");

        await served.PostAsync("practice/faults", $$"""{"kind":"refine_tick","asset":"{{market.TokenYes}}"}""");
        var told = await socket.ReadEventAsync("tick_size_change");

        Assert.Equal("0.001", told.GetProperty("new_tick_size").GetString());
        var tick = await served.GetAsync($"clob/tick-size?token_id={market.TokenYes}");
        Assert.Equal(0.001m, tick.GetProperty("minimum_tick_size").GetDecimal());
        var (_, open) = await wallet.SendAsync(HttpMethod.Get, "/data/orders");
        Assert.Equal(1, open.GetProperty("count").GetInt32());
        var (status, _) = await wallet.PostAsync(
            market with { TickSize = TickSize.FromMicros(1_000) }, Outcome.Yes, Side.Buy, 0.021m, 10);
        Assert.Equal(200, status);
    }

    // The id is the hash of what is signed, so it is known without asking anyone.
    private static string IdOf(string body, Market market)
    {
        Assert.Null(OrderJsonReader.Read(Encoding.UTF8.GetBytes(body), out var request));
        return request.Order.Id(ExchangeDomain.For(137, market.IsNegRisk)).ToString();
    }
}
