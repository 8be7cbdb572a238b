using System.Text.Json;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Chain;

[Trait("Tier", "Unit")]
public sealed class CalldataTests
{
    private static readonly Contracts Polygon = Contracts.Polygon;

    [Fact]
    public void Selectors_GoldenTexts_Agree()
    {
        var golden = Golden.Read("selectors");

        foreach (var selector in golden.GetProperty("selectors").EnumerateObject())
            Assert.Equal(selector.Value.GetString(), Hex.Encode(Abi.Selector(selector.Name)));
        foreach (var topic in golden.GetProperty("eventTopics").EnumerateObject())
            Assert.Equal(topic.Value.GetString(), Abi.Topic(topic.Name).ToString());
    }

    [Fact]
    public void Calls_GoldenVectors_AgreeByteForByte()
    {
        var golden = Golden.Read("calldata");
        var expected = golden.GetProperty("calls").EnumerateArray().ToList();
        var calls = CallsOf(golden).ToList();

        Assert.Equal(expected.Count, calls.Count);
        Assert.All(expected.Zip(calls), pair =>
        {
            Assert.Equal(pair.First.Address("to"), pair.Second.To);
            Assert.Equal(pair.First.Text("data"), Hex.Encode(pair.Second.Data.Span));
        });
    }

    [Fact]
    public void Contracts_Amoy_DiffersWhereTheVenueDoes()
    {
        Assert.Equal(Polygon.Exchange, Contracts.For(80002).Exchange);
        Assert.NotEqual(Polygon.ConditionalTokens, Contracts.For(80002).ConditionalTokens);
        Assert.Throws<ArgumentOutOfRangeException>(() => Contracts.For(1));
    }

    // Example of the Solidity documentation: a dynamic array of dynamic values behind static ones.
    [Fact]
    public void Encode_NestedDynamicValues_StandBehindTheirPlaces() => Assert.Equal(
        "0x"
        + "0000000000000000000000000000000000000000000000000000000000000007"
        + "0000000000000000000000000000000000000000000000000000000000000040"
        + "0000000000000000000000000000000000000000000000000000000000000002"
        + "0000000000000000000000000000000000000000000000000000000000000040"
        + "0000000000000000000000000000000000000000000000000000000000000080"
        + "0000000000000000000000000000000000000000000000000000000000000003"
        + "6f6e650000000000000000000000000000000000000000000000000000000000"
        + "0000000000000000000000000000000000000000000000000000000000000000",
        Hex.Encode(Abi.Encode(
            (UInt256)7, AbiValue.Array([AbiValue.Bytes("one"u8.ToArray()), AbiValue.Bytes(default)]))));

    [Fact]
    public void AbiReader_EncodedValues_ComeBack()
    {
        var account = Polygon.Exchange;
        var data = Abi.Encode(
            account, true, AbiValue.Array([(UInt256)1, UInt256.MaxValue]), AbiValue.Bytes("text"u8.ToArray()));
        var reader = new AbiReader(data);

        Assert.Equal(account, reader.Address(0));
        Assert.True(reader.Flag(1));
        Assert.Equal([1, UInt256.MaxValue], reader.Numbers(2)!);
        Assert.Equal("text"u8.ToArray(), reader.Bytes(3));
        Assert.Null(reader.Flag(0));
        Assert.Null(new AbiReader(data).Word(data.Length / 32));
    }

    [Fact]
    public void AbiReader_DamagedBytes_AreNull()
    {
        var data = Abi.Encode(AbiValue.Array([(UInt256)1, UInt256.MaxValue]));
        for (var length = 0; length < data.Length; length++)
            Assert.Null(new AbiReader(data.AsSpan(0, length)).Numbers(0));
        foreach (var place in (ReadOnlySpan<int>)[0, 20, 31, 32, 50, 63])
        {
            var changed = data.ToArray();
            changed[place] = 0xff;
            Assert.Null(new AbiReader(changed).Numbers(0));
        }
    }

    [Fact]
    public void RefusalOf_Contract_IsItsWords()
    {
        Assert.Equal(
            "not enough", AbiReader.RefusalOf(Abi.Call("Error(string)", AbiValue.Bytes("not enough"u8.ToArray()))));
        Assert.Null(AbiReader.RefusalOf([1, 2, 3, 4]));
        Assert.Null(AbiReader.RefusalOf([]));
    }

    private static IEnumerable<ContractCall> CallsOf(JsonElement golden)
    {
        var (account, condition) = (golden.Address("account"), golden.Word("conditionId"));
        var (dollars, tokens) = (Polygon.Collateral, Polygon.ConditionalTokens);
        UInt256[] outcomes = [.. Enumerable.Range(0, 2).Select(
            outcome => CtfIds.Token(Polygon, condition, outcome, isNegRisk: false))];
        UInt256 ten = 10_000_000, quarter = 25_000_000;
        var condition31 = Bytes32.Parse("0x" + string.Concat(Enumerable.Repeat("ab", 31)) + "00");
        return
        [
            Calldata.Approve(dollars, Polygon.Exchange, UInt256.MaxValue),
            Calldata.Approve(dollars, Polygon.CollateralAdapter, 100_000_000),
            Calldata.SetApprovalForAll(tokens, Polygon.Exchange, true),
            Calldata.SetApprovalForAll(tokens, Polygon.NegRiskCollateralAdapter, true),
            Calldata.Split(Polygon, condition, ten, isNegRisk: false),
            Calldata.Merge(Polygon, condition, ten, isNegRisk: false),
            Calldata.Redeem(Polygon, condition, isNegRisk: false),
            new(Polygon.Onramp, Abi.Call("wrap(address,address,uint256)", Polygon.BridgedUsdc, account, quarter)),
            new(Polygon.Offramp, Abi.Call("unwrap(address,address,uint256)", Polygon.BridgedUsdc, account, quarter)),
            Calldata.BalanceOf(dollars, account),
            Calldata.Allowance(dollars, account, Polygon.Exchange),
            Calldata.IsApprovedForAll(tokens, account, Polygon.NegRiskExchange),
            Calldata.BalanceOf(tokens, account, outcomes[0]),
            Calldata.BalanceOfBatch(tokens, account, outcomes),
            Calldata.PayoutDenominator(Polygon, condition),
            Calldata.PayoutNumerator(Polygon, condition, 0),
            Calldata.Convert(
                Polygon, Bytes32.Parse("0x2c3d7e0eee6f058be3006baabf0d54a07da254ba47fe6e3e095e7990c7814700"), 0b101,
                5_000_000),
            Calldata.RouterSplit(Polygon, condition31, ten),
            Calldata.RouterMerge(Polygon, condition31, ten),
            Calldata.RouterRedeem(Polygon, condition31, 0, ten),
        ];
    }
}
