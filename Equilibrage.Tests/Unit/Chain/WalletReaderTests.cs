using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support.Chain;

namespace Equilibrage.Tests.Unit.Chain;

[Trait("Tier", "Unit")]
public sealed class WalletReaderTests
{
    private static readonly Contracts Polygon = Contracts.Polygon;
    private static readonly EthereumAddress Wallet = Polygon.AutoRedeemer;
    private static readonly Bytes32 Condition = Keccak256.Hash("a market"u8);

    private readonly FakeChain chain = new();

    [Fact]
    public async Task GetCollateralAsync_Balance_IsDollars()
    {
        chain.Return(Calldata.BalanceOf(Polygon.Collateral, Wallet), Abi.Encode((UInt256)12_345_678));

        var balance = await Reader().GetCollateralAsync(CancellationToken.None);

        Assert.Equal(Usdc.FromDecimal(12.345678m), balance.Value);
    }

    [Fact]
    public async Task GetCollateralAsync_NoContractThere_IsUnreadable()
    {
        var balance = await Reader().GetCollateralAsync(CancellationToken.None);

        Assert.Equal(PolymarketErrorKind.Unreadable, balance.Error?.Kind);
    }

    [Fact]
    public async Task GetTokensAsync_SeveralIds_AreInTheirOrder()
    {
        UInt256[] ids = [5, 6, UInt256.MaxValue];
        chain.Return(
            Calldata.BalanceOfBatch(Polygon.ConditionalTokens, Wallet, ids),
            Abi.Encode(AbiValue.Array([(UInt256)1, (UInt256)0, (UInt256)3_000_000])));

        var tokens = await Reader().GetTokensAsync(ids, CancellationToken.None);

        Assert.Equal([1L, 0, 3_000_000], tokens.Value!.Select(quantity => quantity.ToMicros));
        Assert.Empty((await Reader().GetTokensAsync([], CancellationToken.None)).Value!);
    }

    [Theory]
    [InlineData(0, 0, 0, null, null)]
    [InlineData(1, 1, 0, 1_000_000L, 0L)]
    [InlineData(2, 1, 1, 500_000L, 500_000L)]
    public async Task GetPayoutsAsync_Result_IsDollarsAShare(
        int whole, int first, int second, long? yes, long? no)
    {
        chain.Return(Calldata.PayoutDenominator(Polygon, Condition), Abi.Encode((UInt256)(ulong)whole));
        chain.Return(Calldata.PayoutNumerator(Polygon, Condition, 0), Abi.Encode((UInt256)(ulong)first));
        chain.Return(Calldata.PayoutNumerator(Polygon, Condition, 1), Abi.Encode((UInt256)(ulong)second));

        var payouts = await Reader().GetPayoutsAsync(Condition, CancellationToken.None);

        Assert.True(payouts.IsOk);
        Assert.Equal([yes, no], payouts.Value?.Select(price => (long?)price.ToMicros) ?? [null, null]);
    }

    [Fact]
    public async Task GetMissingAsync_SomeGranted_NamesTheOthers()
    {
        var required = Approval.Required(Polygon);
        foreach (var approval in required)
        {
            var isGiven = approval.Spender == Polygon.Exchange;
            chain.Return(approval.Read(Wallet), Abi.Encode(
                approval.IsForOutcomeTokens ? isGiven : isGiven ? UInt256.MaxValue : (UInt256)1_000_000));
        }

        var missing = await Reader().GetMissingAsync(required, CancellationToken.None);

        Assert.Equal(required.Where(approval => approval.Spender != Polygon.Exchange), missing.Value!);
    }

    [Fact]
    public void Of_Receipt_AddsUpWhatMoved()
    {
        var (zero, other) = (FakeChain.Topic(EthereumAddress.Zero), FakeChain.Topic(Polygon.Exchange));
        var wallet = FakeChain.Topic(Wallet);
        var transfer = Abi.Topic("Transfer(address,address,uint256)");
        TransactionLog[] logs =
        [
            new(Polygon.Collateral, [transfer, zero, wallet], Abi.Encode((UInt256)9_000_000)),
            new(Polygon.Collateral, [transfer, wallet, other], Abi.Encode((UInt256)2_000_000)),
            new(Polygon.Collateral, [transfer, zero, other], Abi.Encode((UInt256)5_000_000)),
            new(Polygon.BridgedUsdc, [transfer, zero, wallet], Abi.Encode((UInt256)5_000_000)),
            new(
                Polygon.ConditionalTokens,
                [Abi.Topic("TransferSingle(address,address,address,uint256,uint256)"), other, wallet, zero],
                Abi.Encode((UInt256)41, (UInt256)1_500_000)),
            new(
                Polygon.ConditionalTokens,
                [Abi.Topic("TransferBatch(address,address,address,uint256[],uint256[])"), other, zero, wallet],
                Abi.Encode(
                    AbiValue.Array([(UInt256)41, (UInt256)42, (UInt256)43]),
                    AbiValue.Array([(UInt256)500_000, (UInt256)7, (UInt256)0]))),
        ];

        var flow = WalletFlow.Of(new(Bytes32.Zero, true, 1, logs), Wallet, Polygon);

        Assert.Equal(Usdc.FromDecimal(7), flow.Collateral);
        Assert.Equal(
            new Dictionary<UInt256, long> { [41] = -1_000_000, [42] = 7 }, flow.Tokens);
        Assert.Throws<FormatException>(() => WalletFlow.Of(
            new(Bytes32.Zero, true, 1, [logs[0] with { Data = default }]), Wallet, Polygon));
    }

    private WalletReader Reader() => new(new(chain), Polygon, Wallet);
}
