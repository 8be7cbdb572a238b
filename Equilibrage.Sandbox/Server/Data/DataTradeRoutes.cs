using Equilibrage.Core.Markets;
using Equilibrage.Core.Primitives;
using Equilibrage.Core.Simulation;
using Equilibrage.Polymarket.Rest;
using Equilibrage.Polymarket.Rest.Data;
using Equilibrage.Sandbox.Server.Clob;
using Equilibrage.Sandbox.Server.Gamma;
using Equilibrage.Sandbox.Server.Http;
using Equilibrage.Sandbox.Server.Markets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Equilibrage.Sandbox.Server.Data;

/// <summary>The Data API's questions about markets: public trades, holders, interest, resolutions, prices.</summary>
internal sealed class DataTradeRoutes(PracticeExchange exchange, ExchangeView view)
{
    private const long Day = 86_400;
    private const long LongestSpan = 15 * Day;
    private const int MostMarkets = 50;

    /// <summary>Maps the routes.</summary>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/data/v2/trades", TradesAsync);
        routes.MapGet("/data/v2/holders", HoldersAsync);
        routes.MapGet("/data/v2/oi", InterestAsync);
        routes.MapGet("/data/v2/live-volume", LiveVolumeAsync);
        routes.MapGet("/data/v2/resolutions", ResolutionsAsync);
        routes.MapGet("/data/v2/prices-history", PricesAsync);
        routes.MapGet("/data/v2/status", http => Reply.BytesAsync(http, """{"data":{"status":"ok"}}"""u8.ToArray()));
        routes.MapGet("/data/", http => Reply.BytesAsync(http, """{"data":"OK"}"""u8.ToArray()));
    }

    /// <summary>A user's sides of a trade.</summary>
    public static IEnumerable<TradeSide> Sides(VenueTrade trade, AccountId user, bool isTakerOnly) =>
        (isTakerOnly ? [trade.Taker] : trade.Makers.Prepend(trade.Taker)).Where(side => side.AccountId == user);

    private Task TradesAsync(HttpContext http)
    {
        var user = DataPaging.User(http.Request);
        return user is { } account ? UserTradesAsync(http, account) : PublicTradesAsync(http);
    }

    private async Task UserTradesAsync(HttpContext http, AccountId user)
    {
        var isTakerOnly = http.Request.Flag("taker_only") ?? true;
        var conditions = DataPaging.Conditions(http.Request);
        var trades = await exchange.LookAsync(venue => venue.TradesOf(user).ToList(), http.RequestAborted);
        var rows = trades
            .Where(trade => trade.Status != Core.Simulation.TradeStatus.Failed
                && (conditions.Count == 0 || conditions.Contains(trade.MarketId.Value)))
            .OrderByDescending(trade => trade.Sequence)
            .SelectMany(trade => Sides(trade, user, isTakerOnly)
                .Select(side => view.Index.ByCondition(trade.MarketId.Value) is { } entry
                    ? DataForms.Trade(trade, side, entry)
                    : null))
            .OfType<DataTrade>();
        await Reply.RecordAsync(
            http, DataPaging.Page(http.Request, Filtered(http.Request, rows)),
            PolymarketJson.Wire.DataReplyIReadOnlyListDataTrade);
    }

    private Task PublicTradesAsync(HttpContext http)
    {
        var request = http.Request;
        var conditions = DataPaging.Conditions(request);
        var events = request.Texts("event_id");
        var entries = conditions.Count > 0 ? conditions.Select(view.Index.ByCondition).OfType<MarketEntry>()
            : events.Count > 0 ? events.Select(view.Index.EventById).OfType<EventEntry>()
                .SelectMany(group => view.Index.At(group.Places))
            : view.Index.All().OrderByDescending(entry => entry.Listing.Seed.Volume24h).Take(MostMarkets);
        var now = view.MarketTime.ToUnixTimeSeconds();
        var from = Math.Max(request.Number("start") ?? now - Day, now - (30 * Day));
        var reach = DataPaging.Reach(request);
        var rows = entries
            .SelectMany(entry => PublicPrint
                .OfCrowd(
                    entry.Listing, from,
                    entry.HasEnded ? Math.Min(now, entry.Listing.Plan.ResolvedAt - 1) : now, reach)
                .Select(print => DataForms.Trade(print, entry)))
            .OrderByDescending(row => row.Timestamp);
        return Reply.RecordAsync(
            http, DataPaging.Page(request, Filtered(request, rows)),
            PolymarketJson.Wire.DataReplyIReadOnlyListDataTrade);
    }

    private static IEnumerable<DataTrade> Filtered(HttpRequest request, IEnumerable<DataTrade> rows)
    {
        Side? side = request.Text("side") switch
        {
            null => null,
            "BUY" => Side.Buy,
            "SELL" => Side.Sell,
            _ => throw new BadRequestException("side must be BUY or SELL"),
        };
        var (start, end) = (request.Number("start"), request.Number("end"));
        return rows.Where(row => (side is null || row.Side == side)
            && !(row.Timestamp!.Value.ToUnixTimeSeconds() < start)
            && !(row.Timestamp!.Value.ToUnixTimeSeconds() > end));
    }

    private async Task HoldersAsync(HttpContext http)
    {
        var conditions = DataPaging.Conditions(http.Request);
        if (conditions.Count == 0)
            throw new BadRequestException("condition is required");
        var tallies = await exchange.LookAsync(
            venue => venue.Accounts().SelectMany(account => PositionTally.Of(venue, account))
                .Where(tally => tally.Size > 0 && conditions.Contains(tally.Market.Value)).ToList(),
            http.RequestAborted);
        var rows = conditions.Select(view.Index.ByCondition).OfType<MarketEntry>()
            .SelectMany(entry => Outcomes.Both.Select(outcome => new DataHolders
            {
                TokenId = entry.Market.Token(outcome).Value,
                Holders =
                [
                    .. tallies.Where(tally => tally.Market == entry.Market.Id && tally.Outcome == outcome)
                        .OrderByDescending(tally => tally.Size)
                        .Select(tally => new DataHolder
                        {
                            ProxyWallet = tally.Account.Value,
                            Amount = Quantity.FromMicros(tally.Size),
                            OutcomeIndex = (int)outcome,
                            Name = "",
                            Pseudonym = "",
                            RealizedPnl = Usdc.FromMicros(tally.Realized),
                        }),
                ],
            }));
        await Reply.RecordAsync(
            http, DataPaging.Page(http.Request, rows), PolymarketJson.Wire.DataReplyIReadOnlyListDataHolders);
    }

    // The crowd's sets are made when they are needed, so what is open is what users hold.
    private async Task InterestAsync(HttpContext http)
    {
        var conditions = DataPaging.Conditions(http.Request);
        var tallies = await exchange.LookAsync(
            venue => venue.Accounts().SelectMany(account => PositionTally.Of(venue, account)).ToList(),
            http.RequestAborted);
        var rows = conditions.Select(id => new DataOpenInterest
        {
            ConditionId = id,
            Value = Usdc.FromMicros(tallies.Where(tally => tally.Market.Value == id)
                .GroupBy(tally => tally.Outcome).Select(group => group.Sum(tally => tally.Size))
                .DefaultIfEmpty().Max()),
        });
        await Reply.RecordAsync(
            http, DataPaging.Page(http.Request, rows), PolymarketJson.Wire.DataReplyIReadOnlyListDataOpenInterest);
    }

    private Task LiveVolumeAsync(HttpContext http)
    {
        var group = view.Index.EventById(http.Request.Text("event_id") ?? http.Request.Text("id") ?? "")
            ?? throw new BadRequestException("event_id is required");
        var second = view.MarketTime.ToUnixTimeSeconds();
        return Reply.JsonAsync(http, json =>
        {
            var entries = view.Index.At(group.Places);
            json.WriteStartObject();
            json.WriteStartObject("data");
            json.WriteMicros("total", entries.Sum(entry => PriceFigures.Of(entry.Listing, second).Volume.ToMicros));
            json.WriteStartArray("markets");
            foreach (var entry in entries)
            {
                json.WriteStartObject();
                json.WriteString("condition_id", entry.Market.Id.Value);
                json.WriteMicros("value", PriceFigures.Of(entry.Listing, second).Volume.ToMicros);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private Task ResolutionsAsync(HttpContext http)
    {
        var conditions = DataPaging.Conditions(http.Request);
        var group = http.Request.Text("event_id") is { } id ? view.Index.EventById(id) : null;
        var question = http.Request.Text("question_id");
        if (conditions.Count == 0 && group is null && question is null)
            throw new BadRequestException("exactly one of question_id, condition, event_id is required");
        var entries = conditions.Count > 0 ? conditions.Select(view.Index.ByCondition).OfType<MarketEntry>()
            : group is not null ? view.Index.At(group.Places)
            : view.Index.All().Where(entry =>
                DerivedId.Hex("practice-question", entry.Market.Id.Value) == question);
        return Reply.RecordAsync(
            http, DataPaging.Page(http.Request, entries.Select(Resolution)),
            PolymarketJson.Wire.DataReplyIReadOnlyListDataResolution);
    }

    private static DataResolution Resolution(MarketEntry entry)
    {
        var payout = entry.Listing.Resolution;
        return new()
        {
            QuestionId = DerivedId.Hex("practice-question", entry.Market.Id.Value),
            ConditionId = entry.Market.Id.Value,
            EventId = entry.Event.Id,
            Status = entry.HasEnded ? "resolved" : "active",
            Payouts = entry.HasEnded ? [payout.PayoutYes.ToMicros, payout.PayoutYes.Complement.ToMicros] : [],
            Reporter = entry.Market.Category == "crypto" ? "CHAINLINK" : "UMA_OO",
            WasDisputed = entry.HasEnded && payout.Kind == ResolutionKind.Disputed,
            ExpectedSettlementTime = entry.Market.ExpectedEnd,
            ResolvedAt = entry.HasEnded ? payout.ResolvedAt : null,
        };
    }

    private Task PricesAsync(HttpContext http)
    {
        var request = http.Request;
        var found = view.Find(request.Required("token_id"))
            ?? throw new BadRequestException("token_id is unknown", StatusCodes.Status404NotFound);
        var now = view.MarketTime.ToUnixTimeSeconds();
        var (from, to) = request.Text("interval") switch
        {
            null when request.Number("as_of") is { } at => (at, at + 60),
            null => (request.Number("start") ?? now - Day, request.Number("end") ?? now),
            "1h" => (now - (Day / 24), now),
            "6h" => (now - (Day / 4), now),
            "1d" => (now - Day, now),
            "1w" => (now - (7 * Day), now),
            "max" or "all" or "1m" => (now - LongestSpan, now),
            _ => throw new BadRequestException("interval must be max, all, 1m, 1w, 1d, 6h or 1h"),
        };
        if (to - from > LongestSpan)
            throw new BadRequestException("start and end are at most 15 days apart");
        var seconds = Math.Clamp(request.Number("bucket_seconds") ?? Math.Max(60, (to - from) / 1000), 60, Day);
        return Reply.JsonAsync(http, json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("data");
            ClobHistory.WritePoints(json, found.Entry, found.Outcome, from, Math.Min(to, now), seconds);
            json.WriteEndObject();
        });
    }
}
