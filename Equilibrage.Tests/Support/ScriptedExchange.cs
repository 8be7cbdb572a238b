using System.Text;
using System.Text.Json;
using Equilibrage.Adapters.Polymarket;
using Equilibrage.Core.Orders;
using Equilibrage.Polymarket.Orders;
using Equilibrage.Polymarket.Signing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Equilibrage.Tests.Support;

/// <summary>The exchange's services as a table of answers by method and path, with the venue connected to it.</summary>
internal sealed class ScriptedExchange : HttpMessageHandler
{
    public const string Market = "0xc0de000000000000000000000000000000000000000000000000000000000001";
    public const string Yes = "71321045679252212594626385532706912750332728571942532289631379312455583992563";
    public const string No = "52114319501245915516055106046884209969926127482827954674443846427813813222426";
    public const string Key = "9180014b-33c8-9240-a14b-bdca11c0a465";
    public const string NoRows = """{"data":[],"pagination":{"limit":500,"has_more":false}}""";
    private const string AnvilKey = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

    private readonly Dictionary<string, Func<string, (int Status, string Body)>> routes = [];
    private readonly Dictionary<string, Queue<(int Status, string Body)>> queues = [];
    private readonly EthereumSigner signer = EthereumSigner.FromHex(AnvilKey);

    public ScriptedExchange(bool isPractice = false)
    {
        var options = isPractice
            ? PolymarketOptions.Practice(new("http://127.0.0.1:5090"))
            : PolymarketOptions.Live;
        Wallet = TradingWallet.Own(signer.Address);
        Access = new(options, Time, NullLoggerFactory.Instance, this);
        Connection = PolymarketConnection.Trading(
            Access, new() { Signer = signer, Wallet = Wallet }, null, new MemoryOperations(),
            NullLoggerFactory.Instance);
        Prefix = isPractice ? "/clob" : "";
        On("POST /auth/api-key", 200, KeyReply(Key));
        On($"GET /clob-markets/{Market}", 200, MarketInfo("""{"r":0.05,"e":1,"to":true}"""));
        On("GET /data/trades", 200, Page());
        On("GET /time", 200, "1777377600");
        On("GET /v2/positions", 200, NoRows);
        On("GET /data/v2/positions", 200, NoRows);
    }

    /// <summary>Method, path and query of everything asked.</summary>
    public List<(string Route, string Query, string Body)> Asked { get; } = [];

    public ManualTime Time { get; } = new();

    public ExchangeAccess Access { get; }

    public PolymarketConnection Connection { get; }

    public PolymarketVenue Venue => (PolymarketVenue)Connection.Venue!;

    public TradingWallet Wallet { get; }

    private string Prefix { get; }

    public static string KeyReply(string key) =>
        $$"""{"apiKey":"{{key}}","secret":"nBVs-1tUr3_rVgWqQaHcJ0sO2i8iPQv3m1Yk6ZbX7dE=","passphrase":"p"}""";

    public static string MarketInfo(string? fees) => $$"""
        {"c":"{{Market}}","t":[{"t":"{{Yes}}","o":"Yes"},{"t":"{{No}}","o":"No"}],"mos":5,"mts":0.01,"nr":false,
         "mbf":1000,"tbf":1000,"ao":true,"sd":0{{(fees is null ? "" : $",\"fd\":{fees}")}}}
        """;

    public static string Page(params string[] rows) =>
        $$"""{"limit":100,"count":{{rows.Length}},"next_cursor":"LTE=","data":[{{string.Join(",", rows)}}]}""";

    /// <summary>Answers a route from now on.</summary>
    public void On(string route, int status, string body) => routes[route] = _ => (status, body);

    /// <summary>Answers a route by what is sent to it.</summary>
    public void On(string route, Func<string, (int Status, string Body)> answer) => routes[route] = answer;

    /// <summary>Answers a route once, before its lasting answer.</summary>
    public void Once(string route, int status, string body)
    {
        if (!queues.TryGetValue(route, out var queue))
            queues[route] = queue = new();
        queue.Enqueue((status, body));
    }

    public int CountOf(string route) => Asked.Count(asked => asked.Route == route);

    public PreparedOrder Order(Func<OrderCommand, OrderCommand>? change = null)
    {
        var command = new OrderCommand
        {
            ClientOrderId = new("c-1"),
            AccountId = new("live:polymarket:0xf"),
            StrategyId = new("equilibrage"),
            PositionId = new("p-1"),
            MarketId = new(Market),
            TokenId = new(Yes),
            Outcome = Core.Markets.Outcome.Yes,
            Side = Core.Primitives.Side.Buy,
            Limit = Core.Primitives.Price.FromDecimal(0.52m),
            Quantity = Core.Primitives.Quantity.FromDecimal(10),
            Type = OrderType.Gtc,
            Salt = 177737760000,
            TimestampMs = 1777377600000,
        };
        return Venue.Prepare(change is null ? command : change(command));
    }

    /// <summary>Lets time pass until a call is answered.</summary>
    public async Task<T> RunAsync<T>(Task<T> call)
    {
        for (var step = 0; step < 2_000 && !call.IsCompleted; step++)
        {
            await Eventually.TrueAsync(() => call.IsCompleted || Time.Waiting > 0);
            Time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Yield();
        }

        return await call.WaitAsync(TimeSpan.FromSeconds(10));
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath;
        if (Prefix.Length > 0 && path.StartsWith(Prefix, StringComparison.Ordinal))
            path = path[Prefix.Length..];
        var route = $"{request.Method} {path}";
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        if (request.RequestUri.Host.Contains("rpc", StringComparison.Ordinal) || path == "/rpc")
            route = $"RPC {JsonDocument.Parse(body).RootElement.GetProperty("method").GetString()}";
        lock (Asked)
            Asked.Add((route, request.RequestUri.Query, body));
        var (status, text) = queues.TryGetValue(route, out var queue) && queue.TryDequeue(out var once)
            ? once
            : routes.TryGetValue(route, out var answer)
                ? answer(request.RequestUri.Query + body)
                : (404, """{"error":"not found"}""");
        return new((System.Net.HttpStatusCode)status)
        {
            Content = new StringContent(text, Encoding.UTF8, "application/json"),
        };
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            signer.Dispose();
        base.Dispose(disposing);
    }
}
