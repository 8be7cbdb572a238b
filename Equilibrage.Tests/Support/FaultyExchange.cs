using System.Net;
using System.Text;
using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Orders;

namespace Equilibrage.Tests.Support;

/// <summary>
/// A small exchange with a record of its own, behind a wire that spoils requests by a seed: refused connections,
/// restarts, limits, requests that are lost or arrive late, answers that are lost, failures after acting. It promises,
/// like the practice exchange, to refuse an order whose cancel came first.
/// </summary>
internal sealed class FaultyExchange(int seed, string wallet) : HttpMessageHandler
{
    private const int FaultPercent = 30;
    private static readonly FeeSchedule Fees = new(50_000, false);
    private static readonly ExchangeDomain Domain = ExchangeDomain.For(137, isNegRisk: false);

    private readonly Lock gate = new();
    private readonly Random random = new(seed);
    private readonly HashSet<string> refused = [];
    private readonly List<(int Requests, byte[] Body)> late = [];

    /// <summary>Orders that were taken, by id.</summary>
    public Dictionary<string, TakenOrder> Orders { get; } = [];

    /// <summary>How often each order's request arrived.</summary>
    public Dictionary<string, int> Arrivals { get; } = [];

    /// <summary>Dollars that the chain shows.</summary>
    public Usdc Cash { get; private set; } = Usdc.FromDecimal(1_000);

    /// <summary>Dollars once everything is settled.</summary>
    public Usdc SettledCash { get; private set; } = Usdc.FromDecimal(1_000);

    /// <summary>Spoiled requests.</summary>
    public int Faults { get; private set; }

    /// <summary>Lets everything pass from now on, and what was late arrive.</summary>
    public void CalmDown()
    {
        lock (gate)
        {
            IsCalm = true;
            foreach (var (_, body) in late)
                Place(body);
            late.Clear();
        }
    }

    private bool IsCalm { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var route = $"{request.Method} {request.RequestUri!.AbsolutePath["/clob".Length..]}";
        lock (gate)
        {
            Deliver();
            var fault = IsCalm || random.Next(100) >= FaultPercent ? -1 : random.Next(8);
            Faults += fault >= 0 ? 1 : 0;
            if (fault == 7 && route == "POST /order")
                late.Add((random.Next(1, 5), body));
            switch (fault)
            {
                case 0: throw new HttpRequestException(HttpRequestError.ConnectionError, "No connection.");
                case 1: return Reply(425, "service not ready");
                case 2: return Reply(429, "Too Many Requests");
                case 3 or 7: throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection ended.");
            }

            var (status, text) = Answer(route, body);
            return fault switch
            {
                4 => throw new HttpRequestException(HttpRequestError.ResponseEnded, "The answer was lost."),
                5 => Reply(500, """{"error":"could not run the execution"}"""),
                6 => Reply(502, "<html>bad gateway</html>"),
                _ => Reply(status, text),
            };
        }
    }

    private static HttpResponseMessage Reply(int status, string text) =>
        new((HttpStatusCode)status) { Content = new StringContent(text, Encoding.UTF8) };

    private void Deliver()
    {
        for (var index = late.Count - 1; index >= 0; index--)
        {
            late[index] = (late[index].Requests - 1, late[index].Body);
            if (late[index].Requests > 0)
                continue;
            Place(late[index].Body);
            late.RemoveAt(index);
        }
    }

    private (int Status, string Text) Answer(string route, byte[] body) => route switch
    {
        "POST /auth/api-key" or "GET /auth/derive-api-key" => (200, ScriptedExchange.KeyReply(ScriptedExchange.Key)),
        $"GET /clob-markets/{ScriptedExchange.Market}" =>
            (200, ScriptedExchange.MarketInfo("""{"r":0.05,"e":1,"to":true}""")),
        "GET /time" => (200, "1777377600"),
        "POST /order" => Place(body),
        "DELETE /order" => Cancel(Encoding.UTF8.GetString(body).Split('"')[3]),
        "GET /data/trades" => (200, ScriptedExchange.Page([.. Orders.Values.SelectMany(order => order.Trades)])),
        "GET /data/orders" => (200, ScriptedExchange.Page(
            [.. Orders.Values.Where(order => order.IsLive).Select(order => order.Json(wallet))])),
        "GET /v2/positions" or "GET /data/v2/positions" => (200, ScriptedExchange.NoRows),
        "GET /balance-allowance/update" => (200, ""),
        "GET /balance-allowance" => (200, $$"""{"balance":"{{Cash.ToMicros}}","allowances":{} }"""),
        // Ended orders are forgotten, as on the real exchange.
        _ when route.StartsWith("GET /data/order/", StringComparison.Ordinal) => (200,
            Orders.GetValueOrDefault(route["GET /data/order/".Length..]) is { IsLive: true } live
                ? live.Json(wallet)
                : "null"),
        _ => (404, """{"error":"not found"}"""),
    };

