using System.Text.Json;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Exchange;

[Trait("Tier", "Integration")]
public sealed class MarketChannelTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Subscription_OfTwoTokens_StartsWithTheirBooksAsRestShowsThem()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        var market = await served.FirstMarketAsync();
        using var socket = await served.ConnectAsync("/ws/market");

        await socket.SendAsync(Subscribe(market.TokenYes, market.TokenNo));
        var yes = await socket.ReadEventAsync("book", book => Says(book, "asset_id", market.TokenYes.Value));

        var rest = await served.GetAsync($"clob/book?token_id={market.TokenYes}");
        Assert.Equal(rest.GetProperty("bids").GetRawText(), yes.GetProperty("bids").GetRawText());
        Assert.Equal(rest.GetProperty("asks").GetRawText(), yes.GetProperty("asks").GetRawText());
    }

    [Fact]
    public async Task Ping_IsAnsweredWithPong()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        using var socket = await served.ConnectAsync("/ws/market");

        await socket.SendAsync("PING");

        Assert.Equal("PONG", await socket.ReadAsync());
    }

    [Fact]
    public async Task Subscription_OfKnownTokensAlone_IsAnsweredInWords()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        var market = await served.FirstMarketAsync();
        using var socket = await served.ConnectAsync("/ws/market");
        await socket.SendAsync(Subscribe(market.TokenYes));
        await socket.ReadEventAsync("book");

        await socket.SendAsync($$"""{"operation":"subscribe","assets_ids":["{{market.TokenYes}}"]}""");

        var text = await socket.ReadAsync();
        while (text is not null && text[0] is '{' or '[')
            text = await socket.ReadAsync();
        Assert.Equal("NO NEW ASSETS", text);
    }

    [Fact]
    public async Task Trade_IsPrinted_AndBothTokensChange()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        var market = await served.FirstMarketAsync();
        using var socket = await served.ConnectAsync("/ws/market");
        await socket.SendAsync(Subscribe(market.TokenYes, market.TokenNo));
        await socket.ReadEventAsync("book");

        var answer = await served.Exchange.SubmitAsync(
            PracticeWorld.Order(market, Outcome.Yes, Side.Buy, 0.99m, 20), default);

        Assert.Equal(OrderStatus.Filled, answer.Value!.Status);
        var change = await socket.ReadEventAsync("price_change");
        var tokens = change.GetProperty("price_changes").EnumerateArray()
            .Select(each => each.GetProperty("asset_id").GetString()).Distinct();
        Assert.Equal(2, tokens.Count());
    }

    [Fact]
    public async Task Clock_IsToldToThoseWhoAsk()
    {
        await using var served = await ServedExchange.StartAsync(postgres, speed: 100);
        using var socket = await served.ConnectAsync("/ws/market");
        await socket.SendAsync("""{"assets_ids":[],"type":"market","custom_feature_enabled":true}""");

        var first = Ms(await socket.ReadEventAsync("practice_clock"));
        var second = Ms(await socket.ReadEventAsync("practice_clock"));

        Assert.True(second > first);
        Assert.True(first >= PracticeWorld.Start.ToUnixTimeMilliseconds());
    }

    private static long Ms(JsonElement json) => long.Parse(
        json.GetProperty("timestamp").GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    private static bool Says(JsonElement json, string name, string value) =>
        json.GetProperty(name).GetString() == value;

    private static string Subscribe(params TokenId[] tokens) =>
        $$"""
        {"assets_ids":[{{string.Join(',', tokens.Select(token => $"\"{token}\""))}}],"type":"market",
        "initial_dump":true,"level":2,"custom_feature_enabled":true}
        """;
}
