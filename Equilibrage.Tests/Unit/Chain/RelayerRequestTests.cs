using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Chain;

[Trait("Tier", "Unit")]
public sealed class RelayerRequestTests
{
    private static readonly Contracts Polygon = Contracts.Polygon;
    private static readonly RelayerRequest Requests = new(Polygon, "golden");

    [Fact]
    public void ForDepositWallet_GoldenVector_AgreesByteForByte()
    {
        var golden = Golden.Read("relayer").GetProperty("depositWallet");
        var message = golden.GetProperty("message");
        ContractCall[] calls = [.. message.GetProperty("calls").EnumerateArray().Select(call => new ContractCall(
            call.Address("target"), Hex.Decode(call.Text("data")), UInt256.Parse(call.Text("value"))))];
        var (wallet, nonce, deadline) = (
            message.Address("wallet"), message.Number("nonce"), message.Number("deadline"));
        using var signer = Golden.Signer();

        Assert.Equal(golden.Word("domainSeparator"), WalletHashes.DepositWalletDomain(wallet, 137));
        Assert.Equal(golden.Word("structHash"), WalletHashes.BatchStruct(wallet, calls, nonce, deadline));
        Assert.Equal(golden.Word("digest"), WalletHashes.Batch(wallet, 137, calls, nonce, deadline));
        AssertBody(golden, Requests.ForDepositWallet(signer, wallet, calls, nonce, deadline));
    }

    [Fact]
    public void ForSafe_OneCall_AgreesByteForByte()
    {
        var golden = Golden.Read("relayer").GetProperty("safeSingle");
        var (safe, call) = (golden.GetProperty("body").Address("proxyWallet"), CallOf(golden.GetProperty("message")));
        using var signer = Golden.Signer();

        var hash = WalletHashes.Safe(safe, 137, call, isDelegated: false, 3);

        Assert.Equal(golden.Word("safeTxHash"), hash);
        Assert.Equal(golden.Text("personalSign"), Hex.Encode(signer.SignPersonal(hash)));
        AssertBody(golden, Requests.ForSafe(signer, safe, [call], 3));
    }

    [Fact]
    public void ForSafe_SeveralCalls_ArePackedByteForByte()
    {
        var golden = Golden.Read("relayer").GetProperty("safeMultiSend");
        var safe = golden.GetProperty("body").Address("proxyWallet");
        ContractCall[] calls =
        [
            Calldata.Approve(Polygon.Collateral, Polygon.Exchange, UInt256.MaxValue),
            Calldata.SetApprovalForAll(Polygon.ConditionalTokens, Polygon.Exchange, true),
        ];
        var packed = Calldata.MultiSend(Polygon, calls);
        using var signer = Golden.Signer();

        Assert.Equal(golden.Text("multisendData"), Hex.Encode(packed.Data.Span));
        Assert.Equal(golden.Word("safeTxHash"), WalletHashes.Safe(safe, 137, packed, isDelegated: true, 4));
        AssertBody(golden, Requests.ForSafe(signer, safe, calls, 4));
    }

    [Fact]
    public void ForProxy_GoldenVector_AgreesByteForByte()
    {
        var golden = Golden.Read("relayer").GetProperty("proxy");
        var parameters = golden.GetProperty("body").GetProperty("signatureParams");
        var (relay, gasLimit) = (parameters.Address("relay"), parameters.Number("gasLimit"));
        ContractCall[] calls = [Calldata.Approve(Polygon.Collateral, Polygon.Exchange, UInt256.MaxValue)];
        using var signer = Golden.Signer();

        Assert.Equal(
            golden.Word("hash"),
            WalletHashes.Proxy(
                signer.Address, Calldata.Proxy(Polygon, calls), gasLimit, 9, Polygon.RelayHub, relay));
        AssertBody(golden, Requests.ForProxy(signer, calls, 9, relay, gasLimit));
    }

    [Fact]
    public void CreateWallet_Account_IsNotSigned()
    {
        var body = JsonNode.Parse(Requests.CreateWallet(Polygon.Exchange))!.AsObject();

        Assert.Equal(["from", "metadata", "to", "type"], body.Select(field => field.Key));
        Assert.Equal(Polygon.DepositWalletFactory.ToString(), (string?)body["to"]);
        Assert.Equal("WALLET-CREATE", (string?)body["type"]);
    }

    [Fact]
    public void ForSafe_NoCall_IsRefused()
    {
        using var signer = Golden.Signer();

        Assert.Throws<ArgumentOutOfRangeException>(() => Requests.ForSafe(signer, Polygon.Exchange, [], 0));
    }

    private static ContractCall CallOf(JsonElement message) => new(
        message.Address("to"), Hex.Decode(message.Text("data")), UInt256.Parse(message.Text("value")));

    private static void AssertBody(JsonElement golden, byte[] body) => Assert.Equal(
        JsonNode.Parse(golden.GetProperty("body").GetRawText())!.ToJsonString(), Encoding.UTF8.GetString(body));
}
