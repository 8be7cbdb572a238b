using System.Text;
using Equilibrage.Core.Primitives;
using Equilibrage.Polymarket.Rest;

namespace Equilibrage.Tests.Unit.Rest;

/// <summary>
/// Answers with bytes changed, cut, doubled or moved: each call ends with a value or an error, and with nothing else.
/// </summary>
[Trait("Tier", "Unit")]
public sealed class MutatedAnswersTests
{
    private const int Mutations = 150_000;

    private static readonly string[] Answers =
    [
        """{"success":true,"errorMsg":"","orderID":"0x8a","status":"matched","makingAmount":"5.2","tradeIDs":["t"]}""",
        """[{"success":true,"orderID":"","errorMsg":"not enough balance"},{"success":true,"orderID":"0x"}]""",
        """
        {"limit":100,"count":1,"next_cursor":"LTE=","data":[{"id":"t-1","taker_order_id":"0xa","market":"0xc",
         "size":"10","asset_id":"71","side":"BUY","price":"0.5","status":"MATCHED","match_time":"1777377600",
         "maker_orders":[
         {"order_id":"0xb","matched_amount":"6.25","price":"0.48","asset_id":"72","side":"BUY"}]}]}
        """,
        """
        {"market":"0xc","asset_id":"71","timestamp":"1777377600000","hash":"36","bids":[{"price":"0.48","size":"30"}],
         "asks":[{"price":"0.53","size":"60"}],"min_order_size":"5","tick_size":"0.01","neg_risk":false}
        """,
        """
        {"markets":[{"id":"1","conditionId":"0xc","question":"Q\u00e9?","outcomes":"[\"Up\", \"Down\"]","bestBid":0.5,
         "clobTokenIds":"[\"71\", \"72\"]","endDate":"2026-03-12T09:25:00Z","volume":"26458.188064999995",
         "feeSchedule":{"exponent":1,"rate":0.05},"events":[{"id":"7","tags":[{"slug":"a"}]}]}],"next_cursor":"n"}
        """,
        """{"data":[{"proxy_wallet":"0xf","token_id":"71","current_size":4.5}],"pagination":{"has_more":false}}""",
        """{"balance":"1000000000","allowances":{"0xE1":"115792089237316195423570985008687907853269984665640564"}}""",
        """{"history":[{"t":1777377600,"p":0.52},{"t":1777381200,"p":0.53}]}""",
        """{"c":"0xc","t":[{"t":"71","o":"Up"}],"mos":5,"mts":0.01,"nr":false,"fd":{"r":0.07,"e":1,"to":true}}""",
        """{"error":"not enough balance / allowance","code":"x","retry_after_seconds":12.5}""",
        "1777377600", "null", "\"OK\"", "<html>gateway</html>", "",
    ];

    [Fact]
    public async Task EveryCall_OfMutatedAnswers_EndsWithAValueOrAnError()
    {
        var wire = new MutatingTransport(seed: 11);
        var drift = new FieldDrift();
        var (clob, gamma, data) = (
            new ClobClient(wire, new(new NoAuthorizer(), 0), drift), new GammaClient(wire, drift),
            new DataClient(wire, drift));
        var parser = new GammaMarketParser();
        var (values, errors) = (0, 0);
        for (var round = 0; wire.Sent < Mutations; round++)
        {
            Tally(await clob.PostOrderAsync("{}"u8.ToArray(), false, default));
            Tally(await clob.PostOrdersAsync(["{}"u8.ToArray()], false, default));
            Tally(await clob.GetTradesAsync(new(), default));
            Tally(await clob.GetOrdersAsync(null, null, default));
            Tally(await clob.GetOrderAsync(new("0x1"), default));
            Tally(await clob.CancelAsync(new VenueOrderId("0x1"), default));
            Tally(await clob.GetBookAsync(new("71"), default));
            Tally(await clob.GetBooksAsync([new("71")], default));
            Tally(await clob.GetBalanceAsync(null, default));
            Tally(await clob.GetMarketInfoAsync(new("0xc"), default));
            Tally(await clob.GetTimeAsync(default));
            Tally(await clob.GetHistoryAsync(new("71"), new(), default));
            Tally(await gamma.GetMarketsAsync(new(), default));
            Tally(await gamma.ReadMarketsAsync(new(), null, parser, market => GammaMapping.FeesOf(market), default));
            Tally(await gamma.SearchAsync("x", 5, 1, default));
            Tally(await data.GetPositionsAsync("0xf", "OPEN", default));
            Tally(await data.GetValueAsync("0xf", default));
        }

        // Both outcomes must be common, or the mutations test nothing.
        Assert.True(values > Mutations / 20 && errors > Mutations / 20, $"{values} values, {errors} errors");
        Assert.NotEmpty(drift.Counts);

        void Tally<T>(PolymarketResult<T> result)
        {
            if (result.IsOk)
                values++;
            else
                errors++;
        }
    }

    private sealed class NoAuthorizer : IRequestAuthorizer
    {
        public void Authorize(HttpRequestMessage request, RestCall call, DateTimeOffset now) =>
            throw new InvalidOperationException("Nothing is sent here.");
    }

    private sealed class MutatingTransport(int seed) : IRestTransport
    {
        private static readonly byte[] Interesting = "{}[]\":,.-+eE0919tfn\\u"u8.ToArray();
        private static readonly int[] Statuses = [200, 200, 200, 200, 200, 200, 400, 404, 425, 429, 500, 503];

        private readonly Random random = new(seed);
        private readonly byte[][] answers = [.. Answers.Select(Encoding.UTF8.GetBytes)];

        public int Sent { get; private set; }

        public Task<PolymarketResult<RestReply>> SendAsync(RestCall call, CancellationToken cancellation)
        {
            Sent++;
            var body = answers[random.Next(answers.Length)].ToList();
            for (var count = random.Next(4); count > 0 && body.Count > 0; count--)
                Mutate(body);
            return Task.FromResult(PolymarketResult<RestReply>.Ok(
                new(Statuses[random.Next(Statuses.Length)], body.ToArray(), null)));
        }

        private void Mutate(List<byte> body)
        {
            var at = random.Next(body.Count);
            var length = random.Next(1, Math.Min(30, body.Count - at) + 1);
            switch (random.Next(6))
            {
                case 0: body[at] = (byte)random.Next(256); break;
                case 1: body[at] = Interesting[random.Next(Interesting.Length)]; break;
                case 2: body.RemoveRange(at, length); break;
                case 3: body.Insert(at, Interesting[random.Next(Interesting.Length)]); break;
                case 4: body.InsertRange(at, body.GetRange(at, length)); break;
                default: body.RemoveRange(at, body.Count - at); break;
            }
        }
    }
}
