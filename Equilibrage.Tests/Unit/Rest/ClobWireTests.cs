using System.Text.Json;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Rest.Clob;

namespace Equilibrage.Tests.Unit.Rest;

[Trait("Tier", "Unit")]
public sealed class ClobWireTests
{
    private const string Trade = """
        {"id":"t-1","taker_order_id":"0xaa","market":"0xc","asset_id":"71","side":"BUY","size":"100","fee_rate_bps":0,
         "price":"0.6","status":"TRADE_STATUS_MATCHED","match_time":"1777377600",
         "match_time_nano":"1777377600123456700",
         "last_update":"2026-04-28T12:00:01Z","outcome":"Yes","bucket_index":0,"owner":"k","maker_address":"0xf",
         "transaction_hash":"","trader_side":"MAKER","novel":{"a":[1,2]},
         "maker_orders":[{"order_id":"0xbb","owner":"k2","maker_address":"0xE","matched_amount":100,"price":0.4,
          "fee_rate_bps":"0","asset_id":"72","outcome":"No","side":"BUY","builder_fee":null}]}
        """;

    [Fact]
    public void Trade_OddForms_AreRead()
    {
        var trade = JsonSerializer.Deserialize(Trade, PolymarketJson.Wire.ClobTrade)!;

        Assert.Equal(TradeStatus.Matched, trade.Status);
        Assert.Equal(Quantity.FromDecimal(100), trade.Size);
        Assert.Equal("0", trade.FeeRateBps);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1777377600).AddTicks(1_234_567), trade.MatchedAt);
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1777377601), trade.LastUpdate);
        var maker = Assert.Single(trade.MakerOrders!);
        Assert.Equal((Side.Buy, Price.FromDecimal(0.4m), "72"), (maker.Side, maker.Price, maker.AssetId));
    }

    [Fact]
    public void OrderReply_Resting_IsWrittenAsTheExchangeDoes() => Assert.Equal(
        """{"success":true,"errorMsg":"","orderID":"0x8a","status":"live","makingAmount":"","takingAmount":"","""
        + "\"tradeIDs\":[],\"transactionsHashes\":[]}",
        JsonSerializer.Serialize(
            new OrderReply { IsSuccess = true, OrderId = "0x8a", Status = PlacementStatus.Live },
            PolymarketJson.Wire.OrderReply));

    [Theory]
    [InlineData("""{"success":true,"errorMsg":null,"orderID":"0x1","status":"LIVE"}""", true)]
    [InlineData("""{"success":true,"orderID":"0x1","status":"delayed","makingAmount":""}""", true)]
    [InlineData("""{"success":true,"errorMsg":"not enough balance","orderID":"0x1","status":"live"}""", false)]
    [InlineData("""{"success":true,"errorMsg":"","orderID":"","status":"live"}""", false)]
    [InlineData("""{"success":true,"errorMsg":"","orderID":"0x1","status":"teleported"}""", false)]
    [InlineData("""{"success":true,"errorMsg":"","orderID":"0x1"}""", false)]
    [InlineData("""{"success":false,"errorMsg":"","orderID":"0x1","status":"live"}""", false)]
    public void OrderReply_AllFourSigns_MakeItAccepted(string json, bool expected) => Assert.Equal(
        expected, JsonSerializer.Deserialize(json, PolymarketJson.Wire.OrderReply)!.IsAccepted);

    [Fact]
    public void OpenOrder_RoundTrip_KeepsTheOfficialTypes()
    {
        var json = """
            {"id":"0x1","status":"LIVE","owner":"k","maker_address":"0xf","market":"0xc","asset_id":"71","side":"SELL",
            "original_size":"100","size_matched":"0","price":"0.5","associate_trades":[],"outcome":"Yes",
            "created_at":1777377600,"expiration":"0","order_type":"GTC"}
            """.ReplaceLineEndings("");

        var order = JsonSerializer.Deserialize(json, PolymarketJson.Wire.OpenOrder)!;

        Assert.Null(order.Expiration);
        Assert.Equal(json, JsonSerializer.Serialize(order, PolymarketJson.Wire.OpenOrder));
    }

    [Fact]
    public void Book_LevelsAndEmptyText_AreRead()
    {
        var book = JsonSerializer.Deserialize(
            """
            {"market":"0xc","asset_id":"71","timestamp":"1777377600000","hash":"36",
             "bids":[{"price":"0.48","size":"30"},{"price":".49","size":"20"}],
             "asks":[{"price":"0.53","size":"0"}],"min_order_size":"5","tick_size":"0.01",
             "neg_risk":false,"last_trade_price":""}
            """, PolymarketJson.Wire.BookReply)!;

        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1777377600000), book.Timestamp);
        Assert.Null(book.LastTradePrice);
        var snapshot = book.ToSnapshot();
        Assert.Equal(2, snapshot.Bids.Count);
        Assert.Empty(snapshot.Asks);
    }

    [Theory]
    [InlineData("\"1777377600\"")]
    [InlineData("1777377600000")]
    [InlineData("\"2026-04-28T12:00:00Z\"")]
    [InlineData("\"2026-04-28 12:00:00+00\"")]
    public void Time_EveryForm_IsTheSameMoment(string text) => Assert.Equal(
        DateTimeOffset.FromUnixTimeSeconds(1777377600),
        JsonSerializer.Deserialize($$"""{"id":"t","taker_order_id":"o","match_time":{{text}}}""",
            PolymarketJson.Wire.ClobTrade)!.MatchTime);

    [Theory]
    [InlineData("ORDER_STATUS_LIVE", OpenOrderStatus.Live)]
    [InlineData("CANCELED_order couldn't be fully filled", OpenOrderStatus.Canceled)]
    [InlineData("CANCELED_MARKET_RESOLVED", OpenOrderStatus.CanceledMarketResolved)]
    [InlineData("matched", OpenOrderStatus.Matched)]
    [InlineData("novel", OpenOrderStatus.Unrecognized)]
    public void OrderStatus_Word_IsRead(string word, OpenOrderStatus expected) =>
        Assert.Equal(expected, StatusWords.OrderStatusOf(System.Text.Encoding.UTF8.GetBytes(word)));

    [Fact]
    public void ClobMarketInfo_ShortNames_AreReadAndWritten()
    {
        var json = """
            {"c":"0xc","t":[{"t":"71","o":"Up"},{"t":"72","o":"Down"}],"mos":5,"mts":0.01,"nr":false,"mbf":1000,
            "tbf":1000,"fd":{"r":0.07,"e":1,"to":true},"ao":true,"sd":0,"cbos":false,"rfqe":false,"itode":true}
            """.ReplaceLineEndings("");

        var market = JsonSerializer.Deserialize(json, PolymarketJson.Wire.ClobMarketInfo)!;

        Assert.Equal(0.07m, market.Fees!.Rate);
        Assert.Equal(json, JsonSerializer.Serialize(market, PolymarketJson.Wire.ClobMarketInfo));
    }
}
