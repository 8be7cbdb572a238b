using Equilibrage.Core.Orders;
using Equilibrage.Core.Primitives;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Polymarket;

[Trait("Tier", "Unit")]
public sealed class PolymarketVenueTests : IDisposable
{
    private readonly ScriptedExchange exchange = new();

    private string Us => exchange.Wallet.Funder.ToString();

    public void Dispose() => exchange.Dispose();

    [Fact]
    public void Prepare_GoldenOrder_HasItsId()
    {
        var order = exchange.Order();

        Assert.Equal(
            "0x8ad0c9f5f879fdeb749a9ab8568aff81bda0045ffcbe3c6b23d6fbc6a642d32d", order.VenueOrderId.Value);
        Assert.Equal(order, exchange.Venue.Prepare(order.Command));
        Assert.Empty(exchange.Asked);
    }

    [Fact]
    public async Task Submit_Resting_IsAcceptedAndSentOnce()
    {
        var order = exchange.Order();
        exchange.On("POST /order", 200, Reply(order, "live"));

        var answer = await exchange.RunAsync(exchange.Venue.SubmitAsync(order, default));

        Assert.Equal(OrderStatus.Accepted, answer.Value!.Status);
        Assert.Empty(answer.Value.Fills);
        var sent = Assert.Single(exchange.Asked, asked => asked.Route == "POST /order").Body;
        Assert.Contains("\"makerAmount\":\"5200000\",\"takerAmount\":\"10000000\"", sent, StringComparison.Ordinal);
        Assert.Contains($"\"owner\":\"{ScriptedExchange.Key}\"", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_MatchedBySeveralMakers_FillsExactly()
    {
        var order = exchange.Order();
        exchange.On("POST /order", 200, Reply(order, "matched", "5.1", "10", "t-1"));
        // Not shown at first; then 6 shares sold at 0.50, and 4 of the other token bought at 0.48: 0.52 for us.
        exchange.Once("GET /data/trades", 200, ScriptedExchange.Page());
        exchange.On("GET /data/trades", 200, ScriptedExchange.Page(TakerTrade(order, "MATCHED")));

        var answer = await exchange.RunAsync(exchange.Venue.SubmitAsync(order, default));

        Assert.Equal(OrderStatus.Filled, answer.Value!.Status);
        var fill = Assert.Single(answer.Value.Fills);
        Assert.Equal(new TradeId("t-1"), fill.TradeId);
        Assert.Equal(Quantity.FromDecimal(10), fill.Quantity);
        Assert.Equal(Usdc.FromDecimal((6 * 0.50m) + (4 * 0.52m)), fill.Notional);
        Assert.Equal(Usdc.FromDecimal(0.075m + 0.04992m), fill.Fee);
        Assert.Equal(Price.FromMicros(508_000), fill.Price);
        Assert.Equal(Liquidity.Taker, fill.Liquidity);
    }

    [Fact]
    public async Task Submit_MatchedButTradesNeverShown_IsUnknown()
    {
        var order = exchange.Order();
        exchange.On("POST /order", 200, Reply(order, "matched", "5.1", "10", "t-1"));

        var answer = await exchange.RunAsync(exchange.Venue.SubmitAsync(order, default));

        Assert.Equal(VenueErrorKind.Unknown, answer.Error!.Kind);
        Assert.Equal(1, exchange.CountOf("POST /order"));
    }

    [Theory]
    [InlineData(400, """{"error":"not enough balance / allowance: the balance is not enough"}""", OrderStatus.Rejected)]
    [InlineData(400, """{"error":"order 0x1 is invalid. Price (0.98) breaks minimum tick size rule: 0.01"}""",
        OrderStatus.Rejected)]
    [InlineData(400, """{"error":"order couldn't be fully filled. FOK orders are fully filled or killed."}""",
        OrderStatus.Canceled)]
    [InlineData(400, """{"error":"no orders found to match with FAK order. FAK orders are partially filled"}""",
        OrderStatus.Canceled)]
    [InlineData(200, """{"success":true,"errorMsg":"not enough balance / allowance","orderID":""}""",
        OrderStatus.Rejected)]
    [InlineData(200, """{"success":false,"errorMsg":"something new","orderID":"","status":"live"}""",
        OrderStatus.Rejected)]
    public async Task Submit_Refused_EndsTheOrder(int status, string body, OrderStatus expected)
    {
        exchange.On("POST /order", status, body);

        var answer = await exchange.RunAsync(exchange.Venue.SubmitAsync(exchange.Order(), default));

        Assert.Equal(expected, answer.Value!.Status);
        Assert.NotEmpty(answer.Value.Reason!);
        Assert.Equal(1, exchange.CountOf("POST /order"));
    }

    [Theory]
    [InlineData(500, """{"error":"could not run the execution"}""", VenueErrorKind.Unknown)]
    [InlineData(502, "<html></html>", VenueErrorKind.Unknown)]
    [InlineData(503, "<html>maintenance</html>", VenueErrorKind.Unknown)]
    [InlineData(200, "no json", VenueErrorKind.Unknown)]
    [InlineData(200, """{"success":true,"errorMsg":"","orderID":"","status":"live"}""", VenueErrorKind.Unknown)]
    [InlineData(200, """{"success":true,"errorMsg":"","orderID":"0x77","status":"live"}""", VenueErrorKind.Unknown)]
    [InlineData(425, "service not ready", VenueErrorKind.Unavailable)]
    [InlineData(429, "Too Many Requests", VenueErrorKind.Unavailable)]
    [InlineData(503, """{"code":"post_only_mode","retry_after_seconds":9}""", VenueErrorKind.Unavailable)]
    [InlineData(403, "<html>blocked</html>", VenueErrorKind.Restricted)]
    [InlineData(400, """{"error":"'0xf39F' address banned"}""", VenueErrorKind.Restricted)]
    public async Task Submit_NoDecision_IsAnErrorAndNeverSentTwice(int status, string body, VenueErrorKind expected)
    {
        exchange.On("POST /order", status, body);

        var answer = await exchange.RunAsync(exchange.Venue.SubmitAsync(exchange.Order(), default));

        Assert.Equal(expected, answer.Error!.Kind);
        Assert.Equal(1, exchange.CountOf("POST /order"));
    }

    [Fact]
    public async Task Submit_Duplicated_IsTheOrderThatWasTakenBefore()
    {
        var order = exchange.Order();
        exchange.On("POST /order", 400, """{"error":"order 0x is invalid. Duplicated. Same hash"}""");
        exchange.On($"GET /data/order/{order.VenueOrderId}", 200, OpenOrder(order, "LIVE", "0"));

        var answer = await exchange.RunAsync(exchange.Venue.SubmitAsync(order, default));

        Assert.Equal(OrderStatus.Accepted, answer.Value!.Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("""{"r":0.05,"e":7,"to":true}""")]
    public async Task Submit_FeesNotKnown_IsNotSent(string? fees)
    {
        exchange.On(
            $"GET /clob-markets/{ScriptedExchange.Market}", 200, ScriptedExchange.MarketInfo(fees));
        exchange.On("GET /markets/keyset", 200, """{"markets":[]}""");

        var answer = await exchange.RunAsync(exchange.Venue.SubmitAsync(exchange.Order(), default));

        Assert.Equal(VenueErrorKind.Refused, answer.Error!.Kind);
        Assert.Equal(0, exchange.CountOf("POST /order"));
    }

    [Fact]
    public async Task Submit_FeesOnlyAssumed_IsRefusedForRealMoney()
    {
        exchange.On($"GET /clob-markets/{ScriptedExchange.Market}", 200, ScriptedExchange.MarketInfo(null));
        exchange.On("GET /markets/keyset", 200, """{"markets":[{"conditionId":"0xc0de","question":"Q?"}]}""");

        var answer = await exchange.RunAsync(exchange.Venue.SubmitAsync(exchange.Order(), default));

        Assert.Equal(VenueErrorKind.Refused, answer.Error!.Kind);
        Assert.Contains("assumed", answer.Error.Message, StringComparison.Ordinal);
        Assert.Equal(0, exchange.CountOf("POST /order"));
    }

    [Fact]
    public async Task Key_ExistsAlready_IsDerived()
    {
        var order = exchange.Order();
        exchange.On("POST /auth/api-key", 400, """{"error":"Could not create api key"}""");
        exchange.On("GET /auth/derive-api-key", 200, ScriptedExchange.KeyReply("derived"));
        exchange.On("POST /order", 200, Reply(order, "live"));

        await exchange.RunAsync(exchange.Venue.SubmitAsync(order, default));

        Assert.Contains("\"owner\":\"derived\"", exchange.Asked[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_Refused_IsObtainedAnewOnce()
    {
        var order = exchange.Order();
        exchange.On("POST /order", 200, Reply(order, "live"));
        await exchange.RunAsync(exchange.Venue.SubmitAsync(order, default));
        exchange.Time.Advance(TimeSpan.FromMinutes(5));
        exchange.On("GET /time", 200, "1777377900");
        exchange.On("POST /auth/api-key", 200, ScriptedExchange.KeyReply("second"));
        exchange.Once("POST /order", 401, """{"error":"Unauthorized/Invalid api key"}""");

        var answer = await exchange.RunAsync(exchange.Venue.SubmitAsync(order, default));

        Assert.Equal(OrderStatus.Accepted, answer.Value!.Status);
        Assert.Contains("\"owner\":\"second\"", exchange.Asked[^1].Body, StringComparison.Ordinal);
        exchange.On("POST /order", 401, """{"error":"Unauthorized/Invalid api key"}""");
        Assert.Equal(
            OrderStatus.Rejected,
            (await exchange.RunAsync(exchange.Venue.SubmitAsync(order, default))).Value!.Status);
        Assert.Equal(2, exchange.CountOf("POST /auth/api-key"));
    }

    [Fact]
    public async Task SubmitBatch_LegsAreJudgedOneByOne()
    {
        var (first, second) = (exchange.Order(), exchange.Order(command => command with { Salt = 2 }));
        const string refused = """{"success":true,"orderID":"","errorMsg":"not enough balance / allowance"}""";
        exchange.On("POST /orders", 200, $"[{Reply(first, "live")},{refused}]");

        var answers = await exchange.RunAsync(exchange.Venue.SubmitAsync([first, second], default));

        Assert.Equal([OrderStatus.Accepted, OrderStatus.Rejected], answers.Select(answer => answer.Value!.Status));
    }

    private static string Reply(
        PreparedOrder order, string status, string making = "", string taking = "", params string[] trades) => $$"""
        {"success":true,"errorMsg":"","orderID":"{{order.VenueOrderId}}","status":"{{status}}",
         "makingAmount":"{{making}}","takingAmount":"{{taking}}",
         "tradeIDs":[{{string.Join(",", trades.Select(id => $"\"{id}\""))}}]}
        """;

    private string OpenOrder(PreparedOrder order, string status, string matched) => $$"""
        {"id":"{{order.VenueOrderId}}","status":"{{status}}","maker_address":"{{Us}}","side":"BUY",
         "market":"{{ScriptedExchange.Market}}","asset_id":"{{ScriptedExchange.Yes}}","original_size":"10",
         "size_matched":"{{matched}}","price":"0.52","created_at":1777377600,"expiration":"0","order_type":"GTC"}
        """;

    private string TakerTrade(PreparedOrder order, string status) => $$"""
        {"id":"t-1","taker_order_id":"{{order.VenueOrderId}}","market":"{{ScriptedExchange.Market}}",
         "asset_id":"{{ScriptedExchange.Yes}}","side":"BUY","size":"10","price":"0.508","status":"{{status}}",
         "match_time":"1777377601","maker_address":"{{Us}}","trader_side":"TAKER","maker_orders":[
          {"order_id":"0xa","maker_address":"0x1","matched_amount":"6","price":"0.50",
           "asset_id":"{{ScriptedExchange.Yes}}","side":"SELL"},
          {"order_id":"0xb","maker_address":"0x2","matched_amount":"4","price":"0.48",
           "asset_id":"{{ScriptedExchange.No}}","side":"BUY"}]}
        """;
}
