using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support.Chain;

namespace Equilibrage.Tests.Unit.Chain;

[Trait("Tier", "Unit")]
public sealed class JsonRpcClientTests
{
    private static readonly ContractCall Balance =
        Calldata.BalanceOf(Contracts.Polygon.Collateral, Contracts.Polygon.Exchange);

    private readonly FakeChain chain = new();

    [Fact]
    public async Task CallAsync_Answer_IsWhatTheContractReturned()
    {
        chain.Return(Balance, Abi.Encode((UInt256)5));

        var returned = await Client().CallAsync(Balance, null, CancellationToken.None);

        Assert.Equal(Abi.Encode((UInt256)5), returned.Value);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":99,"result":"0x"}""")]
    [InlineData("""{"jsonrpc":"2.0","result":"0x"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":"5"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{}}""")]
    [InlineData("[]")]
    [InlineData("<html>")]
    public async Task CallAsync_OtherAnswer_IsUnreadable(string body)
    {
        chain.Instead["eth_call"] = (200, body);

        var returned = await Client().CallAsync(Balance, null, CancellationToken.None);

        Assert.Equal(PolymarketErrorKind.Unreadable, returned.Error?.Kind);
    }

    [Fact]
    public async Task CallAsync_ContractRefuses_ItsWordsAreTheError()
    {
        var words = Hex.Encode(Abi.Call("Error(string)", AbiValue.Bytes("not enough"u8.ToArray())));
        var error = "{\"code\":3,\"message\":\"execution reverted\",\"data\":\"" + words + "\"}";
        chain.Instead["eth_call"] = (200, "{\"id\":1,\"error\":" + error + "}");

        var returned = await Client().CallAsync(Balance, null, CancellationToken.None);

        Assert.Equal(PolymarketErrorKind.Refused, returned.Error?.Kind);
        Assert.Equal("eth_call: execution reverted: not enough", returned.Error?.Message);
    }

    [Fact]
    public async Task CallAsync_GatewayAnswers_IsNotARefusal()
    {
        chain.Instead["eth_call"] = (502, "<html>bad gateway</html>");

        var returned = await Client().CallAsync(Balance, null, CancellationToken.None);

        Assert.Equal(PolymarketErrorKind.ServerFailure, returned.Error?.Kind);
    }

    [Fact]
    public async Task GetReceiptAsync_NotMined_IsASuccessWithoutAValue()
    {
        var found = await Client().GetReceiptAsync(Bytes32.Zero, CancellationToken.None);

        Assert.True(found.IsOk);
        Assert.Null(found.Value);
    }

    [Fact]
    public async Task GetGasPriceAsync_Prices_LeaveRoomToRise()
    {
        var price = await Client().GetGasPriceAsync(CancellationToken.None);

        Assert.Equal(new GasPrice(30_000_000_000, 62_000_000_000), price.Value);
    }

    private JsonRpcClient Client() => new(chain);
}
