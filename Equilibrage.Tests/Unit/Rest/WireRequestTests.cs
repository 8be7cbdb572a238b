using System.Text.Json;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Signing;
using Equilibrage.Tests.Support;

namespace Equilibrage.Tests.Unit.Rest;

/// <summary>Requests as the official client sends them, byte for byte.</summary>
[Trait("Tier", "Unit")]
public sealed class WireRequestTests
{
    private const string AnvilKey = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
    private static readonly TokenId Token =
        new("71321045679252212594626385532706912750332728571942532289631379312455583992563");

    private static readonly VenueOrderId First = new("0x01");

    // In the order of the file.
    private static readonly Func<ClobClient, IRequestAuthorizer, Task>[] Calls =
    [
        (clob, _) => clob.CancelAsync(First, default),
        (clob, _) => clob.CancelAsync([First, new("0x02")], default),
        (clob, _) => clob.CancelAllAsync(default),
        (clob, _) => clob.CancelMarketAsync(new("0xabc"), Token, default),
        (clob, _) => clob.GetBalanceAsync(null, default),
        (clob, _) => clob.GetBalanceAsync(Token, default),
        (clob, _) => clob.RefreshBalanceAsync(null, default),
        (clob, _) => clob.GetTradesAsync(new() { Id = new("t1") }, default),
        (clob, _) => clob.GetOrderAsync(First, default),
        (clob, _) => clob.HeartbeatAsync("", default),
        (clob, _) => clob.GetScoringAsync(First, default),
        (clob, _) => clob.GetScoringAsync([First], default),
        (clob, _) => clob.GetNotificationsAsync(default),
        (clob, _) => clob.DropNotificationsAsync([1, 2], default),
        (clob, _) => clob.GetApiKeysAsync(default),
        (clob, _) => clob.GetClosedOnlyAsync(default),
        (clob, wallet) => clob.CreateApiKeyAsync(wallet, default),
        (clob, wallet) => clob.DeriveApiKeyAsync(wallet, default),
        (clob, _) => clob.GetHistoryAsync(Token, new() { Interval = "1d", FidelityMinutes = 60 }, default),
        (clob, _) => clob.GetBooksAsync([Token], default),
        (clob, _) => clob.GetPricesAsync([(Token, Side.Buy)], default),
    ];

    public static TheoryData<int> Indexes => [.. Enumerable.Range(0, Calls.Length)];

    [Theory]
    [MemberData(nameof(Indexes))]
    public async Task Request_OfTheGoldenFile_IsEmitted(int index)
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(SharedData.PathOf("golden/wire-requests.json")));
        var expected = file.RootElement.GetProperty("requests")[index];
        var creds = file.RootElement.GetProperty("creds");
        var script = new HttpScript().Answer(400, "{}");
        using var http = new HttpMessageInvoker(script);
        using var key = EthereumSigner.FromHex(AnvilKey);
        var signer = new RequestSigner(
            new(Text(creds, "key"), Text(creds, "secret"), Text(creds, "passphrase")), key.Address);
        var transport = new HttpRestTransport(
            http, PolymarketEndpoints.Live, new ManualTime(), new() { UserAgent = "@polymarket/clob-client" });

        await Calls[index](new(transport, new(new KeyAuthorizer(signer), 2)), new WalletAuthorizer(key));

        var asked = Assert.Single(script.Asked);
        Assert.Equal(Text(expected, "method"), asked.Method);
        Assert.Equal(Text(expected, "path"), asked.Address.AbsolutePath);
        Assert.Equal(Text(expected, "query"), asked.Address.Query);
        Assert.Equal(Text(expected, "body"), asked.Body);
        foreach (var header in expected.GetProperty("headers").EnumerateObject().Where(header => IsOurs(header.Name)))
            Assert.Equal(header.Value.GetString(), asked.Headers[header.Name]);
        Assert.Equal(
            expected.GetProperty("headers").EnumerateObject().Count(header => IsOurs(header.Name)),
            asked.Headers.Keys.Count(IsOurs));
        if (asked.Body.Length > 0)
            Assert.Equal("application/json", asked.Headers["content-type"]);
    }

    [Fact]
    public void GoldenFile_HasNoRequestThatIsNotTested()
    {
        using var file = JsonDocument.Parse(File.ReadAllBytes(SharedData.PathOf("golden/wire-requests.json")));

        Assert.Equal(Calls.Length, file.RootElement.GetProperty("requests").GetArrayLength());
    }

    // The type of a body is sent with bodies only: a request without one has none to name.
    private static bool IsOurs(string name) => name.StartsWith("poly", StringComparison.Ordinal);

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
