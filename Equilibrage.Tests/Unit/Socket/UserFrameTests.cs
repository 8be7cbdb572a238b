using System.Buffers;
using System.Text;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Socket;

namespace Equilibrage.Tests.Unit.Socket;

[Trait("Tier", "Unit")]
public sealed class UserFrameTests
{
    private static readonly MakerFill Maker = new()
    {
        OrderId = new("0xmaker"),
        Owner = "key-m",
        MakerAddress = "0xM",
        Matched = Quantity.FromDecimal(100),
        Price = Price.FromDecimal(0.40m),
        Token = new("222"),
        Side = Side.Buy,
        Outcome = "No",
    };

    [Fact]
    public void Trade_WrittenAndRead_IsTheSame()
    {
        var trade = new UserMessage.TradeChanged(1_703_875_200_123)
        {
            Id = new("t1"),
            TakerOrderId = new("0xtaker"),
            Market = new("0xabc"),
            Token = new("111"),
            Side = Side.Buy,
            Size = Quantity.FromDecimal(100),
            Price = Price.FromDecimal(0.60m),
            State = TradeState.Mined,
            MatchTimeMs = 1_703_875_200_000,
            LastUpdateMs = 1_703_875_200_100,
            Outcome = "Yes \"quoted\" Ä",
            Owner = "key-m",
            TradeOwner = "key-t",
            MakerAddress = "0xT",
            TransactionHash = "0xhash",
            BucketIndex = 2,
            IsTaker = false,
            Makers = [Maker],
        };

        var read = Assert.IsType<UserMessage.TradeChanged>(Assert.Single(UserFrames.Read(Written(trade))!));

        Assert.Equal([Maker], read.Makers);
        Assert.Equal(trade, read with { Makers = trade.Makers });
    }

    [Fact]
    public void Order_WithEmptySizesAndACompoundStatus_IsRead()
    {
        const string Frame = """
            [{"status":"CANCELED_order couldn't be fully filled. FOK orders are fully filled or killed.",
              "type":"CANCELLATION","id":"0x1","owner":"k","market":"0xabc","asset_id":"111","side":"BUY",
              "original_size":"","size_matched":"","price":"0.5","associate_trades":null,"created_at":"1703875200",
              "expiration":null,"order_type":"FOK","maker_address":"0xA","timestamp":"1703875200001",
              "brand_new":{"a":[1]},"event_type":"order"}]
            """;

        var order = Assert.IsType<UserMessage.OrderChanged>(Assert.Single(Read(Frame)!));

        Assert.Equal((OrderEventKind.Cancellation, 1_703_875_200_000, 1_703_875_200_001),
            (order.Kind, order.CreatedAtMs, order.TimestampMs));
        Assert.Null(order.OriginalSize);
        Assert.True(UserFrames.IsStatus(order.Status, "CANCELED"));
        Assert.False(UserFrames.IsStatus(order.Status, "LIVE"));
    }

    [Theory]
    [InlineData("MATCHED", TradeState.Matched)]
    [InlineData("TRADE_STATUS_MATCHED_NOT_BROADCASTED", TradeState.MatchedNotBroadcasted)]
    [InlineData("TRADE_STATUS_FAILED", TradeState.Failed)]
    [InlineData("SOMETHING", TradeState.Unknown)]
    public void TradeState_WithOrWithoutPrefix_IsRead(string word, TradeState expected) =>
        Assert.Equal(expected, UserFrames.StateOf(word));

    [Theory]
    [InlineData("""{"event_type":"order","type":"UPDATE","id":"","market":"0x","asset_id":"1"}""")]
    [InlineData("""{"event_type":"trade","id":"t","market":"0x","asset_id":"1","side":"BUY","price":"2","size":"1"}""")]
    [InlineData("""[{"event_type":"trade"}""")]
    [InlineData("7")]
    public void Frame_Malformed_IsRefused(string frame) => Assert.Null(Read(frame));

    [Fact]
    public void Frame_OfAnUnknownType_HasNoEvents() => Assert.Empty(Read("""{"event_type":"news"}""")!);

    private static ReadOnlyMemory<byte> Written(UserMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        UserFrames.Write(output, message);
        return output.WrittenMemory;
    }

    private static IReadOnlyList<UserMessage>? Read(string frame) => UserFrames.Read(Encoding.UTF8.GetBytes(frame));
}
