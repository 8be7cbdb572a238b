using System.Globalization;
using System.Text;
using System.Text.Json;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Signing;

namespace Equilibrage.Tests.Integration.Exchange;

/// <summary>A throw-away wallet with an API key, that signs what it sends.</summary>
internal sealed class PracticeWallet : IDisposable
{
    private readonly HttpClient http;
    private readonly EthereumSigner signer;
    private readonly RequestSigner requests;
    private long salt;

    private PracticeWallet(HttpClient http, EthereumSigner signer, ApiCredentials credentials)
    {
        (this.http, this.signer, Credentials) = (http, signer, credentials);
        requests = new(credentials, signer.Address);
    }

    public ApiCredentials Credentials { get; }

    public EthereumAddress Address => signer.Address;

    public EthereumSigner Signer => signer;

    public static async Task<PracticeWallet> CreateAsync(HttpClient http)
    {
        var own = EthereumSigner.Generate();
        using var request = new HttpRequestMessage(HttpMethod.Post, "clob/auth/api-key");
        ClobAuth.Sign(own, DateTimeOffset.UtcNow.ToUnixTimeSeconds()).AddTo(request);
        using var answer = await http.SendAsync(request);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return new(http, own, new(
            body.RootElement.GetProperty("apiKey").GetString()!, body.RootElement.GetProperty("secret").GetString()!,
            body.RootElement.GetProperty("passphrase").GetString()!));
    }

    public async Task<(int Status, JsonElement Body)> SendAsync(
        HttpMethod method, string path, string query = "", string? body = null)
    {
        using var request = new HttpRequestMessage(method, $"clob{path}{query}");
        var bytes = body is null ? [] : Encoding.UTF8.GetBytes(body);
        requests.Headers(DateTimeOffset.UtcNow.ToUnixTimeSeconds(), method.Method, path, bytes).AddTo(request);
        if (body is not null)
            request.Content = new ByteArrayContent(bytes);
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        using var document = JsonDocument.Parse(text.Length == 0 ? "null" : text);
        return ((int)answer.StatusCode, document.RootElement.Clone());
    }

    public Task<(int Status, JsonElement Body)> PostAsync(
        Market market, Outcome outcome, Side side, decimal price, decimal size, bool isPostOnly = false) =>
        SendAsync(HttpMethod.Post, "/order", body: Order(market, outcome, side, price, size, isPostOnly));

    /// <summary>The same wallet and key over another connection.</summary>
    public PracticeWallet Over(HttpClient other) =>
        new(other, signer, Credentials) { salt = salt };

    /// <summary>The body of a signed GTC order.</summary>
    public string Order(
        Market market, Outcome outcome, Side side, decimal price, decimal size, bool isPostOnly = false,
        TradingWallet? trading = null)
    {
        var order = ExchangeOrder.Of(
            trading ?? TradingWallet.Own(signer.Address), UInt256.Parse(market.Token(outcome).Value), side,
            OrderAmounts.Limit(side, Price.FromDecimal(price), Quantity.FromDecimal(size), market.TickSize),
            ++salt, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        var domain = ExchangeDomain.For(137, market.IsNegRisk);
        var signature = Hex.Encode(OrderSignature.Sign(signer, order, domain));
        return string.Create(CultureInfo.InvariantCulture, $$"""
            {"deferExec":false,"postOnly":{{(isPostOnly ? "true" : "false")}},"order":{"salt":{{order.Salt}},
            "maker":"{{order.Maker}}","signer":"{{order.Signer}}","tokenId":"{{order.TokenId}}",
            "makerAmount":"{{order.MakerAmount}}","takerAmount":"{{order.TakerAmount}}",
            "side":"{{(side == Side.Buy ? "BUY" : "SELL")}}","signatureType":{{(int)order.SignatureType}},
            "timestamp":"{{order.TimestampMs}}",
            "expiration":"0","metadata":"{{order.Metadata}}","builder":"{{order.Builder}}",
            "signature":"{{signature}}"},"owner":"{{Credentials.Key}}","orderType":"GTC"}
            """);
    }

    public void Dispose() => signer.Dispose();
}
