using System.Globalization;
using System.Text.Json;
using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Polymarket;

[Trait("Tier", "Unit")]
public sealed class PolymarketAccountTests : IDisposable
{
    private readonly ScriptedExchange exchange = new();

    private string Us => exchange.Wallet.Funder.ToString();

    public void Dispose() => exchange.Dispose();

    [Fact]
    public async Task Find_NoTrace_IsNoValueAndNoError()
    {
        var found = await exchange.RunAsync(exchange.Venue.FindAsync(exchange.Order(), default));

        Assert.True(found is { Value: null, Error: null });
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("\"\"")]
    public async Task Find_EndedAndForgotten_IsFoundByItsTrades(string body)
    {
        var order = exchange.Order();
        exchange.On($"GET /data/order/{order.VenueOrderId}", 200, body);
        exchange.On("GET /data/trades", 200, ScriptedExchange.Page(MakerTrade("t-1", order, "4", "CONFIRMED")));

        var found = await exchange.RunAsync(exchange.Venue.FindAsync(order, default));

        Assert.Equal(OrderStatus.Canceled, found.Value!.Status);
        var fill = Assert.Single(found.Value.Fills);
        Assert.Equal((Liquidity.Maker, Side.Buy, Usdc.Zero), (fill.Liquidity, fill.Side, fill.Fee));
        Assert.Equal(Usdc.FromDecimal(2.08m), fill.Notional);
    }

    [Fact]
    public async Task Find_TradesRunBehindTheOrder_WaitsForThem()
    {
        var order = exchange.Order();
        exchange.On($"GET /data/order/{order.VenueOrderId}", 200, OpenOrder(order, "LIVE", "4"));
        exchange.Once("GET /data/trades", 200, ScriptedExchange.Page());
        exchange.On("GET /data/trades", 200, ScriptedExchange.Page(MakerTrade("t-1", order, "4", "MATCHED")));

        var found = await exchange.RunAsync(exchange.Venue.FindAsync(order, default));

        Assert.Equal(OrderStatus.PartiallyFilled, found.Value!.Status);
        Assert.Single(found.Value.Fills);
    }

    [Fact]
    public async Task Find_MatchedInPartThenEnded_IsNotFilled()
    {
        var order = exchange.Order();
        exchange.On($"GET /data/order/{order.VenueOrderId}", 200, OpenOrder(order, "ORDER_STATUS_MATCHED", "4"));
        exchange.On("GET /data/trades", 200, ScriptedExchange.Page(MakerTrade("t-1", order, "4", "MATCHED")));

        var found = await exchange.RunAsync(exchange.Venue.FindAsync(order, default));

        Assert.Equal(OrderStatus.Canceled, found.Value!.Status);
    }

    [Fact]
    public async Task Cancel_Working_EndsWithItsFills()
    {
        var order = exchange.Order();
        exchange.On("DELETE /order", 200, $$"""{"canceled":["{{order.VenueOrderId}}"]}""");
        exchange.On($"GET /data/order/{order.VenueOrderId}", 200, OpenOrder(order, "CANCELED", "4"));
        exchange.On("GET /data/trades", 200, ScriptedExchange.Page(MakerTrade("t-1", order, "4", "MATCHED")));

        var ended = await exchange.RunAsync(exchange.Venue.CancelAsync(order.VenueOrderId, default));

        Assert.Equal(OrderStatus.Canceled, ended.Value!.Status);
        Assert.Single(ended.Value.Fills);
    }

    [Fact]
    public async Task Cancel_UnknownId_IsNoPromise()
    {
        var order = exchange.Order();
        exchange.On("DELETE /order", 200, NotCanceled(order));

        var ended = await exchange.RunAsync(exchange.Venue.CancelAsync(order.VenueOrderId, default));

        Assert.True(ended is { Value: null, Error: null });
    }

    [Fact]
    public async Task Cancel_UnknownIdOfThePracticeExchange_IsFinal()
    {
        using var practice = new ScriptedExchange(isPractice: true);
        var order = practice.Order();
        practice.On("DELETE /order", 200, NotCanceled(order));

        var ended = await practice.RunAsync(practice.Venue.CancelAsync(order.VenueOrderId, default));

        Assert.Equal(OrderStatus.Canceled, ended.Value!.Status);
    }

    [Fact]
    public async Task Settlements_PartsOfATrade_AreToldByTheirTrade()
    {
        exchange.On("GET /data/trades", query => (200, query.Contains("id=bad", StringComparison.Ordinal)
            ? ScriptedExchange.Page(MakerTrade("bad", exchange.Order(), "4", "FAILED"))
            : query.Contains("id=good", StringComparison.Ordinal)
                ? ScriptedExchange.Page(MakerTrade("good", exchange.Order(), "4", "TRADE_STATUS_CONFIRMED"))
                : ScriptedExchange.Page(MakerTrade("open", exchange.Order(), "4", "MINED"))));

        var settled = await exchange.RunAsync(exchange.Venue.GetSettlementsAsync(
            [new("good/0"), new("good/1"), new("bad"), new("open")], default));

        Assert.Equal(
            new Dictionary<TradeId, bool> { [new("good/0")] = true, [new("good/1")] = true, [new("bad")] = false },
            settled.Value!);
    }

