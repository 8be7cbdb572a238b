using System.Text;
using System.Text.RegularExpressions;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Chain;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Orders;

/// <summary>The library's page shows code that compiles and does what it says: the same lines stand here.</summary>
[Trait("Tier", "Unit")]
public sealed partial class ReadmeTests
{
    [Fact]
    public void Readme_Example_MakesTheGoldenOrder()
    {
        var vector = Golden.Vectors("orders-v2")[0];
        var (privateKey, tokenId) = (
            Golden.PrivateKey, vector.GetProperty("input").GetProperty("args").Text("tokenID"));
        var (salt, timestampMs, unixSeconds) = (177_737_760_000, 1_777_377_600_000, 1_777_377_600);
        var secrets = Golden.Read("orders-v2").GetProperty("creds");
        var credentials = new ApiCredentials(secrets.Text("key"), secrets.Text("secret"), secrets.Text("passphrase"));

        using var signer = EthereumSigner.FromHex(privateKey);
        var wallet = TradingWallet.Own(signer.Address);
        var domain = ExchangeDomain.For(Contracts.PolygonChainId, isNegRisk: false);

        var amounts = OrderAmounts.Limit(Side.Buy, Price.FromDecimal(0.52m), Quantity.FromDecimal(10), TickSize.Cent);
        var order = ExchangeOrder.Of(wallet, UInt256.Parse(tokenId), Side.Buy, amounts, salt, timestampMs);
        var id = order.Id(domain);  // known before sending: a lost answer is looked up by it

        var body = OrderJson.ToUtf8(new OrderRequest
        {
            Order = order,
            Signature = OrderSignature.Sign(signer, order, domain),
            Owner = credentials.Key,
            Type = WireOrderType.Gtc,
        });
        var headers = new RequestSigner(credentials, signer.Address).Headers(unixSeconds, "POST", "/order", body);

        Assert.Equal(vector.Word("digest"), id);
        Assert.Equal(vector.GetProperty("request").Text("rawBody"), Encoding.UTF8.GetString(body));
        Assert.Equal(
            vector.GetProperty("request").GetProperty("polyHeaders").Text("poly_signature"), headers.Signature);
    }

    [Fact]
    public void Readme_Example_IsTheTestedOne()
    {
        var page = SourceTree.File("Equilibrage.Polymarket/README.md").Text;
        var test = SourceTree.File("Equilibrage.Tests/Unit/Orders/ReadmeTests.cs").Text;

        var example = Example().Match(page).Groups["code"].Value;

        Assert.Contains(Plain(example), Plain(test), StringComparison.Ordinal);
    }

    private static string Plain(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim())).Trim();

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
