using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Exchange;

[Trait("Tier", "Integration")]
public sealed class DataApiTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Position_AfterAPurchase_AddsUp()
    {
        await using var served = await ServedExchange.StartAsync(postgres, speed: 100);
        using var wallet = await PracticeWallet.CreateAsync(served.Http);
        var market = await served.FirstMarketAsync();
        var (status, reply) = await wallet.PostAsync(market, Outcome.Yes, Side.Buy, 0.90m, 20);
        Assert.Equal((200, "matched"), (status, reply.GetProperty("status").GetString()));
        var paid = decimal.Parse(reply.GetProperty("makingAmount").GetString()!, null);

        var user = wallet.Address.ToLowerString();
        await Eventually.TrueAsync(async () =>
            (await served.GetAsync($"data/v2/positions?user={user}")).GetProperty("data").GetArrayLength() == 1);
        var position = (await served.GetAsync($"data/v2/positions?user={user}")).GetProperty("data")[0];

        Assert.Equal(market.TokenYes.Value, position.GetProperty("token_id").GetString());
        Assert.Equal(20, position.GetProperty("current_size").GetDecimal());
        Assert.Equal(paid, position.GetProperty("entry_cost_usdc").GetDecimal());
        Assert.Equal(
            position.GetProperty("current_value").GetDecimal() - position.GetProperty("total_cost_usdc").GetDecimal(),
            position.GetProperty("unrealized_pnl").GetDecimal());
        Assert.Equal("OPEN", position.GetProperty("status").GetString());
        var activity = (await served.GetAsync($"data/v2/activity?user={user}")).GetProperty("data")[0];
        Assert.Equal("TRADE", activity.GetProperty("type").GetString());
    }

    [Fact]
    public async Task PublicTrades_PageByCursor_NewestFirst_WithoutRepeats()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        var market = await served.FirstMarketAsync();
        var seen = new List<(long At, string Hash)>();
        string? cursor = "";
        while (cursor is not null && seen.Count < 60)
        {
            var page = await served.GetAsync($"data/v2/trades?condition={market.Id}&limit=20&cursor={cursor}");
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(row => (
                row.GetProperty("timestamp").GetInt64(), row.GetProperty("transaction_hash").GetString()!)));
            cursor = page.GetProperty("pagination").TryGetProperty("next_cursor", out var next)
                ? next.GetString()
                : null;
        }

        Assert.Equal(60, seen.Count);
        Assert.Equal(60, seen.Select(row => row.Hash).Distinct().Count());
        Assert.Equal(seen.OrderByDescending(row => row.At).Select(row => row.At), seen.Select(row => row.At));
    }

    [Fact]
    public async Task Offset_IsRefusedInTheServicesForm()
    {
        await using var served = await ServedExchange.StartAsync(postgres);

        using var answer = await served.Http.GetAsync("data/v2/trades?offset=5");

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Contains("\"retryable\":false", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
