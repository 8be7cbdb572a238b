using System.Text.Json;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Integration.Exchange;

[Trait("Tier", "Integration")]
public sealed class OrderTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData(SignatureType.Eoa)]
    [InlineData(SignatureType.PolyProxy)]
    [InlineData(SignatureType.PolyGnosisSafe)]
    [InlineData(SignatureType.Poly1271)]
    public async Task Order_OfEachKindOfWallet_UsesThatWalletsMoney(SignatureType type)
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        using var wallet = await PracticeWallet.CreateAsync(served.Http);
        var market = await served.FirstMarketAsync();
        var trading = new TradingWallet(wallet.Address, FunderOf(wallet.Address, type), type);

        var (status, reply) = await wallet.SendAsync(
            HttpMethod.Post, "/order",
            body: wallet.Order(market, Outcome.Yes, Side.Buy, 0.02m, 10, trading: trading));

        Assert.Equal((200, "live"), (status, Text(reply, "status")));
        var (_, order) = await wallet.SendAsync(HttpMethod.Get, $"/data/order/{Text(reply, "orderID")}");
        Assert.Equal(trading.Funder.ToLowerString(), Text(order, "maker_address"));
        var (_, balance) = await wallet.SendAsync(
            HttpMethod.Get, "/balance-allowance", $"?asset_type=COLLATERAL&signature_type={(int)type}");
        Assert.Equal("1000000000", Text(balance, "balance"));
    }

    [Theory]
    [InlineData(SignatureType.PolyProxy, "invalid POLY_PROXY signature")]
    [InlineData(SignatureType.PolyGnosisSafe, "invalid POLY_GNOSIS_SAFE signature")]
    public async Task Order_WithAnotherWalletsFunder_IsRefusedByItsKind(SignatureType type, string words)
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        using var wallet = await PracticeWallet.CreateAsync(served.Http);
        var market = await served.FirstMarketAsync();
        using var stranger = EthereumSigner.Generate();
        var trading = new TradingWallet(wallet.Address, stranger.Address, type);

        var (status, reply) = await wallet.SendAsync(
            HttpMethod.Post, "/order",
            body: wallet.Order(market, Outcome.Yes, Side.Buy, 0.02m, 10, trading: trading));

        Assert.Equal((400, words), (status, Text(reply, "error")));
    }

    [Theory]
    [InlineData("\"makerAmount\":\"200000\"", "\"makerAmount\":\"200100\"", "invalid signature")]
    [InlineData("\"orderType\":\"GTC\"", "\"orderType\":\"LATER\"", "Invalid order payload")]
    [InlineData("\"side\":\"BUY\"", "\"side\":\"HOLD\"", "Invalid side")]
    [InlineData("\"expiration\":\"0\"", "\"expiration\":\"5\"", "invalid expiration")]
    public async Task Order_ThatWasChanged_IsRefusedInTheVenuesWords(string from, string to, string words)
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        using var wallet = await PracticeWallet.CreateAsync(served.Http);
        var body = wallet.Order(await served.FirstMarketAsync(), Outcome.Yes, Side.Buy, 0.02m, 10);
        Assert.Contains(from, body, StringComparison.Ordinal);

        var (status, reply) = await wallet.SendAsync(
            HttpMethod.Post, "/order", body: body.Replace(from, to, StringComparison.Ordinal));

        Assert.Equal(400, status);
        Assert.StartsWith(words, Text(reply, "error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Balance_ThatDoesNotSuffice_IsNamedInMicroDollars()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        using var wallet = await PracticeWallet.CreateAsync(served.Http);
        var market = await served.FirstMarketAsync();
        await wallet.PostAsync(market, Outcome.Yes, Side.Buy, 0.02m, 10_000);

        var (status, reply) = await wallet.PostAsync(market, Outcome.Yes, Side.Buy, 0.02m, 45_000);

        Assert.Equal(400, status);
        Assert.Equal(
            "not enough balance / allowance: the balance is not enough -> balance: 1000000000, sum of active orders: "
            + "200000000, sum of matched orders: 0, order amount (inc. fees): 900000000",
            Text(reply, "error"));
    }

    [Fact]
    public async Task Request_SignedLongAgo_IsUnauthorized()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        using var wallet = await PracticeWallet.CreateAsync(served.Http);
        using var request = new HttpRequestMessage(HttpMethod.Get, "clob/data/orders");
        new RequestSigner(wallet.Credentials, wallet.Address)
            .Headers(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 3_600, "GET", "/data/orders", [])
            .AddTo(request);

        using var answer = await served.Http.SendAsync(request);

        Assert.Equal(401, (int)answer.StatusCode);
        Assert.Contains(
            "Unauthorized/Invalid api key", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batch_OfTooMany_IsRefusedWhole()
    {
        await using var served = await ServedExchange.StartAsync(postgres);
        using var wallet = await PracticeWallet.CreateAsync(served.Http);
        var market = await served.FirstMarketAsync();
        var orders = Enumerable.Range(0, 16)
            .Select(_ => wallet.Order(market, Outcome.Yes, Side.Buy, 0.02m, 10));

        var (status, reply) = await wallet.SendAsync(
            HttpMethod.Post, "/orders", body: $"[{string.Join(',', orders)}]");

        Assert.Equal(
            (400, "Too many orders in payload: 16, max allowed: 15"), (status, Text(reply, "error")));
    }

    private static EthereumAddress FunderOf(EthereumAddress address, SignatureType type) => type switch
    {
        SignatureType.PolyProxy => WalletDerivation.Proxy(address, Contracts.Polygon),
        SignatureType.PolyGnosisSafe => WalletDerivation.Safe(address, Contracts.Polygon),
        SignatureType.Poly1271 => WalletDerivation.DepositWallet(address, Contracts.Polygon),
        _ => address,
    };

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
