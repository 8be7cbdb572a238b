using System.Text;
using System.Text.Json.Nodes;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Chain;

[Trait("Tier", "Unit")]
public sealed class RelayerSubmissionTests : IDisposable
{
    private static readonly Contracts Polygon = Contracts.Polygon;
    private static readonly RelayerRequest Requests = new(Polygon);

    private static readonly ContractCall[] Calls =
    [
        Calldata.Approve(Polygon.Collateral, Polygon.Exchange, UInt256.MaxValue),
        Calldata.SetApprovalForAll(Polygon.ConditionalTokens, Polygon.Exchange, true),
    ];

    private readonly EthereumSigner signer = Golden.Signer();

    public void Dispose() => signer.Dispose();

    [Theory]
    [InlineData("depositWallet")]
    [InlineData("safeSingle")]
    [InlineData("safeMultiSend")]
    [InlineData("proxy")]
    public void Read_GoldenBody_IsGoodAndAnyChangeIsNot(string name)
    {
        var body = JsonNode.Parse(Golden.Read("relayer").GetProperty(name).GetProperty("body").GetRawText())!;

        Assert.Null(Read(body, out var submission));
        Assert.Equal(signer.Address, submission!.Account);
        Assert.NotEmpty(submission.Calls);

        body["nonce"] = "99";
        Assert.Equal("invalid signature", Read(body, out submission));
        Assert.Null(submission);
    }

    [Fact]
    public void Read_EachKind_ComesBackUnpacked()
    {
        var (safe, deposit) = (
            WalletDerivation.Safe(signer.Address, Polygon), WalletDerivation.DepositWallet(signer.Address, Polygon));

        AssertCalls(Requests.ForSafe(signer, safe, Calls, 1), safe, RelayerWallet.Safe, null);
        AssertCalls(
            Requests.ForDepositWallet(signer, deposit, Calls, 1, 1_777_377_840), deposit, RelayerWallet.Deposit,
            1_777_377_840);
        AssertCalls(
            Requests.ForProxy(signer, Calls, 1, Polygon.Router, 100_000),
            WalletDerivation.Proxy(signer.Address, Polygon), RelayerWallet.Proxy, null);
    }

    [Fact]
    public void Read_Creation_NamesTheWalletToBe()
    {
        Assert.Null(RelayerSubmission.Read(Requests.CreateWallet(signer.Address), Polygon, out var submission));

        Assert.True(submission!.IsCreation);
        Assert.Equal(WalletDerivation.DepositWallet(signer.Address, Polygon), submission.Wallet);
    }

    [Fact]
    public void Read_AnotherAccountsWallet_IsRefused()
    {
        using var stranger = EthereumSigner.Generate();
        var safe = WalletDerivation.Safe(stranger.Address, Polygon);

        Assert.Equal(
            "invalid signature",
            RelayerSubmission.Read(Requests.ForSafe(signer, safe, Calls, 1), Polygon, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"from":"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266","type":"GIFT"}""")]
    [InlineData("""{"from":"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266","type":"WALLET"}""")]
    [InlineData("""{"from":"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266","type":"SAFE"}""")]
    [InlineData("""{"from":"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266","type":"PROXY","signatureParams":5}""")]
    public void Read_OtherBody_IsRefused(string body) =>
        Assert.NotNull(RelayerSubmission.Read(Encoding.UTF8.GetBytes(body), Polygon, out _));

    private static string? Read(JsonNode body, out RelayerSubmission? submission) =>
        RelayerSubmission.Read(Encoding.UTF8.GetBytes(body.ToJsonString()), Polygon, out submission);

    private static void AssertCalls(byte[] body, EthereumAddress wallet, RelayerWallet kind, long? deadline)
    {
        Assert.Null(RelayerSubmission.Read(body, Polygon, out var submission));

        Assert.Equal((wallet, kind, 1L, deadline), (
            submission!.Wallet, submission.Kind, submission.Nonce, submission.Deadline));
        Assert.Equal(
            Calls.Select(call => Hex.Encode(call.Data.Span)),
            submission.Calls.Select(call => Hex.Encode(call.Data.Span)));
    }
}
