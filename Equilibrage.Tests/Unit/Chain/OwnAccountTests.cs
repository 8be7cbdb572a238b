using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;
using Equilibrage.Tests.Support.Chain;

namespace Equilibrage.Tests.Unit.Chain;

/// <summary>An account that pays its own gas.</summary>
[Trait("Tier", "Unit")]
public sealed class OwnAccountTests : IDisposable
{
    private static readonly Contracts Polygon = Contracts.Polygon;
    private static readonly Bytes32 Condition = Keccak256.Hash("a market"u8);

    private readonly FakeChain chain = new();
    private readonly EthereumSigner signer = Golden.Signer();

    public void Dispose() => signer.Dispose();

    [Fact]
    public async Task ApproveAsync_SomeMissing_GrantsEachInItsOwnTransaction()
    {
        var required = Approval.Required(Polygon);
        foreach (var approval in required)
            chain.Return(approval.Read(signer.Address), Abi.Encode(
                approval.IsForOutcomeTokens ? (AbiValue)true : UInt256.Zero));

        var granted = await Wallet().ApproveAsync(required, CancellationToken.None);

        var missing = required.Where(approval => !approval.IsForOutcomeTokens).ToList();
        Assert.Equal(missing, granted.Value!);
        Assert.Equal(
            missing.Select(approval => Hex.Encode(approval.Grant().Data.Span)),
            chain.Sent.Select(sent => Hex.Encode(sent.Transaction.Call.Data.Span)));
        Assert.All(chain.Sent, sent => Assert.Equal(signer.Address, sent.Sender));
        Assert.Equal([0UL, 1, 2, 3, 4], chain.Sent.Select(sent => sent.Transaction.Nonce));
        Assert.All(chain.Sent, sent => Assert.Equal(
            (137L, 125_000UL, (UInt256)62_000_000_000),
            (sent.Transaction.ChainId, sent.Transaction.GasLimit, sent.Transaction.MaxFeePerGas)));
    }

    [Fact]
    public async Task ApproveAsync_NothingMissing_SendsNothing()
    {
        foreach (var approval in Approval.Required(Polygon))
            chain.Return(approval.Read(signer.Address), Abi.Encode(
                approval.IsForOutcomeTokens ? (AbiValue)true : UInt256.MaxValue));

        var granted = await Wallet().ApproveAsync(Approval.Required(Polygon), CancellationToken.None);

        Assert.Empty(granted.Value!);
        Assert.Empty(chain.Sent);
    }

    [Fact]
    public async Task RedeemAsync_WinningShares_AnswersThePayout()
    {
        var (zero, own) = (FakeChain.Topic(EthereumAddress.Zero), FakeChain.Topic(signer.Address));
        chain.Logs =
        [
            FakeChain.Log(
                Polygon.ConditionalTokens, Abi.Encode((UInt256)41, (UInt256)3_000_000),
                Abi.Topic("TransferSingle(address,address,address,uint256,uint256)"), own, own, zero),
            FakeChain.Log(
                Polygon.Collateral, Abi.Encode((UInt256)3_000_000),
                Abi.Topic("Transfer(address,address,uint256)"), zero, own),
        ];

        var flow = await Wallet().RedeemAsync(Condition, isNegRisk: false, CancellationToken.None);

        Assert.Equal(Usdc.FromDecimal(3), flow.Value?.Collateral);
        Assert.Equal(-3_000_000, flow.Value?.Tokens[41]);
        var sent = Assert.Single(chain.Sent).Transaction.Call;
        Assert.Equal(Polygon.CollateralAdapter, sent.To);
    }

    [Fact]
    public async Task SplitAsync_ContractRefuses_IsRefused()
    {
        chain.Accepts = false;

        var flow = await Wallet().SplitAsync(
            Condition, Usdc.FromDecimal(5), isNegRisk: true, CancellationToken.None);

        Assert.Equal(PolymarketErrorKind.Refused, flow.Error?.Kind);
        Assert.Equal(Polygon.NegRiskCollateralAdapter, Assert.Single(chain.Sent).Transaction.Call.To);
    }

    [Fact]
    public async Task MergeAsync_AnswerGetsLost_IsFoundByItsHashAndNotSentAgain()
    {
        chain.Lost.Add("eth_sendRawTransaction");

        var flow = await Wallet().MergeAsync(
            Condition, Quantity.FromDecimal(5), isNegRisk: false, CancellationToken.None);

        Assert.True(flow.IsOk);
        Assert.Single(chain.Sent);
    }

    [Fact]
    public async Task MergeAsync_NeverMined_StaysUnknown()
    {
        chain.PollsUntilMined = int.MaxValue;

        var flow = await Wallet().MergeAsync(
            Condition, Quantity.FromDecimal(5), isNegRisk: false, CancellationToken.None);

        Assert.Equal(PolymarketErrorKind.NoAnswer, flow.Error?.Kind);
        Assert.Single(chain.Sent);
    }

    [Fact]
    public async Task MergeAsync_NodeOfAnotherChain_SignsNothing()
    {
        chain.ChainId = 1;

        var flow = await Wallet().MergeAsync(
            Condition, Quantity.FromDecimal(5), isNegRisk: false, CancellationToken.None);

        Assert.Contains("chain 1", flow.Error?.Message, StringComparison.Ordinal);
        Assert.Empty(chain.Sent);
    }

    [Theory]
    [InlineData("insufficient funds for gas", false)]
    [InlineData("already known", true)]
    public async Task SplitAsync_NodeRefuses_IsJudgedByItsWords(string words, bool isSent)
    {
        chain.Instead["eth_sendRawTransaction"] = (200, "{\"error\":{\"code\":-32000,\"message\":\"" + words + "\"}}");

        var flow = await Wallet().SplitAsync(
            Condition, Usdc.FromDecimal(5), isNegRisk: false, CancellationToken.None);

        Assert.Equal(isSent, flow.IsOk);
    }

    [Fact]
    public async Task SplitAsync_NoDollars_AreRefused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Wallet().SplitAsync(
            Condition, Usdc.Zero, isNegRisk: false, CancellationToken.None));

    [Fact]
    public void Of_OtherWalletWithoutRelayer_IsRefused() => Assert.Throws<ArgumentException>(() => ChainWallet.Of(
        new(signer.Address, WalletDerivation.Safe(signer.Address, Polygon), SignatureType.PolyGnosisSafe), signer,
        new(chain), null, Polygon, new SwiftTime()));

    private ChainWallet Wallet() => ChainWallet.Of(
        TradingWallet.Own(signer.Address), signer, new(chain), null, Polygon, new SwiftTime());
}
