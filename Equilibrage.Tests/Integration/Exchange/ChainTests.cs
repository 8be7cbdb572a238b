using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Exchange;

[Trait("Tier", "Integration")]
public sealed class ChainTests(PostgresFixture postgres)
{
    private static readonly Contracts Polygon = Contracts.Polygon;

    [Fact]
    public async Task Split_OfTenDollars_GivesTenSets_AndItsReceiptSaysSo()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        using var wallet = await PracticeWallet.CreateAsync(served.Http);
        await wallet.SendAsync(HttpMethod.Get, "/balance-allowance", "?asset_type=COLLATERAL");
        var market = await served.FirstMarketAsync();
        var call = new ContractCall(Polygon.CollateralAdapter, Abi.Call(
            "splitPosition(address,bytes32,bytes32,uint256[],uint256)", Polygon.Collateral, Bytes32.Zero,
            Bytes32.Parse(market.Id.Value), AbiValue.Array([(UInt256)1, (UInt256)2]), (UInt256)10_000_000));

        var hash = await AskAsync(served, "eth_sendRawTransaction", Quoted(Raw(wallet, call, 0)));

        Assert.Equal(990_000_000, await NumberAsync(served, Query(
            Polygon.Collateral, Abi.Call("balanceOf(address)", wallet.Address))));
        foreach (var token in (TokenId[])[market.TokenYes, market.TokenNo])
        {
            Assert.Equal(10_000_000, await NumberAsync(served, Query(Polygon.ConditionalTokens, Abi.Call(
                "balanceOf(address,uint256)", wallet.Address, UInt256.Parse(token.Value)))));
        }

        JsonElement receipt = default;
        await Eventually.TrueAsync(async () =>
        {
            receipt = await AskAsync(served, "eth_getTransactionReceipt", Quoted(hash.GetString()!));
            return receipt.ValueKind == JsonValueKind.Object;
        });
        Assert.Equal("0x1", receipt.GetProperty("status").GetString());
        Assert.Equal(3, receipt.GetProperty("logs").GetArrayLength());
    }

    [Fact]
    public async Task Transaction_SentTwice_IsKnownAlready()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        using var wallet = await PracticeWallet.CreateAsync(served.Http);
        var raw = Quoted(Raw(wallet, new(Polygon.Collateral, Abi.Call(
            "approve(address,uint256)", Polygon.Exchange, UInt256.Zero)), 0));

        await AskAsync(served, "eth_sendRawTransaction", raw);
        var again = await served.PostAsync("rpc", Question("eth_sendRawTransaction", raw));

        Assert.Equal("already known", again.GetProperty("error").GetProperty("message").GetString());
        Assert.Equal(0, await NumberAsync(served, Query(Polygon.Collateral, Abi.Call(
            "allowance(address,address)", wallet.Address, Polygon.Exchange))));
    }

    [Fact]
    public async Task Merge_OfSharesThatAreNotThere_IsReverted()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        using var wallet = await PracticeWallet.CreateAsync(served.Http);
        var market = await served.FirstMarketAsync();
        var call = new ContractCall(Polygon.CollateralAdapter, Abi.Call(
            "mergePositions(address,bytes32,bytes32,uint256[],uint256)", Polygon.Collateral, Bytes32.Zero,
            Bytes32.Parse(market.Id.Value), AbiValue.Array([(UInt256)1, (UInt256)2]), (UInt256)10_000_000));

        var hash = await AskAsync(served, "eth_sendRawTransaction", Quoted(Raw(wallet, call, 0)));

        await Eventually.TrueAsync(async () =>
            (await AskAsync(served, "eth_getTransactionReceipt", Quoted(hash.GetString()!))) is
            { ValueKind: JsonValueKind.Object } receipt && receipt.GetProperty("status").GetString() == "0x0");
    }

    [Fact]
    public async Task UnknownMethod_IsRefusedByItsNumber()
    {
        await using var served = await ServedExchange.StartAsync(postgres);

        var answer = await served.PostAsync("rpc", Question("eth_dream", ""));

        Assert.Equal(-32601, answer.GetProperty("error").GetProperty("code").GetInt32());
        Assert.Equal(7, answer.GetProperty("id").GetInt32());
    }

    private static string Raw(PracticeWallet wallet, ContractCall call, ulong nonce) => Hex.Encode(
        new EthereumTransaction
        {
            ChainId = 137, Nonce = nonce, MaxPriorityFeePerGas = 30, MaxFeePerGas = 60, GasLimit = 300_000, Call = call,
        }.Sign(wallet.Signer).Raw);

    private static string Quoted(string text) => $"\"{text}\"";

    private static string Query(EthereumAddress to, byte[] data) =>
        $$"""{"to":"{{to}}","data":"{{Hex.Encode(data)}}"},"latest" """;

    private static string Question(string method, string parameters) =>
        $$"""{"jsonrpc":"2.0","id":7,"method":"{{method}}","params":[{{parameters}}]}""";

    private static async Task<JsonElement> AskAsync(ServedExchange served, string method, string parameters) =>
        (await served.PostAsync("rpc", Question(method, parameters))).GetProperty("result");

    private static async Task<long> NumberAsync(ServedExchange served, string query)
    {
        var text = (await AskAsync(served, "eth_call", query)).GetString()!;
        return (long)BigInteger.Parse("0" + text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
