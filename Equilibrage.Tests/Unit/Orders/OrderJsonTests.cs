using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Tests.Unit.Orders;

[Trait("Tier", "Unit")]
public sealed class OrderJsonTests
{
    private static readonly EthereumAddress Account =
        EthereumAddress.Parse("0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");

    private static readonly OrderRequest Request = new()
    {
        Order = ExchangeOrder.Of(
            TradingWallet.Own(Account), UInt256.MaxValue, Side.Sell, new OrderAmounts(long.MaxValue, long.MaxValue),
            ExchangeOrder.MaxSalt, long.MaxValue),
        Signature = new byte[OrderSignature.MaxLength],
        Owner = "9180014b-33c8-9240-a14b-bdca11c0a465",
        Type = WireOrderType.Gtd,
        Expiration = long.MaxValue,
        IsPostOnly = true,
        IsDeferred = true,
    };

    [Fact]
    public void Write_LargestNumbers_FitAndComeBack()
    {
        Assert.Null(OrderJsonReader.Read(OrderJson.ToUtf8(Request), out var read));

        Assert.Equal(Request with { Signature = default }, read with { Signature = default });
        Assert.True(read.Signature.Span.SequenceEqual(Request.Signature.Span));
    }

    [Fact]
    public void Write_OwnerWithQuotes_StaysOneText()
    {
        const string Owner = "a\"},\"owner\":\"b\u0001é";
        using var document = JsonDocument.Parse(OrderJson.ToUtf8(Request with { Owner = Owner }));

        Assert.Equal(Owner, document.RootElement.GetProperty("owner").GetString());
    }

    [Fact]
    public void Write_ReusedBuffer_AllocatesNothing()
    {
        var writer = new System.Buffers.ArrayBufferWriter<byte>(4096);
        OrderJson.Write(writer, Request);
        writer.ResetWrittenCount();

        var before = GC.GetAllocatedBytesForCurrentThread();
        OrderJson.Write(writer, Request);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("salt", "1.5")]
    [InlineData("salt", "-1")]
    [InlineData("maker", "\"0x12\"")]
    [InlineData("signer", "null")]
    [InlineData("tokenId", "\"-1\"")]
    [InlineData("makerAmount", "\"9223372036854775808\"")]
    [InlineData("takerAmount", "{}")]
    [InlineData("side", "\"HOLD\"")]
    [InlineData("signatureType", "4")]
    [InlineData("timestamp", "\"\"")]
    [InlineData("expiration", "\"tomorrow\"")]
    [InlineData("metadata", "\"0x00\"")]
    [InlineData("signature", "\"0xzz\"")]
    public void Read_BadField_IsNamed(string field, string value)
    {
        var body = JsonNode.Parse(OrderJson.ToUtf8(Request))!;
        body["order"]![field] = JsonNode.Parse(value);

        var problem = OrderJsonReader.Read(Encoding.UTF8.GetBytes(body.ToJsonString()), out _);

        Assert.Contains(field, problem, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"order\":[]}")]
    [InlineData("null")]
    public void Read_OtherBody_IsRefused(string body) =>
        Assert.NotNull(OrderJsonReader.Read(Encoding.UTF8.GetBytes(body), out _));

    [Fact]
    public void Read_NumbersAsTextAndUnknownKeys_AreTaken()
    {
        var body = JsonNode.Parse(OrderJson.ToUtf8(Request))!;
        body["order"]!["salt"] = "7";
        body["order"]!["signatureType"] = "0";
        body["order"]!["taker"] = "0x0000000000000000000000000000000000000000";
        body["order"]!["expiration"] = "";
        body["order"]!.AsObject().Remove("builder");

        Assert.Null(OrderJsonReader.Read(Encoding.UTF8.GetBytes(body.ToJsonString()), out var read));

        Assert.Equal((7L, 0L, Bytes32.Zero), (read.Order.Salt, read.Expiration, read.Order.Builder));
    }

    [Fact]
    public void ReadBatch_OneBadOrder_IsNamedByItsPlace()
    {
        var good = Encoding.UTF8.GetString(OrderJson.ToUtf8(Request));

        var problem = OrderJsonReader.ReadBatch(Encoding.UTF8.GetBytes($"[{good},{{}}]"), out var requests);

        Assert.StartsWith("order 1: ", problem, StringComparison.Ordinal);
        Assert.Empty(requests);
    }

    [Fact]
    public void Of_SaltBeyondJson_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ExchangeOrder.Of(
            TradingWallet.Own(Account), 1, Side.Buy, default, ExchangeOrder.MaxSalt + 1, 0));
}