    [Fact]
    public async Task Account_MatchesThatTheChainDoesNotShowYet_AreCounted()
    {
        var order = exchange.Order();
        exchange.On("GET /data/orders", 200, ScriptedExchange.Page(OpenOrder(order, "LIVE", "4")));
        exchange.On("GET /data/trades", 200, ScriptedExchange.Page(
            MakerTrade("t-1", order, "4", "MATCHED"), MakerTrade("t-2", order, "3", "CONFIRMED"),
            MakerTrade("t-3", order, "2", "FAILED")));
        exchange.On("RPC eth_call", body => (200, Rpc(body, body.Contains("70a08231", StringComparison.Ordinal)
            ? Word(990_000_000)
            : Word(32) + Word(1) + Word(3_000_000))));

        var account = await exchange.RunAsync(exchange.Venue.GetAccountAsync(default));

        Assert.Equal(Usdc.FromDecimal(990m - 2.08m), account.Value!.Cash);
        Assert.Equal(Quantity.FromDecimal(7), account.Value.Tokens[new(ScriptedExchange.Yes)]);
        Assert.Equal(OrderStatus.PartiallyFilled, Assert.Single(account.Value.OpenOrders).Status);
    }

    [Fact]
    public async Task Heartbeat_RefusedId_BeginsANewChain()
    {
        var beat = new Adapters.Polymarket.Heartbeat(
            exchange.Connection.Session!, exchange.Time,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<Adapters.Polymarket.Heartbeat>.Instance);
        exchange.On("POST /v1/heartbeats", 200, """{"heartbeat_id":"h-1"}""");
        await beat.BeatAsync(default);
        exchange.Once("POST /v1/heartbeats", 400, """{"error_msg":"wrong heartbeat id"}""");
        await beat.BeatAsync(default);
        await beat.BeatAsync(default);

        Assert.Equal(3, beat.Beats);
        Assert.Equal(
            ["", "h-1", "", "h-1"],
            exchange.Asked.Where(asked => asked.Route == "POST /v1/heartbeats")
                .Select(asked => asked.Body.Split('"')[3]));
    }

    [Theory]
    [InlineData("""{"blocked":true,"ip":"203.0.113.42","country":"US","region":"NY"}""", true)]
    [InlineData("""{"blocked":false,"ip":"203.0.113.42","country":"IE","region":""}""", false)]
    public async Task Place_Blocked_IsToldBeforeAnyOrder(string place, bool isBlocked)
    {
        exchange.On("GET /api/geoblock", 200, place);
        exchange.On("GET /auth/ban-status/closed-only", 200, """{"closed_only":false}""");

        var restriction = await exchange.RunAsync(exchange.Connection.FindRestrictionAsync(default));

        Assert.Equal(isBlocked, restriction is not null);
    }

    private static string Rpc(string asked, string words)
    {
        using var request = JsonDocument.Parse(asked);
        return $$"""{"jsonrpc":"2.0","id":{{request.RootElement.GetProperty("id")}},"result":"0x{{words}}"}""";
    }

    private static string Word(long value) => value.ToString("x64", CultureInfo.InvariantCulture);

    private static string NotCanceled(PreparedOrder order) =>
        $$"""{"not_canceled":{"{{order.VenueOrderId}}":"order can't be found"},"canceled":[]}""";

    private string OpenOrder(PreparedOrder order, string status, string matched) => $$"""
        {"id":"{{order.VenueOrderId}}","status":"{{status}}","maker_address":"{{Us}}","side":"BUY",
         "market":"{{ScriptedExchange.Market}}","asset_id":"{{ScriptedExchange.Yes}}","original_size":"10",
         "size_matched":"{{matched}}","price":"0.52","created_at":1777377600,"expiration":"0","order_type":"GTC"}
        """;

    // Somebody buys the other token at 0.48: our resting purchase at 0.52 is minted with it.
    private string MakerTrade(string id, PreparedOrder order, string size, string status) => $$"""
        {"id":"{{id}}","taker_order_id":"0xfeed","market":"{{ScriptedExchange.Market}}",
         "asset_id":"{{ScriptedExchange.No}}","side":"BUY","size":"{{size}}","price":"0.48","status":"{{status}}",
         "match_time":"1777377601","maker_address":"{{Us}}","trader_side":"MAKER","maker_orders":[
          {"order_id":"{{order.VenueOrderId}}","maker_address":"{{Us.ToLowerInvariant()}}","matched_amount":"{{size}}",
           "price":"0.52","asset_id":"{{ScriptedExchange.Yes}}","side":"BUY"}]}
        """;
}
