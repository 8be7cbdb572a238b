using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Tests.Unit.Chain;

[Trait("Tier", "Unit")]
public sealed class CalldataReaderTests
{
    private static readonly Contracts Polygon = Contracts.Polygon;
    private static readonly EthereumAddress Account = Polygon.AutoRedeemer;
    private static readonly Bytes32 Condition = Keccak256.Hash("a market"u8);

    private static readonly ContractCall[] Calls =
    [
        Calldata.Approve(Polygon.Collateral, Polygon.Exchange, 5),
        Calldata.SetApprovalForAll(Polygon.ConditionalTokens, Polygon.Exchange, true),
        Calldata.Split(Polygon, Condition, 7, isNegRisk: true),
        new(Account, default, 9),
    ];

    [Fact]
    public void ReadAction_EachCall_IsWhatWasWritten()
    {
        Assert.Equal(new WalletAction.Allow(Polygon.Collateral, Polygon.Exchange, 5), Read(Calls[0]));
        Assert.Equal(new WalletAction.AllowAll(Polygon.ConditionalTokens, Polygon.Exchange, true), Read(Calls[1]));
        foreach (var isNegRisk in (bool[])[false, true])
        {
            Assert.Equal(
                new WalletAction.Split(Condition, 7, isNegRisk),
                Read(Calldata.Split(Polygon, Condition, 7, isNegRisk)));
            Assert.Equal(
                new WalletAction.Merge(Condition, 8, isNegRisk),
                Read(Calldata.Merge(Polygon, Condition, 8, isNegRisk)));
            Assert.Equal(
                new WalletAction.Redeem(Condition, isNegRisk), Read(Calldata.Redeem(Polygon, Condition, isNegRisk)));
        }
    }

    [Fact]
    public void ReadAction_AnythingElse_IsAnother()
    {
        var elsewhere = Calldata.Split(Polygon, Condition, 7, isNegRisk: false) with { To = Account };

        Assert.IsType<WalletAction.Other>(Read(elsewhere));
        Assert.IsType<WalletAction.Other>(Read(new(Account, default)));
        Assert.IsType<WalletAction.Other>(Read(Calls[0] with { Data = Calls[0].Data[..40] }));
        Assert.IsType<WalletAction.Other>(Read(new(
            Polygon.Onramp, Abi.Call("wrap(address,address,uint256)", Polygon.BridgedUsdc, Account, (UInt256)5))));
    }

    [Fact]
    public void ReadQuery_EachCall_IsWhatWasWritten()
    {
        var (dollars, tokens) = (Polygon.Collateral, Polygon.ConditionalTokens);

        Assert.Equal(new ContractQuery.Balance(dollars, Account), Ask(Calldata.BalanceOf(dollars, Account)));
        Assert.Equal(
            new ContractQuery.Allowance(dollars, Account, Polygon.Exchange),
            Ask(Calldata.Allowance(dollars, Account, Polygon.Exchange)));
        Assert.Equal(
            new ContractQuery.AllowsAll(tokens, Account, Polygon.Exchange),
            Ask(Calldata.IsApprovedForAll(tokens, Account, Polygon.Exchange)));
        Assert.Equal(
            new ContractQuery.TokenBalance(tokens, Account, UInt256.MaxValue),
            Ask(Calldata.BalanceOf(tokens, Account, UInt256.MaxValue)));
        Assert.Equal(
            new ContractQuery.PayoutDenominator(Condition), Ask(Calldata.PayoutDenominator(Polygon, Condition)));
        Assert.Equal(
            new ContractQuery.PayoutNumerator(Condition, 1), Ask(Calldata.PayoutNumerator(Polygon, Condition, 1)));
        Assert.IsType<ContractQuery.Other>(Ask(Calls[0]));
    }

    [Fact]
    public void ReadQuery_Batch_KeepsItsPairs()
    {
        var batch = Assert.IsType<ContractQuery.TokenBalances>(
            Ask(Calldata.BalanceOfBatch(Polygon.ConditionalTokens, Account, [1, UInt256.MaxValue])));

        Assert.Equal([Account, Account], batch.Accounts);
        Assert.Equal([1, UInt256.MaxValue], batch.TokenIds);
    }

    [Fact]
    public void Unpack_PackedCalls_ComeBack()
    {
        AssertSame(Calls, CalldataReader.UnpackMultiSend(Calldata.MultiSend(Polygon, Calls)));
        AssertSame(Calls, CalldataReader.UnpackProxy(Calldata.Proxy(Polygon, Calls)));
        Assert.Null(CalldataReader.UnpackProxy(Calldata.MultiSend(Polygon, Calls)));
        Assert.Null(CalldataReader.UnpackMultiSend(Calls[0]));
    }

    [Fact]
    public void Unpack_DamagedBytes_NeverThrow()
    {
        var random = new Random(8);
        foreach (var packed in (ContractCall[])[Calldata.MultiSend(Polygon, Calls), Calldata.Proxy(Polygon, Calls)])
            for (var round = 0; round < 3_000; round++)
            {
                var bytes = packed.Data.ToArray().AsSpan(0, random.Next(5, packed.Data.Length + 1)).ToArray();
                for (var change = random.Next(4); change > 0; change--)
                    bytes[random.Next(4, bytes.Length)] = (byte)random.Next(256);
                var call = packed with { Data = bytes };

                Assert.True((CalldataReader.UnpackMultiSend(call)?.Count ?? 0) <= bytes.Length);
                Assert.True((CalldataReader.UnpackProxy(call)?.Count ?? 0) <= bytes.Length);
            }
    }

    private static WalletAction Read(ContractCall call) => CalldataReader.ReadAction(call, Polygon);

    private static ContractQuery Ask(ContractCall call) => CalldataReader.ReadQuery(call);

    private static void AssertSame(IEnumerable<ContractCall> expected, IEnumerable<ContractCall>? actual) =>
        Assert.Equal(
            expected.Select(call => (call.To, Hex.Encode(call.Data.Span), call.Value)),
            actual!.Select(call => (call.To, Hex.Encode(call.Data.Span), call.Value)));
}
