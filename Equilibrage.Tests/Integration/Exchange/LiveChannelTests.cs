using System.Text.Json;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Exchange;

[Trait("Tier", "Integration")]
public sealed class LiveChannelTests(PostgresFixture postgres)
{
    [Fact]
    public async Task OldForm_OfOneCoin_StartsWithABacklogAndGoesOnByMarketTime()
    {
        await using var served = await ServedExchange.StartAsync(postgres, speed: 100);
        using var socket = await served.ConnectAsync("/ws/live");

        await socket.SendAsync("""
            {"action":"subscribe","subscriptions":[{"topic":"crypto_prices","type":"update",
            "filters":"{\"symbol\":\"btcusdt\"}"}]}
            """);
        var backlog = Parse(await socket.ReadAsync());
        var first = Parse(await socket.ReadAsync());
        var second = Parse(await socket.ReadAsync());

        Assert.Equal("subscribe", backlog.GetProperty("type").GetString());
        Assert.Equal(25, backlog.GetProperty("payload").GetProperty("data").GetArrayLength());
        Assert.Equal("btcusdt", first.GetProperty("payload").GetProperty("symbol").GetString());
        Assert.True(Stamp(second.GetProperty("payload")) > Stamp(first.GetProperty("payload")));
        Assert.InRange(first.GetProperty("payload").GetProperty("value").GetDecimal(), 50_000, 80_000);
    }

    [Fact]
    public async Task NewForm_NeedsCredentials_AndNumbersItsFrames()
    {
        await using var served = await ServedExchange.StartAsync(postgres, speed: 100);
        using var wallet = await PracticeWallet.CreateAsync(served.Http);
        using var socket = await served.ConnectAsync("/ws/live-v2");
        const string Subscribe = """
            {"op":"subscribe","rid":"s1","subscriptions":[{"channel":"price.crypto","filter":{"symbol":"ethusd"}}]}
            """;

        await socket.SendAsync(Subscribe);
        var refused = Parse(await socket.ReadAsync());
        await socket.SendAsync($$$"""
            {"op":"auth","rid":"a1","auth":{"apiKey":"{{{wallet.Credentials.Key}}}",
            "secret":"{{{wallet.Credentials.Secret}}}","passphrase":"{{{wallet.Credentials.Passphrase}}}"}}
            """);
        var authed = Parse(await socket.ReadAsync());
        await socket.SendAsync(Subscribe);
        var subscribed = Parse(await socket.ReadAsync());
        var snapshot = Parse(await socket.ReadAsync());
        var update = Parse(await socket.ReadAsync());

        Assert.Equal("auth_required", refused.GetProperty("error").GetString());
        Assert.Equal("authed", authed.GetProperty("op").GetString());
        Assert.Equal("subscribed", subscribed.GetProperty("op").GetString());
        Assert.True(snapshot.GetProperty("snapshot").GetBoolean());
        Assert.Equal(
            snapshot.GetProperty("seq").GetInt64() + 1, update.GetProperty("seq").GetInt64());
    }

    [Fact]
    public async Task OneUnknownTopic_SpoilsTheBatch()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        using var socket = await served.ConnectAsync("/ws/live");

        await socket.SendAsync("""
            {"action":"subscribe","subscriptions":[{"topic":"crypto_prices","type":"update"},
            {"topic":"gossip","type":"*"}]}
            """);

        Assert.Contains("401", await socket.ReadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sports_ArePinged()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        using var socket = await served.ConnectAsync("/ws/sports");

        Assert.Equal("ping", await socket.ReadAsync());
    }

    private static JsonElement Parse(string? text)
    {
        using var document = JsonDocument.Parse(text!);
        return document.RootElement.Clone();
    }

    private static long Stamp(JsonElement json) => json.GetProperty("timestamp").GetInt64();
}