    private (int Status, string Text) Place(byte[] body)
    {
        if (OrderJsonReader.Read(body, out var request) is { } wrong)
            return (400, $$"""{"error":"{{wrong}}"}""");
        var id = request.Order.Id(Domain).ToString();
        Arrivals[id] = Arrivals.GetValueOrDefault(id) + 1;
        if (Orders.ContainsKey(id))
            return (400, $$"""{"error":"order {{id}} is invalid. Duplicated."}""");
        if (refused.Contains(id))
            return (400, """{"error":"order canceled in the CTF exchange contract"}""");
        if (random.Next(8) == 0)
            return (400, """{"error":"not enough balance / allowance"}""");
        var order = Orders[id] = new(id, request.Order.Amounts.PriceOf(Side.Buy), request.Order.TakerAmount);
        if (request.Type.Rests())
            return (200, $$"""{"success":true,"errorMsg":"","orderID":"{{id}}","status":"live"}""");
        order.IsLive = false;
        var shares = random.Next(2) == 0 ? request.Order.TakerAmount : 4_000_000;
        var trade = Match(order, Quantity.FromMicros(shares), isTaker: true);
        return (200, $$"""
            {"success":true,"errorMsg":"","orderID":"{{id}}","status":"matched","tradeIDs":["{{trade}}"],
             "takingAmount":"{{Quantity.FromMicros(shares)}}"}
            """);
    }

    private (int Status, string Text) Cancel(string id)
    {
        if (!Orders.TryGetValue(id, out var order))
            refused.Add(id);
        // A match may come before the cancel.
        if (order is { IsLive: true, Trades.Count: 0 } && random.Next(2) == 0)
            Match(order, Quantity.FromDecimal(3), isTaker: false);
        if (order is not { IsLive: true })
            return (200, $$"""{"canceled":[],"not_canceled":{"{{id}}":"already canceled or matched"} }""");
        order.IsLive = false;
        return (200, $$"""{"canceled":["{{id}}"]}""");
    }

    private string Match(TakenOrder order, Quantity shares, bool isTaker)
    {
        var cost = order.Price.CostOf(shares) + (isTaker ? Fees.TakerFee(order.Price, shares) : Usdc.Zero);
        var isOnChain = random.Next(2) == 0;
        order.Matched += shares.ToMicros;
        SettledCash -= cost;
        if (isOnChain)
            Cash -= cost;
        var id = $"t-{order.Id[2..10]}";
        var (taker, maker) = isTaker ? (order.Id, "0xc") : ("0xc", order.Id);
        order.Trades.Add($$"""
            {"id":"{{id}}","taker_order_id":"{{taker}}","market":"{{ScriptedExchange.Market}}",
             "side":"{{(isTaker ? "BUY" : "SELL")}}","asset_id":"{{ScriptedExchange.Yes}}",
             "size":"{{shares}}","price":"{{order.Price}}","match_time":"1777377600",
             "status":"{{(isOnChain ? "CONFIRMED" : "MATCHED")}}","trader_side":"{{(isTaker ? "TAKER" : "MAKER")}}",
             "maker_orders":[{"order_id":"{{maker}}","maker_address":"{{(isTaker ? "0x1" : wallet)}}",
              "matched_amount":"{{shares}}","price":"{{order.Price}}","asset_id":"{{ScriptedExchange.Yes}}",
              "side":"{{(isTaker ? "SELL" : "BUY")}}"}]}
            """);
        return id;
    }

    /// <summary>An order on the exchange's record.</summary>
    internal sealed class TakenOrder(string id, Price price, long size)
    {
        public string Id => id;

        public Price Price => price;

        public bool IsLive { get; set; } = true;

        public long Matched { get; set; }

        public List<string> Trades { get; } = [];

        public string Json(string wallet) => $$"""
            {"id":"{{id}}","status":"LIVE","maker_address":"{{wallet}}","side":"BUY",
             "market":"{{ScriptedExchange.Market}}","asset_id":"{{ScriptedExchange.Yes}}",
             "original_size":"{{Quantity.FromMicros(size)}}","price":"{{price}}",
             "size_matched":"{{Quantity.FromMicros(Matched)}}","created_at":1777377600,"expiration":"0"}
            """;
    }
}
